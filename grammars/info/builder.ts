import { glossaryEntry, sectionNames } from "../glossary/index.ts";
import type { InfoDump, InfoField, UnreadLine } from "./dump.ts";
import type { Prompt } from "./prompt.ts";
import { type InfoPairs, valueOf } from "./value.ts";
import { viewOf } from "./view.ts";

const canonical = new Map(sectionNames.map((name) => [name.toLowerCase(), name]));

/** A section's name as servers spell it, or undefined for one that rlog does not know. */
export function knownSection(name: string): string | undefined {
	return canonical.get(name.toLowerCase());
}

/** Collects the fields of one dump while it is read. */
export class DumpBuilder {
	readonly #sections = new Map<string, Map<string, InfoField>>();
	readonly #byName = new Map<string, InfoField>();
	readonly #unread: UnreadLine[] = [];
	/** How often each field that comes more than once has come. */
	readonly #repeats = new Map<string, number>();
	readonly #form: InfoDump["form"];
	readonly #prompt: Prompt | undefined;
	readonly #label: string | undefined;
	#first: number;
	#last: number;
	/** The header above the lines being read, as servers spell it. */
	#header: string | undefined;
	/** Whether a blank line stood between that header's fields and what follows. */
	#stale = false;

	constructor(form: InfoDump["form"], line: number, prompt: Prompt | undefined, label: string | undefined) {
		this.#form = form;
		this.#prompt = prompt;
		this.#label = label;
		this.#first = line;
		this.#last = line;
	}

	get size(): number {
		return this.#byName.size;
	}

	has(name: string): boolean {
		return this.#byName.has(name);
	}

	hasSection(name: string): boolean {
		return this.#sections.has(knownSection(name) ?? name);
	}

	get inSection(): boolean {
		return this.#header !== undefined && !this.#stale;
	}

	/** KeyDB repeats fields for its second primary, whose other fields are numbered. */
	get hasSeveralPrimaries(): boolean {
		return this.#byName.has("master_1_host");
	}

	section(name: string, line: number): void {
		this.#header = knownSection(name) ?? name;
		this.#stale = false;
		if (!this.#sections.has(this.#header)) this.#sections.set(this.#header, new Map());
		this.#last = Math.max(this.#last, line);
	}

	blank(): void {
		this.#stale = true;
	}

	field(name: string, text: string, pairs: InfoPairs | undefined, line: number): void {
		let key = name;
		let count = this.#repeats.get(name) ?? 1;
		// Not from 2 on each time: of some fields there are as many as the text is long.
		while (this.#byName.has(key)) key = `${name}:${++count}`;
		if (count > 1) this.#repeats.set(name, count);
		const entry = glossaryEntry(name);
		const value =
			entry === undefined ? text : entry.unit === "pairs" && pairs ? pairs : valueOf(entry.unit, text);
		const field: InfoField = { name, text, value, line };
		this.#byName.set(key, field);
		const known = entry?.section;
		// A blank line ends a section: when its successor has lost its header, the glossary knows better.
		const section = (this.#stale ? known : undefined) ?? this.#header ?? known ?? "";
		const fields = this.#sections.get(section);
		if (fields === undefined) this.#sections.set(section, new Map([[key, field]]));
		else fields.set(key, field);
		this.#last = Math.max(this.#last, line);
	}

	/** A line that could not be read but stands between lines that could. */
	unread(lines: readonly UnreadLine[]): void {
		this.#unread.push(...lines);
	}

	/** A line of the dump that says nothing, such as the latency below it. */
	upTo(line: number): void {
		this.#last = Math.max(this.#last, line);
	}

	finish(): InfoDump {
		return {
			form: this.#form,
			firstLine: this.#first,
			lastLine: this.#last,
			prompt: this.#prompt,
			label: this.#label,
			sections: this.#sections,
			values: viewOf(this.#byName),
			unread: this.#unread,
		};
	}
}
