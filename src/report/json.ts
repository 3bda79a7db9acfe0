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

/** The report by its contract: keys in the contract's order, two blanks of indent, a newline at the end. */
export function renderJson(report: Report): Pieces {
	return inPieces(jsonOf(report));
}

function* jsonOf(report: Report): Generator<string> {
	let before = "{\n";
	for (const key of reportKeys) {
		const value = report[key];
		if (value === undefined) continue;
		yield `${before}  ${toJson(key)}: `;
		if (Array.isArray(value) && value.length > 0) yield* itemsOf(value, key);
		else yield indented(toJson(partInOrder(key, value), 2), "  ");
		before = ",\n";
	}
	yield "\n}\n";
}

/** What stands in the lists of a report is written one by one: there may be a hundred thousand. */
function* itemsOf(items: readonly unknown[], key: keyof Report): Generator<string> {
	let before = "[\n";
	for (const item of items) {
		yield `${before}    ${indented(toJson(partInOrder(key, item), 2), "    ")}`;
		before = ",\n";
	}
	yield "\n  ]";
}

/** Within JSON strings there are no line breaks. */
const indented = (json: string, indent: string): string => json.replaceAll("\n", `\n${indent}`);
