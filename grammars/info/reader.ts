import { glossaryEntry } from "../glossary/index.ts";
import { DumpBuilder, knownSection } from "./builder.ts";
import { bare, infoLine, opensDict, unflattened } from "./classify.ts";
import { DictLines, dictDumps } from "./dict.ts";
import type { InfoDump, UnreadLine } from "./dump.ts";
import { type ParsedLine, parseLine } from "./line.ts";
import { unquote } from "./literal.ts";
import { asks, type Prompt, prompt, Session } from "./prompt.ts";

/** What is known of a text before it is read. */
export interface InfoOptions {
	/** Number of the first line; 1 unless told. */
	readonly firstLine?: number;
	/** A name for whatever stands in it, used where the text itself names nobody. */
	readonly label?: string;
}

/** So many foreign lines in a row are no longer an interruption of a dump but its end. */
const longestGap = 8;
/** The same where a caller leaves lines out (log lines, other nodes' lines) and only the numbers tell. */
const longestJump = 40;

const mayBePrompt = /[>$#%❯λ➜]|-cli|^(?:info|role)\b/i;
/** A bracket at the end, or a dict whose first key does not tell yet what it is. */
const mayOpenDict = /[{[]$|^[^{]{0,60}\{ ?[bu]?["']?[A-Za-z][\w.|-]{0,60}["']?\s?(?::|=>)[^}]*$/;
const fence = /^(?:```|~~~)/;
/** What stands above each part of a text: `==> file <==` of tail, `host | CHANGED | rc=0 >>` of ansible, `== node ==`. */
const partHeaders = [
	/^==> (.{1,500}) <==$/,
	/^(\S{1,253}) \| [A-Z]{2,20}!? \| rc=\d{1,5} >>$/,
	/^(?:[=*-]{2,80}|#{3,80}) (\S{1,253}) (?:[=*-]{2,80}|#{3,80})$/,
];
/** `127.0.0.1:7000: # Replication`, as `redis-cli --cluster call` prints it. */
const clusterCall = /^([\w.:[\]-]{1,253}:\d{1,5}): (?=#|[a-z_])/;
const sentence = /^(?:##|\/\/|<!--|# ?\S)/;

/**
 * Reads INFO line by line, out of a file, a pipe or a whole transcript. Lines that are no part of a
 * dump do not disturb it. Only the dumps and a few lines are kept.
 */
export class InfoReader {
	readonly #dumps: InfoDump[] = [];
	readonly #session = new Session();
	#open: DumpBuilder | undefined;
	/** Foreign lines since the last line of the open dump. */
	#gap: UnreadLine[] = [];
	/** Headers in front of a dump that has no field yet. */
	#headers: { readonly name: string; readonly line: number }[] = [];
	/** The prompt whose reply has not come yet. */
	#asked: Prompt | undefined;
	#sinceAsked = 0;
	#label: string | undefined;
	#dict: DictLines | undefined;
	#line: number;

	constructor(options: InfoOptions = {}) {
		this.#line = options.firstLine ?? 1;
		this.#label = options.label;
	}

	/** Whether the last line belonged to a dump that may go on. */
	get open(): boolean {
		return this.#dict !== undefined || (this.#open !== undefined && this.#gap.length === 0);
	}

	/**
	 * Reads the next line (without its line end). Its number is one more than the last line's unless
	 * told. Returns whether the line is part of a dump, or a prompt that asks for one.
	 */
	push(text: string, line: number = this.#line): boolean {
		if (line - this.#line > longestJump) this.#leave();
		const lines = unflattened(text);
		if (lines !== undefined && this.#dict === undefined && !opensDict(text))
			return lines.map((one) => this.#push(one, line)).includes(true);
		return this.#push(text, line);
	}

	#push(text: string, line: number): boolean {
		this.#line = line + 1;
		return this.#dict === undefined ? this.#next(bare(text), line) : this.#inDict(text, line);
	}

	#next(text: string, line: number, dicts = true): boolean {
		let t = text;
		if (t === "") {
			this.#open?.blank();
			return this.open;
		}
		if (mayBePrompt.test(t)) {
			const typed = prompt(t);
			if (typed !== undefined) return this.#prompted(typed);
		}
		const call = clusterCall.exec(t);
		if (call !== null) {
			const rest = t.slice(call[0].length);
			if (infoLine(rest) !== undefined) {
				const typed = { address: call[1], label: undefined, command: "info", repeats: false, opens: false };
				this.#prompted({ kind: "shell", ...typed });
				t = rest;
			}
		}
		return this.#read(t, line, dicts);
	}

	/** The dumps that have ended since the last call. */
	take(): InfoDump[] {
		return this.#dumps.splice(0);
	}

	/** Ends the text; returns the dumps not yet taken. */
	end(): InfoDump[] {
		this.#leave();
		return this.take();
	}

	/** Ends whatever is open or expected. */
	#leave(): void {
		if (this.#dict !== undefined) this.#endDict(this.#dict);
		this.#close();
		this.#asked = undefined;
	}

	#read(text: string, line: number, dicts: boolean): boolean {
		const kind = infoLine(text, this.open || this.#headers.length > 0);
		if (kind === "dict" && dicts) return this.#startDict(text, line);
		const parsed = kind === undefined ? undefined : parseLine(text);
		if (parsed?.kind === "section") return this.#section(parsed.name, line);
		if (parsed?.kind === "field") return this.#field(parsed, line);
		if (this.#open !== undefined && /^\(\d{1,9}\.\d{1,3}s\)$/.test(text)) {
			this.#open.upTo(line);
			this.#close();
			return true;
		}
		// `$545` is the length a raw reply begins with.
		if (/^\$\d{1,9}$/.test(text)) return this.open;
		if (knownSection(text) === text) return this.#section(text, line);
		if (dicts && mayOpenDict.test(text)) return this.#startDict(text, line);
		return this.#foreign(text, line);
	}

	#section(name: string, line: number): boolean {
		const open = this.#open;
		const again = open?.hasSection(name) || (knownSection(name) === "Server" && (open?.size ?? 0) > 0);
		if (again || this.#gap.length > 0) this.#close();
		if (this.#open !== undefined) this.#open.section(name, line);
		else this.#headers.push({ name, line });
		return true;
	}

	#field({ name, text, pairs }: ParsedLine & { kind: "field" }, line: number): boolean {
		if (this.#open?.has(name) && !mayRepeat(name, this.#open)) this.#close();
		if (this.#open === undefined) {
			// A heading of somebody's document reads like a header: the field below it must be a known one.
			if (this.#asked === undefined && glossaryEntry(name) === undefined) return this.#foreign(text, line);
			this.#open = new DumpBuilder("lines", this.#headers[0]?.line ?? line, this.#answer(), this.#label);
			for (const header of this.#headers) this.#open.section(header.name, header.line);
			this.#headers = [];
		}
		this.#open.unread(this.#gap);
		this.#gap = [];
		this.#open.field(name, text, pairs, line);
		return true;
	}

	#foreign(text: string, line: number): boolean {
		for (const header of partHeaders) {
			const name = header.exec(text)?.[1];
			if (name === undefined) continue;
			this.#close();
			this.#asked = undefined;
			this.#label = name;
			return false;
		}
		// Remarks between the fields are as common as dumps that nobody remarked on.
		if (sentence.test(text) && this.#open !== undefined) return false;
		this.#headers = [];
		if (this.#asked !== undefined && ++this.#sinceAsked > longestGap) this.#asked = undefined;
		if (fence.test(text)) {
			this.#close();
			this.#session.leave();
		} else if (this.#open !== undefined && this.#gap.push({ line, text }) > longestGap) this.#close();
		return false;
	}

	#prompted(typed: Prompt): boolean {
		this.#close();
		const entered = this.#session.enter(typed);
		const info = asks(entered, "info");
		this.#asked = info ? entered : undefined;
		this.#sinceAsked = 0;
		return info;
	}

	/** The prompt that the dump now beginning answers. */
	#answer(): Prompt | undefined {
		const asked = this.#asked;
		if (asked?.repeats !== true) this.#asked = undefined;
		return asked;
	}

	#startDict(text: string, line: number): boolean {
		const inside = packedText(text);
		if (inside === undefined) {
			this.#dict = new DictLines();
			return this.#inDict(text, line);
		}
		this.#close();
		for (const part of inside.split(/\r?\n/)) this.#next(part.trim(), line, false);
		this.#close();
		return true;
	}

	#inDict(text: string, line: number): boolean {
		const dict = this.#dict as DictLines;
		const t = bare(text);
		// A dict may have been cut off, or a bracket at a line's end may have meant something else.
		const other =
			fence.test(t) || (dict.named ? prompt(t)?.kind === "cli" : isInfo(infoLine(t)) || prompt(t));
		if (other && dict.lines.length > 0) {
			this.#endDict(dict);
			return this.#next(t, line);
		}
		const more = dict.take(text, line);
		// One of INFO shows a field within a few lines.
		if (!more || (!dict.named && dict.lines.length > 6)) return this.#endDict(dict);
		return dict.named;
	}

	#endDict(dict: DictLines): boolean {
		this.#dict = undefined;
		if (dict.named) {
			this.#close();
			this.#dumps.push(...dictDumps(dict, this.#answer(), this.#label));
		} else for (const { text, line } of dict.lines) this.#next(bare(text), line, false);
		return dict.named;
	}

	#close(): void {
		if (this.#open !== undefined) this.#dumps.push(this.#open.finish());
		this.#open = undefined;
		this.#gap = [];
		this.#headers = [];
	}
}

const isInfo = (kind: string | undefined): boolean => kind === "section" || kind === "field";

/** KeyDB prints these once for each primary; every module has a line of the same name. */
function mayRepeat(name: string, dump: DumpBuilder): boolean {
	return name === "module" || (dump.hasSeveralPrimaries && /^(?:slave_|replica_announced)/.test(name));
}

/** INFO's text inside a quoted string with escaped line ends. */
function packedText(line: string): string | undefined {
	if (!line.includes("\\n")) return undefined;
	for (const match of line.matchAll(/"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?/g)) {
		const image = match[0];
		if (!image.includes("\\n")) continue;
		const text = unquote(
			image.length > 1 && image.endsWith(image[0] as string) ? image : `${image}${image[0]}`,
		);
		if (text.split(/\r?\n/, 3).some((part) => infoLine(part) !== undefined)) return text;
	}
	return undefined;
}
