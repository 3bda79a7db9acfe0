import type { RoleLetter } from "../../grammars/prefix.ts";
import { messageStartOf } from "../../grammars/scanner.ts";
import { mayMatter } from "./grammar.ts";
import { frontOf, type LineFront } from "./line-front.ts";
import { cleanLine } from "./paste/clean.ts";
import { type Trace, tracesIn } from "./paste/traces.ts";
import { FRONT } from "./wrappers/fronts.ts";
import { wrappers } from "./wrappers/index.ts";
import { label } from "./wrappers/label.ts";
import { unknownPrefix } from "./wrappers/unknown-prefix.ts";
import type { JsonRecord, Opened, Wrapper } from "./wrappers/wrapper.ts";

const SPACE = 32;
/** Longer than messages are: two lines may have become one. */
const LONG = 300;
/** A wrapper that so many log lines did without was that of a quoted line. */
const PATIENCE = 20;
/** How deep wrappers nest: compose around the journal around Docker's JSON. */
const DEPTH = 3;
/**
 * What no pattern of a wrapper reaches across, as `.` does not. It is looked for first: a pattern that
 * fails at it would be tried again for each blank before it.
 */
const severed = /[\n\r\u2028\u2029]/;
/** The first piece of a server's line. */
const piece = new RegExp(`^(?:${FRONT})`);
/** What a line must hold somewhere before all wrappers are tried on it. */
const hint =
	/[XCSM] +\d|\] +\d|pid|signal|[Rr]edis|REDIS|[Vv]alkey|VALKEY|[Kk]ey[Dd][Bb]|[Ss]entinel|[XCSM] [A-Z][a-z]|"[Ll]og"|MESSAGE|[Mm]essage|"line"|textPayload/;

/** A line without its wrappers, and its front where it has one. */
export interface Unwrapped {
	readonly text: string;
	readonly outerTime: number | null;
	readonly node: string | null;
	readonly more: boolean;
	readonly front: LineFront | undefined;
	/** False for a bare line. */
	readonly wrapped: boolean;
	/** Set for a line whose front was not read, because its message cannot be a known one. */
	readonly dull?: true;
}

/**
 * Takes wrappers off the lines of one input. What fits a line is tried first on the next; a line
 * that does not fit is tried bare and then in every wrapper, so that an input may mix them.
 */
export class Unwrapper {
	#chain: readonly Wrapper[] = [];
	/** Bare log lines since a line last had this wrapper. */
	#bareLines = 0;
	/** What an editor or viewer had put around lines. */
	readonly traces = new Set<Trace>();
	/** Names that somebody put in front of lines by hand. */
	readonly labels = new Set<string>();
	readonly #seen = new Set<string>();
	/** Lines behind something unknown, as long as no wrapper is known. */
	#strange = 0;

	/** Wrappers met so far: `null` for none, else their names, outermost first. */
	get name(): string | null {
		return this.#seen.size === 0 ? null : [...this.#seen].join(", ");
	}

	/** Whether the last lines had a wrapper. */
	get isWrapped(): boolean {
		return this.#chain.length > 0;
	}

