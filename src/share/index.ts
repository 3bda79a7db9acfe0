import type { Readable } from "node:stream";
import { type Analysis, analyze, analyzeReadings } from "../analyze.ts";
import { readBytes } from "../input/bytes.ts";
import { type InputSource, isUnreadable, type ReadOptions, readEach } from "../input/index.ts";
import { cutOverlaps } from "../input/overlap.ts";
import type { Source } from "../input/sources.ts";
import { tellApart } from "../input/written.ts";
import type { Report, Why } from "../model/report.ts";
import { holdsAnything, type LogStream } from "../model/stream.ts";
import { isCommon, type Kind } from "./kinds.ts";
import { knownNames } from "./known.ts";
import { Pseudonyms } from "./pseudonyms.ts";
import { Scanner } from "./scan.ts";

/** Without a line end for so long, a text is cut between two words. */
const LONGEST = 4 * 1024 * 1024;

/** One input without what names anybody. */
export interface Copy {
	/** The input as it was given, and the file name of its copy. */
	readonly input: string;
	readonly name: string;
	/** Reads the input again and replaces as it goes. */
	readonly text: () => AsyncIterable<Buffer>;
}

/** What `share` made, and whether it may be handed on. */
export interface Sharing {
	readonly copies: readonly Copy[];
	readonly before: Analysis;
	readonly after: Analysis;
	/** What the analysis of the copies says otherwise, or which value is left in them; empty when all is well. */
	readonly objections: readonly string[];
	readonly counts: readonly (readonly [Kind, number])[];
	readonly pairs: Pseudonyms["pairs"];
}

/**
 * Makes copies of the inputs in which addresses, IDs, hosts, names, users, paths and secrets are
 * pseudonyms, and proves by an analysis of the copies that it comes to the same verdicts and causes.
 * Nothing is written; what is no log is not copied.
 */
export async function share(inputs: readonly InputSource[], options: ReadOptions = {}): Promise<Sharing> {
	const { sources, before, streams } = await readAll(inputs, options);
	const scanner = new Scanner(withFileNames(knownNames(streams), sources));
	const pseudonyms = new Pseudonyms();
	for (const source of sources) {
		for await (const text of blocks(source, options.stdin)) scanner.replace(text, pseudonyms.collect);
		scanner.replace(baseOf(source.name), pseudonyms.collect);
	}
	pseudonyms.assign();
	const names = new Set<string>();
	const copies = sources.map(
		(source): Copy => ({
			input: source.name,
			name: unused(scanner.replace(baseOf(source.name), pseudonyms.replace), names),
			text: () => replaced(source, scanner, pseudonyms, options.stdin),
		}),
	);
	const after = await analyze(copies.map(({ name, text }) => ({ name, data: text() })));
	const objections = [
		...differences(before.report, after.report),
		...(await leftovers(copies, scanner, pseudonyms)),
	];
	return { copies, before, after, objections, counts: pseudonyms.counts(), pairs: () => pseudonyms.pairs() };
}

async function readAll(
	inputs: readonly InputSource[],
	options: ReadOptions,
): Promise<{ sources: Source[]; before: Analysis; streams: readonly LogStream[] }> {
	const read: { source: Source; streams: readonly LogStream[] }[] = [];
	const reading = readEach(inputs, options);
	let next = await reading.next();
	for (; next.done !== true; next = await reading.next()) read.push(next.value);
	const streams = cutOverlaps(tellApart(read.map((one) => ({ source: one.source.name, streams: one.streams }))));
	const problems = next.value;
	const before = analyzeReadings({ streams, problems, unreadable: problems.some(isUnreadable) });
	const withLogs = read.filter((one) => one.streams.some(holdsAnything));
	const broken = new Set(problems.filter(isUnreadable).map(({ input }) => input));
	const sources = withLogs.map(({ source }) => source).filter(({ name }) => !broken.has(name));
	return { sources, before, streams };
}

