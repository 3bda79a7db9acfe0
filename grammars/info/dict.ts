import { glossaryEntry } from "../glossary/index.ts";
import { DumpBuilder, knownSection } from "./builder.ts";
import { namesFields, plausible } from "./classify.ts";
import type { InfoDump, UnreadLine } from "./dump.ts";
import { type Literal, type LiteralEntry, readLiteral } from "./literal.ts";
import type { Prompt } from "./prompt.ts";
import type { InfoPairs } from "./value.ts";

/** Gathers the lines of a dict until its brackets are closed. */
export class DictLines {
	readonly lines: UnreadLine[] = [];
	#text = "";
	#depth = 0;
	#named = false;

	/** Whether one of its keys is a field of INFO: until then it may be any dict. */
	get named(): boolean {
		return this.#named;
	}

	/** The text from the first bracket on. */
	get text(): string {
		return this.#text;
	}

	/** Takes the next line; returns whether more lines belong to it. */
	take(text: string, line: number): boolean {
		const piece = this.lines.length === 0 ? text.slice(Math.max(0, text.search(/[{[]/))) : text;
		this.#text += this.lines.length === 0 ? piece : `\n${piece}`;
		this.lines.push({ line, text });
		this.#named ||= namesFields(piece);
		let quote = "";
		for (let i = 0; i < piece.length; i++) {
			const c = piece[i] as string;
			if (quote !== "") {
				if (c === "\\") i++;
				else if (c === quote) quote = "";
			} else if (c === '"' || c === "'") quote = c;
			else if (c === "{" || c === "[" || c === "(") this.#depth++;
			else if (c === "}" || c === "]" || c === ")") this.#depth--;
			if (this.#depth <= 0) return false;
		}
		// Longer than any INFO: somebody's data.
		return this.#text.length < 4_000_000 && this.lines.length < 20_000;
	}
}

/** The dumps in a dict or list of dicts; a key over one of them is its label. */
export function dictDumps(
	dict: DictLines,
	prompt: Prompt | undefined,
	label: string | undefined,
): InfoDump[] {
	const root = readLiteral(dict.text);
	const found: InfoDump[] = [];
	const lineAt = (n: number): number => dict.lines[n - 1]?.line ?? n;
	if (root !== undefined) walk(root, label, { lineAt, prompt, found });
	return found;
}

interface Walk {
	/** The number of the n-th line of the dict. */
	readonly lineAt: (n: number) => number;
	prompt: Prompt | undefined;
	readonly found: InfoDump[];
}

function walk(node: Literal, label: string | undefined, on: Walk): void {
	if (node.kind === "list") for (const item of node.items) walk(item, label, on);
	if (node.kind !== "object") return;
	const bySection = new Set(
		node.entries.filter(({ key, value }) => knownSection(key) !== undefined && fieldsIn(value) > 0),
	);
	// Two or three names may be shared with somebody's own data; more are not.
	if (fieldsIn(node) + [...bySection].reduce((sum, { value }) => sum + fieldsIn(value), 0) < enough) {
		for (const { key, value } of node.entries) if (value !== undefined) walk(value, key, on);
		return;
	}
	const builder = new DumpBuilder("dict", on.lineAt(node.line), on.prompt, label);
	on.prompt = undefined;
	for (const entry of node.entries) {
		if (bySection.has(entry) && entry.value?.kind === "object") {
			builder.section(entry.key, on.lineAt(entry.line));
			for (const field of entry.value.entries) add(builder, field, on);
		} else add(builder, entry, on);
	}
	on.found.push(builder.finish());
}

const enough = 3;

/** How many fields of INFO an object has, with values of their kind. */
function fieldsIn(node: Literal | undefined): number {
	if (node?.kind !== "object") return 0;
	return node.entries.filter(({ key, value }) => {
		const entry = glossaryEntry(key);
		return (
			entry !== undefined && value !== undefined && (value.kind !== "value" || plausible(entry, value.text))
		);
	}).length;
}

function add(builder: DumpBuilder, { key, line, value }: LiteralEntry, { lineAt }: Walk): void {
	const at = lineAt(line);
	if (value === undefined) return;
	if (value.kind === "object") {
		addPairs(builder, key, value.entries, at);
		return;
	}
	if (value.kind === "list") {
		const modules = key === "modules" ? value.items : [];
		for (const module of modules)
			if (module.kind === "object") addPairs(builder, "module", module.entries, at);
		if (modules.length === 0) addText(builder, key, value.items.map(plain).join(","), at);
		return;
	}
	if (!value.quoted && /^(?:null|None|nil|undefined)$/.test(value.text)) return;
	const text = plain(value);
	// redis-py makes a number of everything that looks like one, an ID of forty zeros included.
	addText(builder, key, text === "0" && /^master_replid2?$/.test(key) ? "0".repeat(40) : text, at);
}

function addText(builder: DumpBuilder, key: string, text: string, line: number): void {
	const pairs = new Map<string, string>();
	if (glossaryEntry(key)?.unit === "pairs") {
		for (const part of text.split(",")) {
			const at = part.indexOf("=");
			if (at > 0) pairs.set(part.slice(0, at), part.slice(at + 1));
		}
	}
	builder.field(key, text, pairs.size > 0 ? pairs : undefined, line);
}

function addPairs(builder: DumpBuilder, key: string, entries: readonly LiteralEntry[], line: number): void {
	const pairs: InfoPairs = new Map(entries.map(({ key, value }) => [key, plain(value)]));
	builder.field(key, [...pairs].map(([k, v]) => `${k}=${v}`).join(","), pairs, line);
}

const plain = (value: Literal | undefined): string => {
	if (value === undefined) return "";
	if (value.kind === "value") return value.text;
	return value.kind === "list" ? `[${value.items.map(plain).join("|")}]` : "";
};
