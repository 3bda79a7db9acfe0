import type { LogEvent } from "../model/event.ts";
import { pushTo } from "../model/lists.ts";
import { containerPids, isGivenName, type LogStream } from "../model/stream.ts";

/** One line of two logs may be the same by chance; so many in a row are not. */
const SURE = 2;

/**
 * Files of one log may show the same lines: a copy that was rotated, a log that was saved twice as it
 * grew. What an earlier one shows is cut off the later ones, so that each event is there once.
 */
export function cutOverlaps(streams: readonly LogStream[]): LogStream[] {
	const result = [...streams];
	const order = [...streams.keys()]
		.filter((i) => firstTime(streams[i] as LogStream) !== null)
		.sort((a, b) => {
			const [x, y] = [streams[a] as LogStream, streams[b] as LogStream];
			return (
				(firstTime(x) ?? 0) - (firstTime(y) ?? 0) ||
				y.events.length - x.events.length ||
				(x.input < y.input ? -1 : 1)
			);
		});
	const seen = new Seen();
	for (const i of order) {
		const own = streams[i] as LogStream;
		// Held against whole files: what is left of one after a cut may be too little to be sure.
		let most = 0;
		for (const earlier of seen.like(own)) {
			if (mayBeOne(earlier, own)) most = Math.max(most, repeated(earlier.events, own.events));
		}
		result[i] = without(own, most);
		seen.add(own);
	}
	return result;
}

const firstTime = ({ events }: LogStream): number | null =>
	events.find(({ time, signal }) => time !== null && !signal)?.time ?? null;

function mayBeOne(a: LogStream, b: LogStream): boolean {
	const [first] = b.events;
	if (first === undefined || a.input === b.input || a.to === null || b.from === null || a.to < b.from)
		return false;
	if (a.label !== null && b.label !== null && a.label !== b.label) return false;
	if (isNamed(a) && a.label === b.label) return true;
	return first.pid !== null && first.pid >= containerPids && pidsOf(a).has(first.pid);
}

/** Whether a wrapper tells whose lines they are. */
const isNamed = (stream: LogStream): stream is LogStream & { readonly label: string } =>
	stream.label !== null && isGivenName(stream.label) && stream.wrapper !== null;

/** Streams by what two of one log have in common: there may be thousands of files. */
class Seen {
	readonly #byPid = new Map<number, LogStream[]>();
	readonly #byLabel = new Map<string, LogStream[]>();

	add(stream: LogStream): void {
		for (const pid of pidsOf(stream)) pushTo(this.#byPid, pid, stream);
		if (isNamed(stream)) pushTo(this.#byLabel, stream.label, stream);
	}

	/** Those that have the process of a stream's first line, or its label. */
	like({ label, events }: LogStream): Set<LogStream> {
		const pid = events[0]?.pid ?? null;
		const alike = pid === null ? [] : (this.#byPid.get(pid) ?? []);
		return new Set([...alike, ...(label === null ? [] : (this.#byLabel.get(label) ?? []))]);
	}
}

const pids = new WeakMap<LogStream, ReadonlySet<number>>();

function pidsOf(stream: LogStream): ReadonlySet<number> {
	let own = pids.get(stream);
	if (own === undefined) pids.set(stream, (own = processesIn(stream)));
	return own;
}

function processesIn({ events }: LogStream): Set<number> {
	const found = new Set<number>();
	let last = -1;
	for (const { pid } of events) {
		if (pid === null || pid === last || pid < containerPids) continue;
		found.add(pid);
		last = pid;
	}
	return found;
}

/** How many events at the head of one log are those from some event of another on. */
function repeated(old: readonly LogEvent[], own: readonly LogEvent[]): number {
	const [first] = own;
	for (let i = 0; i < old.length; i++) {
		if (!isSame(old[i], first)) continue;
		let n = 1;
		while (n < own.length && i + n < old.length && isSame(old[i + n], own[n])) n++;
		// To the end of the one or the other: a log that differs on the way is another.
		if (n >= SURE && (n === own.length || i + n === old.length)) return n;
	}
	return 0;
}

const isSame = (a: LogEvent | undefined, b: LogEvent | undefined): boolean =>
	a !== undefined &&
	b !== undefined &&
	a.time === b.time &&
	a.pid === b.pid &&
	a.role === b.role &&
	a.level === b.level &&
	a.text === b.text;

function without(stream: LogStream, count: number): LogStream {
	if (count === 0) return stream;
	const events = stream.events.slice(count);
	const from = events.find(({ time, signal }) => time !== null && !signal)?.time ?? stream.to;
	const wrapper = stream.wrapper?.split(", ").includes("repeated")
		? stream.wrapper
		: [stream.wrapper, "repeated"].filter(Boolean).join(", ");
	return {
		...stream,
		wrapper,
		events,
		from,
		snapshots: stream.snapshots.map((snapshot) => ({
			...snapshot,
			after: Math.max(0, snapshot.after - count),
		})),
	};
}
