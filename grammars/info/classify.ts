import type { GlossaryEntry } from "../glossary/index.ts";
import { glossaryEntry } from "../glossary/index.ts";
import { knownSection } from "./builder.ts";
import { textual } from "./value.ts";

/**
 * What a line can be in INFO: a header (`# Replication`), a field (`role:master`), or the opening of
 * a whole dump as a program prints it (a dict, or INFO's text in one quoted string).
 */
export type InfoLine = "section" | "field" | "dict";

/** Borders of a table's cells, as they are left where a page shows a file as a table. */
const borders = /^[|\u2500-\u257f](?:\s+|$)|(?:\s+[|\u2500-\u257f])+$/g;
/** Line numbers of a viewer or a paste bin, and the bullets of a list, in front of each line. */
const numbered = /^(?:\d{1,5}(?:[.)]\s*|\s+)|[-*+\u2022]\s+)(?=# [A-Z]|[a-z]\w{1,60}\s?[:|])/;
/** A name and its value in two columns of a table, or behind a colon of another width. */
const columns = /^([a-z][a-z0-9_]{2,60})(?:\s+[|\u2500-\u257f]\s+|\t\s*| {2,}|\uff1a\s?)(\S.*)$/;
const tags = /<\/?(?:br|code|dd|div|dt|li|p|pre|span|strong|td|tr)(?:\s[^<>]{0,200})?\/?>/gi;

/**
 * The line as the server wrote it: without carriage returns, indentation, `> ` and back-tick
 * quoting, quotes around the whole line, a table's borders and columns, line numbers, bullets, HTML's tags,
 * Markdown's `\_`, and colours.
 */
export function bare(text: string): string {
	let line = text;
	if (line.includes("\x1b")) line = line.replace(/\x1b\[[\d;]{0,20}[A-Za-z]/g, "");
	if (line.includes("\u00a0")) line = line.replaceAll("\u00a0", " ");
	line = line.trim();
	while (line.startsWith("> ")) line = line.slice(2).trimStart();
	if (line.length <= longest) line = outOfPage(line);
	if (line.includes("\\_")) line = line.replaceAll("\\_", "_");
	const first = line[0];
	if (first === "`" && line[1] !== "`" && line.endsWith("`")) return line.slice(1, -1).trim();
	if (first === '"' || first === "'") {
		const end = line.endsWith(",") ? line.length - 2 : line.length - 1;
		// One pair of quotes round everything; more of them are a dict's.
		if (end > 0 && line.indexOf(first, 1) === end && /[:#]/.test(line) && !line.includes("\\n"))
			return line.slice(1, end).trim();
	}
	return line;
}

/** A line without what a page, a table or a list put around its field. */
function outOfPage(text: string): string {
	let line = text;
	if (/^[|\u2500-\u257f]|[|\u2500-\u257f]$/.test(line)) line = line.replace(borders, "");
	if (line.includes("</") || line.startsWith("<")) line = line.replace(tags, " ").trim();
	if (/^[\d*+\u2022-]/.test(line)) line = line.replace(numbered, "");
	const pair = columns.exec(line);
	const named = pair === null ? undefined : glossaryEntry(pair[1] as string);
	return pair !== null && named !== undefined && telling(named) ? `${pair[1]}:${pair[2]}` : line;
}

/** No line of INFO is longer, but for those of client libraries and pages that hold all of it. */
const longest = 2000;
/** Where a field or a header may begin in a line that holds several. */
const flat = /\s(?=[a-z][a-z0-9_]{1,60}:\S|# ?[A-Z][A-Za-z]{2,20}(?:\s|$))/;

/** The lines that a page has set behind one another; undefined for a line that is one. */
export function unflattened(text: string): string[] | undefined {
	if (/<br\s*\/?>/i.test(text)) return text.split(/<br\s*\/?>/i);
	if (text.length < 60 || text.length > 50_000 || text.indexOf(" ", text.indexOf(":")) < 0) return undefined;
	const lines: string[] = [];
	let fields = 0;
	for (const piece of text.trim().split(flat)) {
		const colon = piece.indexOf(":");
		const entry = colon < 1 ? undefined : glossaryEntry(piece.slice(0, colon));
		if (entry !== undefined && telling(entry)) fields++;
		// What is no field's name belongs to the value before it.
		if (entry !== undefined || piece.startsWith("#") || lines.length === 0) lines.push(piece);
		else lines[lines.length - 1] += ` ${piece}`;
	}
	return fields >= 3 ? lines : undefined;
}

const digits = /^-?\d/;
const oldReplica = /^[^,=\s]{1,253},\d{1,5},[a-z_]{1,30}$/;
/** Behind it the line ends, or a remark of the reader begins. */
const end = "[ \\t]*(?:$|[ \\t](?:#|<-|←|//))";
const roles = new RegExp(`^(?:master|slave|sentinel|active-replica|primary|replica)${end}`);
const headerLine = new RegExp(`^#[ \\t]{0,3}([A-Za-z][\\w.-]{0,60}(?: Engines)?)${end}`);

/** Whether a known field may have this value; strict, since nothing else tells a field from prose. */
export function plausible(entry: GlossaryEntry, value: string): boolean {
	if (value.startsWith(" ") || value.startsWith("\t")) return false;
	if (entry.field === "role") return roles.test(value);
	if (entry.unit === "flag") return /^[01]\b/.test(value);
	if (entry.unit === "pairs")
		return value.includes("=") || (entry.field === "slaveN" && oldReplica.test(value));
	return textual.has(entry.unit) ? !value.startsWith("//") : digits.test(value);
}

/** Names such as `os`, `hz` and `module` mean other things elsewhere. */
const telling = (entry: GlossaryEntry): boolean =>
	entry.field.includes("_") || entry.field === "role" || /N$/.test(entry.field);

/** How servers and modules name fields; a drive letter, a scheme, a clock or a sentence is not one. */
const fieldName = /^(?:[a-z_][a-z0-9]*(?:[_.|-][\w.|-]*)?|[A-Za-z]\w*_[\w.|-]*)$/;

/**
 * Tells cheaply whether a line may belong to INFO. Without context only what is hardly anything else
 * counts: a header with a known section's name, or a known field with a value of its kind and no
 * blank behind the colon (so YAML, prose and log lines do not). With `within`, the line before
 * belonged to INFO: then unknown fields and sections count as well.
 */
export function infoLine(text: string, within = false): InfoLine | undefined {
	const line = bare(text);
	if (line.length === 0 || line.length > 10_000) return opensDict(line) ? "dict" : undefined;
	if (line[0] === "#") return isHeader(line, within) ? "section" : undefined;
	const colon = line.indexOf(":");
	if (colon > 0 && colon <= 255) {
		const name = line.slice(0, colon).trimEnd();
		const value = line.slice(colon + 1);
		const entry = glossaryEntry(name);
		if (entry !== undefined) {
			if (within && !value.startsWith("//")) return "field";
			if (telling(entry) && plausible(entry, value)) return "field";
		} else if (within && !/^(?:\s|\/\/|\\)/.test(value) && fieldName.test(name)) {
			return "field";
		}
	}
	return opensDict(line) ? "dict" : undefined;
}

function isHeader(line: string, within: boolean): boolean {
	// "##" opens a remark or a Markdown heading.
	const name = headerLine.exec(line)?.[1];
	if (name === undefined) return false;
	return knownSection(name) !== undefined || (within && !/^#[A-Z]/.test(line));
}

const keyed = /(?:^|[{,[(\s])[bu]?["']?([A-Za-z][\w|.-]{1,100})["']?\s{0,4}(?::|=>)\s{0,4}(?=["'{[\w-])/g;
/** A header or field and an escaped line end, right behind a quote. */
const packed = /["'](?:# ?[A-Z][A-Za-z]{2,20}|[a-z_0-9]{2,60}:[^"'\\\s]{0,100})(?:\\r)?\\n/;

/** Whether a dict with INFO's fields opens on this line, or a string that holds INFO's text. */
export function opensDict(line: string): boolean {
	if (line.includes("\\n") && packed.test(line.slice(0, 2000))) return true;
	const open = line.indexOf("{");
	if (open < 0) return false;
	return namesFields(line.slice(open, open + 2000));
}

/** Whether a piece of a dict has a key that only INFO has. */
export function namesFields(piece: string): boolean {
	for (const match of piece.matchAll(keyed)) {
		const entry = glossaryEntry(match[1] as string);
		if (entry !== undefined && entry.field !== "role" && telling(entry)) return true;
	}
	return false;
}
