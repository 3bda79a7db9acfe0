/**
 * ROLE in every shape in which people have it: numbered and nested as redis-cli prints it on a
 * terminal, one value a line as it prints it into a pipe, as JSON, CSV or a list of a client library.
 *
 * What it answers is written by roleCommand (replication.c) and sentinelRoleCommand (sentinel.c)
 * since 2.8.12; the words are the same in Valkey.
 */

import { bare } from "./info/classify.ts";
import type { UnreadLine } from "./info/dump.ts";
import { asks, type Prompt, prompt, Session } from "./info/prompt.ts";
import { type Role, readRole } from "./info/reply.ts";

export type { Role, RoleReplica } from "./info/reply.ts";

/** How a reply is drawn. */
export type RoleForm = "numbered" | "list" | "bare";

/** One reply of ROLE and where it stands. */
export interface RoleReply {
	readonly form: RoleForm;
	readonly reply: Role;
	/** Numbers of its first and last line; its prompt is not counted. */
	readonly firstLine: number;
	readonly lastLine: number;
	readonly prompt: Prompt | undefined;
	readonly label: string | undefined;
	/** Lines in it that could not be read, wholly or in part. */
	readonly unread: readonly UnreadLine[];
}

/** What is known of a text before it is read. */
export interface RoleOptions {
	/** Number of the first line; 1 unless told. */
	readonly firstLine?: number;
	readonly label?: string;
	/** The text is known to be a reply of ROLE, so its first word need not prove it. */
	readonly expected?: boolean;
}

const roleWord = "(?:master|slave|sentinel)";
/** In a transaction the whole reply is an element: `1) 1) "master"`. */
const numberedStart = new RegExp(`^(?:\\d{1,5}\\) {1,4})?1\\) {1,4}"?${roleWord}"?(?:\\s|$)`);
const listStart = new RegExp(`^(?:[[(]\\s*)?[bu]?(["'])${roleWord}\\1\\s*(?:,|$)`);
const bareStart = new RegExp(`^${roleWord}$`);

/**
 * Tells how a reply of ROLE would be drawn that begins on this line, or undefined when none can.
 * `bare` is a guess: the word `master` alone begins many things, so the lines below must confirm it.
 */
export function roleStart(text: string): RoleForm | undefined {
	const line = withoutRemark(bare(text));
	if (bareStart.test(line)) return "bare";
	if (numberedStart.test(line)) return "numbered";
	return listStart.test(line) ? "list" : undefined;
}