	open(line: string): Unwrapped {
		if (this.#chain.length > 0) {
			const opened = through(this.#chain, line);
			if (opened !== undefined) {
				this.#bareLines = 0;
				if (opened.node !== null && this.#chain.at(-1) === label) this.labels.add(opened.node);
				if (opened.more !== true && isDull(opened.text)) return dull(opened);
				return finish(opened, frontOf(opened.text));
			}
		}
		const text = line.charCodeAt(0) <= SPACE ? line.trimStart() : line;
		const front = frontOf(text);
		// A word in the place of the process is a name that somebody gave it.
		const named = front?.pid === null && text.startsWith("[") ? label.open(text) : undefined;
		if (front !== undefined && named !== undefined) {
			this.#seen.add(label.name);
			return finish(named, { ...front, role: roleOf(named.node) });
		}
		if (front !== undefined && ++this.#bareLines > PATIENCE) this.#chain = [];
		if (front !== undefined || !hint.test(text)) return bare(text, front);
		const found = search(text, DEPTH);
		if (found !== undefined) return this.#adopt(found);
		const clean = cleanLine(text);
		if (clean !== text) {
			const cleanFront = frontOf(clean);
			const inside = cleanFront === undefined ? search(clean, DEPTH) : undefined;
			if (cleanFront !== undefined || inside !== undefined)
				for (const trace of tracesIn(text)) this.traces.add(trace);
			if (inside !== undefined) return this.#adopt(inside);
			if (cleanFront !== undefined) return bare(clean, cleanFront);
		}
		const opened = unknownPrefix.open(text);
		const inner = opened && frontOf(opened.text);
		if (opened === undefined || inner === undefined) return bare(text, undefined);
		return this.#stray({ chain: [unknownPrefix], opened, front: inner });
	}

	/** One line in a garbled wrapper does not end what all others have; where all are strange, they are alike. */
	#stray(found: Found): Unwrapped {
		if (this.#chain.length === 0 && ++this.#strange > PATIENCE) return this.#adopt(found);
		this.#seen.add(unknownPrefix.name);
		return finish(found.opened, found.front);
	}

	#adopt(found: Found): Unwrapped {
		this.#chain = found.chain;
		this.#seen.add(found.chain.map(({ name }) => name).join("+"));
		if (found.opened.node !== null && found.chain.at(-1) === label) this.labels.add(found.opened.node);
		return finish(found.opened, found.front);
	}

	/** The front of a line that has no wrapper, or none any more. */
	front(line: string): LineFront | undefined {
		return frontOf(line.trimStart());
	}

	/** Opens a record of a JSON document; undefined when no wrapper knows it. */
	openRecord(record: JsonRecord): Unwrapped | undefined {
		for (const { name, openRecord } of wrappers) {
			const opened = openRecord?.(record);
			if (opened === undefined) continue;
			const inner = frontOf(opened.text) === undefined ? search(opened.text, DEPTH - 1) : undefined;
			this.#seen.add([name, ...(inner?.chain.map((w) => w.name) ?? [])].join("+"));
			return inner === undefined
				? finish(opened, frontOf(opened.text))
				: finish(nest(opened, inner.opened), inner.front);
		}
		return undefined;
	}
}

/** `[M]` and `[S]` are roles as well as names. */
const roleOf = (name: string | null): RoleLetter | null =>
	name !== null && /^[MSX]$/.test(name) ? (name as RoleLetter) : null;

/** Whether a text has a server's front and a message that no template fits. */
function isDull(text: string): boolean {
	const start = messageStartOf(text);
	return (
		start !== -1 && text.length < LONG && !text.includes("\n") && !mayMatter(text.slice(start))
	);
}

const bare = (text: string, front: LineFront | undefined): Unwrapped => ({
	text,
	outerTime: null,
	node: null,
	more: false,
	front,
	wrapped: false,
});

const dull = ({ text, outerTime, node }: Opened): Unwrapped => ({
	text,
	outerTime,
	node,
	more: false,
	front: undefined,
	wrapped: true,
	dull: true,
});

const finish = (opened: Opened, own: LineFront | undefined): Unwrapped => ({
	text: opened.text,
	outerTime: opened.outerTime,
	node: opened.node,
	more: opened.more ?? false,
	front: own ?? opened.front?.(),
	wrapped: true,
});

/** What the inner wrapper says is nearer to the server; what it does not say, the outer one may. */
function nest(outer: Opened, inner: Opened): Opened {
	const told = inner.front !== undefined || outer.front !== undefined;
	return {
		text: inner.text,
		outerTime: inner.outerTime ?? outer.outerTime,
		node: inner.node ?? outer.node,
		more: (inner.more ?? false) || (outer.more ?? false),
		...(told && { front: () => inner.front?.() ?? outer.front?.() }),
	};
}

const openBy = (wrapper: Wrapper, line: string): Opened | undefined =>
	wrapper.openRecord === undefined && severed.test(line) ? undefined : wrapper.open(line);

function through(chain: readonly Wrapper[], line: string): Opened | undefined {
	let opened: Opened | undefined;
	for (const wrapper of chain) {
		const inner = openBy(wrapper, opened?.text ?? line);
		// A line that the outer wrapper opens is that wrapper's, whatever it holds: another program's.
		if (inner === undefined) return opened;
		opened = opened === undefined ? inner : nest(opened, inner);
	}
	return opened;
}

interface Found {
	readonly chain: readonly Wrapper[];
	readonly opened: Opened;
	readonly front: LineFront | undefined;
}

/** Looks for wrappers that leave a server's line. */
function search(line: string, depth: number): Found | undefined {
	for (const wrapper of wrappers) {
		const opened = openBy(wrapper, line);
		if (opened === undefined || opened.text === line) continue;
		const front = frontOf(opened.text.trimStart());
		if (front !== undefined) return { chain: [wrapper], opened, front };
		if (opened.more === true && piece.test(opened.text))
			return { chain: [wrapper], opened, front: undefined };
		const inner = depth > 1 ? search(opened.text, depth - 1) : undefined;
		if (inner !== undefined) {
			return { chain: [wrapper, ...inner.chain], opened: nest(opened, inner.opened), front: inner.front };
		}
		const told = opened.front?.();
		if (told !== undefined) return { chain: [wrapper], opened, front: told };
	}
	return undefined;
}