/** A file called after its machine names it. */
function withFileNames(known: Map<string, Kind>, sources: readonly Source[]): Map<string, Kind> {
	for (const { name } of sources) {
		const stem = baseOf(name).replace(/(?:\.(?:log|txt|out|json|ndjson|jsonl|md|\d+))+$/, "");
		const ascii = Buffer.from(stem, "utf8").toString("latin1");
		if (stem.length > 1 && !isCommon(stem) && !/^[\d.]+$/.test(stem)) known.set(ascii, "host");
	}
	return known;
}

function baseOf(name: string): string {
	if (name === "-") return "stdin.log";
	return (name.split(/[\\/]/).at(-1) ?? name).replace(/\.(?:gz|zst)$/, "");
}

function unused(name: string, used: Set<string>): string {
	const dot = name.indexOf(".", 1);
	const [stem, rest] = dot < 0 ? [name, ""] : [name.slice(0, dot), name.slice(dot)];
	let free = name;
	for (let n = 2; used.has(free); n++) free = `${stem}-${n}${rest}`;
	used.add(free);
	return free;
}

/** The text of a source in blocks of whole lines; a character a byte, so that no byte is lost. */
async function* blocks(source: Source, stdin: Readable | undefined): AsyncGenerator<string> {
	let rest = "";
	for await (const chunk of readBytes(source, stdin as Readable)) {
		rest += chunk.toString("latin1");
		let end = rest.lastIndexOf("\n") + 1;
		if (end === 0 && rest.length > LONGEST) end = rest.lastIndexOf(" ") + 1 || rest.length;
		if (end === 0) continue;
		yield rest.slice(0, end);
		rest = rest.slice(end);
	}
	if (rest !== "") yield rest;
}

async function* replaced(
	source: Source,
	scanner: Scanner,
	pseudonyms: Pseudonyms,
	stdin: Readable | undefined,
): AsyncGenerator<Buffer> {
	for await (const text of blocks(source, stdin)) {
		yield Buffer.from(scanner.replace(text, pseudonyms.replace), "latin1");
	}
}

/** Values that are found in a copy though they have a pseudonym. */
async function leftovers(
	copies: readonly Copy[],
	scanner: Scanner,
	pseudonyms: Pseudonyms,
): Promise<string[]> {
	const left = new Set<string>();
	for (const { name, text } of copies) {
		for await (const block of text()) {
			scanner.replace(block.toString("latin1"), (kind, value) => {
				const what = kind === "secret" ? "a secret" : `the ${kind} ${value}`;
				if (pseudonyms.has(kind, value)) left.add(`${name} still holds ${what}`);
				return value;
			});
		}
	}
	return [...left];
}

/** What two reports of the same events say otherwise: verdicts, causes, proofs, findings. */
function differences(before: Report, after: Report): string[] {
	const why = (one: Why | null): string => (one === null ? "" : `${one.code} (${one.proof})`);
	const views: readonly (readonly [string, (report: Report) => readonly string[]])[] = [
		[
			"resync",
			({ resyncs }) =>
				resyncs.map(
					({ verdict, cause, trigger, attempts }) =>
						`${verdict}, ${why(cause)}, ${why(trigger)}, ${attempts.map(({ outcome, reason, count }) => `${outcome} ${why(reason)}×${count}`).join(" ")}`,
				),
		],
		["finding", ({ findings }) => findings.map(({ code, severity }) => `${severity} ${code}`)],
		[
			"input",
			({ inputs }) => inputs.map(({ kind, events, unrecognised }) => `${kind}, ${events}, ${unrecognised}`),
		],
		["node", ({ nodes }) => nodes.map(({ lives, roles }) => `${lives.length} ${roles.length}`)],
	];
	return views.flatMap(([what, of]) => {
		const [old, now] = [of(before).toSorted(), of(after).toSorted()];
		const at = Math.max(old.length, now.length);
		for (let i = 0; i < at; i++) {
			if (old[i] === now[i]) continue;
			return [`a ${what} was "${old[i] ?? "none"}" and is "${now[i] ?? "none"}" in the copies`];
		}
		return [];
	});
}