const withoutRemark = (line: string): string => line.replace(/\s(?:##|#|<-|←|\/\/).*$/, "").trimEnd();

interface Gathered {
	readonly form: RoleForm;
	readonly lines: UnreadLine[];
	/** Whether the line above the first said that this is a reply of ROLE. */
	certain: boolean;
	readonly prompt: Prompt | undefined;
	/** The column of the reply's number inside a transaction's, else -1: what stands further left is another. */
	readonly column: number;
	depth: number;
	/** Empty lines seen since the last one of the reply. */
	blanks: number;
}

const longestReply = 2000;
/** So many lines that a caller leaves out are no longer an interruption but the end. */
const longestJump = 40;
const hostLike = /^[\w.:*<>[\]-]{1,253}$/;
const digits = /^-?\d{1,19}$/;
const states = /^(?:none|connect|connecting|handshake|sync|connected|unknown|wait_bgsave|send_bulk|online)$/;

/** Reads ROLE line by line, out of a file, a pipe or a whole transcript. */
export class RoleReader {
	readonly #replies: RoleReply[] = [];
	readonly #session = new Session();
	readonly #expected: boolean;
	#label: string | undefined;
	#asked: Prompt | undefined;
	/** Set while another command's reply is being shown: a list of keys may begin with "master". */
	#otherAsked = false;
	#patience = 0;
	#open: Gathered | undefined;
	#line: number;

	constructor(options: RoleOptions = {}) {
		this.#line = options.firstLine ?? 1;
		this.#label = options.label;
		this.#expected = options.expected ?? false;
	}

	/** Whether a reply has begun and may go on. */
	get open(): boolean {
		return this.#open !== undefined;
	}

	/** Reads the next line. Returns whether it is part of a reply, or a prompt that asks for one. */
	push(text: string, line: number = this.#line): boolean {
		if (line - this.#line > longestJump) this.#close();
		this.#line = line + 1;
		const t = bare(text);
		if (this.#open !== undefined) {
			if (t === "") {
				this.#open.blanks++;
				return true;
			}
			if (this.#continues(this.#open, t, line, text)) return true;
			this.#close();
		}
		if (t === "") return false;
		if (/^(?:```|~~~)/.test(t)) {
			this.#session.leave();
			this.#otherAsked = false;
			return false;
		}
		// Alone, the word asks; below such a prompt it cannot answer, since answers are in other words.
		const typed = prompt(t);
		if (typed !== undefined) return this.#prompted(typed);
		const form = roleStart(text);
		if (form === undefined || this.#otherAsked) {
			// A reply stands right below its prompt, or below a warning.
			if (--this.#patience === 0) this.#asked = undefined;
			return false;
		}
		const outer = /^\s*(?=\d{1,5}\) {1,4}\d)/.exec(text);
		const column = outer === null ? -1 : outer[0].length;
		const certain = this.#expected || this.#asked !== undefined;
		this.#open = {
			form,
			lines: [{ line, text: t }],
			certain,
			prompt: this.#asked,
			column,
			depth: depthOf(t),
			blanks: 0,
		};
		this.#asked = undefined;
		if (form === "list" && this.#open.depth <= 0 && t.includes(",") && !t.endsWith(",")) this.#close();
		return true;
	}

	/** The replies that have ended since the last call. */
	take(): RoleReply[] {
		return this.#replies.splice(0);
	}

	/** Ends the text; returns the replies not yet taken. */
	end(): RoleReply[] {
		// What is all of a text, from a pipe, says more than the same words in the midst of one.
		const open = this.#open;
		if (open?.form === "bare" && open.lines[0]?.line === 1 && open.lines.length > 1) open.certain = true;
		this.#close();
		return this.take();
	}

	#prompted(typed: Prompt): boolean {
		const entered = this.#session.enter(typed);
		const asked = asks(entered, "role");
		this.#asked = asked ? entered : undefined;
		this.#patience = 5;
		this.#otherAsked = !asked && !/^(?:exec|multi)?$/i.test(entered.command);
		return asked;
	}

	/** Takes a line that belongs to the open reply; false when the reply has ended before it. */
	#continues(open: Gathered, t: string, line: number, text: string): boolean {
		if (open.lines.length > longestReply || /^(?:```|~~~)/.test(t)) return false;
		let fits: boolean;
		if (open.form === "numbered") {
			fits = /^\d{1,5}[)#](?:\s|$)/.test(t) && !numberedStart.test(t) && text.search(/\S/) > open.column;
		} else if (open.form === "bare")
			fits =
				open.blanks === 0 &&
				bareFits(
					open.lines.map((l) => withoutRemark(l.text)),
					withoutRemark(t),
				);
		else fits = /^(?:[[\](),\d-]|[bu]?["'])/.test(text.trim()) && prompt(t) === undefined;
		if (!fits) return false;
		open.lines.push({ line, text: open.form === "list" ? text.trim() : t });
		open.blanks = 0;
		if (open.form !== "list") return true;
		open.depth += depthOf(text);
		if (open.depth < 0 || (open.depth === 0 && /[\])]/.test(t))) this.#close();
		return true;
	}

	#close(): void {
		const open = this.#open;
		this.#open = undefined;
		if (open === undefined) return;
		const text = open.lines.map((l) => l.text).join("\n");
		const read = readRole(text);
		if (read === undefined || !(open.certain || convincing(read.reply, text))) return;
		this.#replies.push({
			form: open.form,
			reply: read.reply,
			firstLine: (open.lines[0] as UnreadLine).line,
			lastLine: (open.lines.at(-1) as UnreadLine).line,
			prompt: open.prompt,
			label: this.#label,
			unread: read.unread.flatMap((n) => open.lines[n - 1] ?? []),
		});
	}
}

/** How many more brackets a line opens than it closes; `1)` is a number, not a bracket. */
function depthOf(text: string): number {
	const plain = text.replace(/"[^"]*"|'[^']*'/g, "");
	return (plain.match(/[[(]/g)?.length ?? 0) - (plain.match(/[\])]/g)?.length ?? 0);
}

/** Whether a line can follow in a reply that stands one value a line, as in a pipe. */
function bareFits(before: readonly string[], line: string): boolean {
	const n = before.length;
	if (before[0] === "sentinel") return hostLike.test(line) && !bareStart.test(line);
	if (before[0] === "slave")
		return n === 1 ? hostLike.test(line) : n === 3 ? states.test(line) : n < 5 && digits.test(line);
	return n > 1 && n % 3 === 2 ? hostLike.test(line) && !bareStart.test(line) : digits.test(line);
}

/** Whether a reply that nobody announced has the shape of one. */
function convincing(reply: Role, text: string): boolean {
	if (reply.role === "master")
		return reply.offset !== undefined && reply.replicas.every((r) => r.port !== undefined);
	if (reply.role === "slave")
		return reply.port !== undefined && reply.state !== undefined && states.test(reply.state);
	// Its names are a list inside the list.
	return /sentinel["'],?\s*(?:\d\) 1\)|[[(])/.test(text);
}

/** Reads every reply of ROLE in a text, in the order of the text. */
export function parseRoles(text: string, options: RoleOptions = {}): RoleReply[] {
	const reader = new RoleReader(options);
	for (const line of text.split("\n")) reader.push(line);
	return reader.end();
}

/**
 * Reads the first reply of ROLE in a text that is known to hold one (a file of it, a region of a
 * transcript). What the text does not show is undefined; without any reply the result is.
 */
export function parseRole(text: string, options: RoleOptions = {}): RoleReply | undefined {
	return parseRoles(text, { expected: true, ...options })[0];
}
