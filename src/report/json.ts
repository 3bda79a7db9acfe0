import type { Report } from "../model/report.ts";
import { partInOrder, reportKeys } from "./contract.ts";
import { inPieces, type Pieces } from "./pieces.ts";

// Escaped in JSON as well, though it allows them raw: what is printed is also looked at in terminals.
// The last two are commands to CI systems wherever they stand in a log.
const unsafe = /[\p{Cf}\u007f-\u009f\u2028\u2029]|:(?=:[A-Za-z-]+(?: [^:]*)?::)|#(?=#\w*\[)/gu;

function unicodeEscape(text: string): string {
	let out = "";
	for (let i = 0; i < text.length; i++) out += `\\u${text.charCodeAt(i).toString(16).padStart(4, "0")}`;
	return out;
}

/** JSON in which nothing can steer a terminal. One line unless an indent is given. */
export function toJson(value: unknown, indent?: number): string {
	return JSON.stringify(value, null, indent).replace(unsafe, unicodeEscape);
}

/** A list whose items are made one by one while they are written: there may be a hundred thousand. */
class Items {
	readonly all: () => Iterable<unknown>;

	constructor(all: () => Iterable<unknown>) {
		this.all = all;
	}
}

/** A list of which each item is made of one of another list when it is its turn. */
export function itemsOf<T>(list: Iterable<T>, make: (item: T) => unknown): Items {
	return new Items(function* () {
		for (const item of list) yield make(item);
	});
}

/** The report in the order of the contract, to be written in pieces. */
export function partsOf(report: Report): { readonly [K in keyof Report]: unknown } {
	const parts = reportKeys.map((key): [string, unknown] => {
		const part: unknown = report[key];
		return [key, Array.isArray(part) ? itemsOf(part, (item) => partInOrder(key, item)) : partInOrder(key, part)];
	});
	return Object.fromEntries(parts) as { readonly [K in keyof Report]: unknown };
}

/** What `toJson` gives with an indent of two, in pieces; the outer levels, as many as are named, are opened. */
export function* jsonPieces(value: unknown, open: number, indent = ""): Generator<string> {
	const inner = `${indent}  `;
	const items = value instanceof Items ? value.all() : open > 0 && Array.isArray(value) ? value : undefined;
	if (items !== undefined) {
		let before = "[";
		for (const item of items) {
			yield `${before}\n${inner}`;
			yield* jsonPieces(item, open - 1, inner);
			before = ",";
		}
		yield before === "[" ? "[]" : `\n${indent}]`;
	} else if (open > 0 && typeof value === "object" && value !== null) {
		let before = "{";
		for (const [key, own] of Object.entries(value)) {
			if (own === undefined) continue;
			yield `${before}\n${inner}${toJson(key)}: `;
			yield* jsonPieces(own, open - 1, inner);
			before = ",";
		}
		yield before === "{" ? "{}" : `\n${indent}}`;
	} else {
		// Within JSON strings there are no line breaks.
		yield toJson(value, 2).replaceAll("\n", `\n${indent}`);
	}
}

/** The report by its contract: keys in the contract's order, two blanks of indent, a newline at the end. */
export function renderJson(report: Report): Pieces {
	return inPieces(linesOf(report));
}

function* linesOf(report: Report): Generator<string> {
	yield* jsonPieces(partsOf(report), 1);
	yield "\n";
}
