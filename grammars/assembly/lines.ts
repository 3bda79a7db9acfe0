/*
 * The hot loop, in AssemblyScript: passes over the lines of a chunk of bytes whose messages cannot be known
 * ones, sixteen bytes at a time (WebAssembly SIMD), so that JavaScript sees only what is left of a log.
 * `npm run generate` compiles it into `../scanner-code.ts`; `../scanner.ts` fills its tables from the
 * catalogue and calls it. All addresses are those of its memory; 0 stands for none.
 */

import { areAllowed, at, digits, isAny, isPlain } from "./bytes";
import { nextMessageStart, readFront } from "./front";
import { anchorByte, isAnchor, mayFit, messageHash } from "./message";

export { anchors, ends, highMarks, LISTS, lists, long, lowMarks, marks, mayMatter, SLOTS, seconds, short, slots, TEXT, tails, text } from "./message";

const LF: u8 = 10;
const CR: u8 = 13;
/** Longer than messages are: two lines may have become one. */
const LONG: i32 = 300;

/** Bytes that a chunk may have. */
export const CHUNK: i32 = 262144;
export const input: usize = memory.data(262208, 16);
/** What `pass` and `passWrapped` tell. */
export const results: usize = memory.data(64, 16);
/** Parts of a wrapper's layout before and behind the text: a number of parts, and of each `PART` bytes as below. */
export const LAYOUT: i32 = 4096;
export const prefix: usize = memory.data(4096, 16);
export const suffix: usize = memory.data(4096, 16);

/** Tells what was passed over from `start` to `next`, and of the line that begins there. */
function tell(
	start: usize, next: usize, lines: i32, ends: i32, width: i32, firstEnd: usize, last: usize, message: usize, feed: usize,
): void {
	store<i32>(results, lines);
	store<i32>(results, <i32>(next - start) - ends, 4);
	store<i32>(results, width, 8);
	store<i32>(results, <i32>firstEnd, 12);
	store<i32>(results, <i32>last, 16);
	store<i32>(results, <i32>endOf(next - 1), 20);
	store<i32>(results, <i32>next, 24);
	store<i32>(results, <i32>message, 28);
	store<i32>(results, <i32>feed, 32);
	store<i32>(results, 0, 36);
}

/** Where a line ends whose line feed stands there. */
@inline
function endOf(feed: usize): usize {
	return at(feed - 1) === CR ? feed - 1 : feed;
}

/**
 * Passes over bare lines from `start` on, up to one that is not for it or has not ended before `limit`. Tells how
 * many there were, their bytes without line ends, the longest; where the first of them ends, where the last
 * begins and ends, where the next line begins; and of that line its message and its line end, where it has them. If
 * it has both and is plain, its front follows in numbers: see `readFront`; and behind those its message's hash.
 */
export function pass(start: usize, limit: usize): void {
	const first = anchorByte(0);
	const third = anchorByte(2);
	let line = start;
	let lines = 0;
	let ends = 0;
	let width = 0;
	let firstEnd: usize = start;
	let last: usize = start;
	let message: usize = 0;
	let feed: usize = 0;
	for (;;) {
		feed = 0;
		message = nextMessageStart(line, limit);
		if (message === 0) break;
		let anchored = false;
		for (let place = message; place < limit; place += 16) {
			const bytes = v128.load(place);
			const feeds = isAny(bytes, LF);
			const found = v128.and(i8x16.eq(bytes, first), i8x16.eq(v128.load(place, 2), third));
			if (!v128.any_true(v128.or(feeds, found))) continue;
			const ending = i8x16.bitmask(feeds);
			const candidates = i8x16.bitmask(found) & (ending === 0 ? -1 : (1 << ctz(ending)) - 1);
			if (candidates !== 0 && isAnchor(place, candidates)) anchored = true;
			if (ending === 0) continue;
			feed = place + ctz(ending);
			break;
		}
		if (feed >= limit) feed = 0;
		if (feed === 0 || anchored || <i32>(feed - line) > LONG) break;
		const end = endOf(feed);
		if (mayFit(message, end)) break;
		if (lines === 0) firstEnd = end;
		lines++;
		ends += <i32>(feed - end) + 1;
		width = max(width, <i32>(end - line));
		last = line;
		line = feed + 1;
	}
	tell(start, line, lines, ends, width, firstEnd, last, message, feed);
	if (message === 0 || feed === 0 || <i32>(feed - line) > LONG) return;
	const end = endOf(feed);
	if (!isPlain(message, end) || !readFront(line, message, results + 40)) return;
	store<i32>(results, 1, 36);
	store<i32>(results, messageHash(message, end), 60);
}

/** Rows that `collect` writes at most, and the numbers of each. */
const ROWS: i32 = 4096;
export const FIELDS: i32 = 10;
export const rows: usize = memory.data(163840, 16);
/** The lines that the rows tell of, one after the other: no more than a chunk has. */
export const kept: usize = memory.data(262208, 16);
/** What `collect` tells: how many rows there are, how many bytes were kept, and where it came to. */
export const collected: usize = memory.data(16, 16);

/** Where the next line is kept. */
let keptEnd: usize = 0;

/** Copies a line; returns where it is kept. */
function keep(from: usize, end: usize): usize {
	const to = keptEnd;
	const length = end - from;
	// What is copied too much, the next line covers.
	for (let i: usize = 0; i < length; i += 16) v128.store(to + i, v128.load(from + i));
	keptEnd = to + length;
	return to;
}

/**
 * Looks through whole lines from `start` to `limit`, behind a line end, or until there are `ROWS` rows: one for each run
 * of lines that are passed over and one for each line that is not, as `Entry` of `src/input/scan.ts` reads them. Places
 * of kept lines in the rows are those behind `keptBefore`, places in the input those behind `inputBefore`.
 */
export function collect(start: usize, limit: usize, keptBefore: i32, inputBefore: i32): void {
	keptEnd = kept;
	let row = rows;
	let line = start;
	while (line < limit && row < rows + <usize>((ROWS - 1) * FIELDS * 4)) {
		pass(line, limit);
		const lines = load<i32>(results);
		const next: usize = load<u32>(results, 24);
		if (lines > 0) {
			const firstEnd: usize = load<u32>(results, 12);
			const last: usize = load<u32>(results, 16);
			const lastEnd: usize = load<u32>(results, 20);
			const first = keep(line, firstEnd);
			const second = lines === 1 ? first : keep(last, lastEnd);
			store<i32>(row, lines);
			store<i32>(row, load<i32>(results, 4), 4);
			store<i32>(row, load<i32>(results, 8), 8);
			store<i32>(row, keptBefore + <i32>(first - kept), 12);
			store<i32>(row, keptBefore + <i32>(first - kept + (firstEnd - line)), 16);
			store<i32>(row, keptBefore + <i32>(second - kept), 20);
			store<i32>(row, keptBefore + <i32>(second - kept + (lastEnd - last)), 24);
			store<i32>(row, inputBefore + <i32>(line - start), 28);
			store<i32>(row, inputBefore + <i32>(next - start), 32);
			row += FIELDS * 4;
			line = next;
			if (line >= limit) break;
		}
		let feed: usize = load<u32>(results, 32);
		const plain = load<i32>(results, 36) === 1;
		if (feed === 0) feed = lineFeed(line, limit);
		// A line that is not plain is kept as it stands, but for its line feed.
		const end = plain ? endOf(feed) : feed;
		const first = keep(line, end);
		store<i32>(row, 0);
		store<i32>(row, plain ? keptBefore + <i32>(first - kept + (load<u32>(results, 28) - line)) : -1, 4);
		store<i32>(row, keptBefore + <i32>(first - kept), 12);
		store<i32>(row, keptBefore + <i32>(first - kept + (end - line)), 16);
		if (plain) {
			store<i32>(row, load<i32>(results, 40), 8);
			store<i32>(row, load<i32>(results, 44), 20);
			store<i32>(row, load<i32>(results, 48), 24);
			store<i32>(row, load<i32>(results, 52), 28);
			store<i32>(row, load<i32>(results, 56), 32);
			store<i32>(row, load<i32>(results, 60), 36);
		}
		row += FIELDS * 4;
		line = feed + 1;
	}
	store<i32>(collected, <i32>(row - rows) / (FIELDS * 4));
	store<i32>(collected, <i32>(keptEnd - kept), 4);
	store<i32>(collected, <i32>line, 8);
}

/** Where the line ends that goes on there. */
function lineFeed(from: usize, limit: usize): usize {
	for (let place = from; place < limit; place += 16) {
		const feeds = i8x16.bitmask(isAny(v128.load(place), LF));
		if (feeds !== 0) return min(limit - 1, place + ctz(feeds));
	}
	return limit - 1;
}

/** Where the parts of a layout end that begin there; 0 where something else stands there. */
function skipParts(parts: usize, start: usize, limit: usize): usize {
	let place = start;
	let part: usize = parts + 4;
	for (let left = load<i32>(parts); left > 0; left--) {
		const length = load<i32>(part);
		part += 4;
		if (length === 0) {
			// A fraction has any number of digits.
			const first = place;
			place = digits(place);
			if (place === first || place > first + 9) return 0;
			continue;
		}
		if (place + length > limit) return 0;
		const padded = (length + 15) & ~15;
		for (let i = 0; i < length; i += 16)
			if (!i8x16.all_true(areAllowed(place + i, part + i, part + padded + i))) return 0;
		place += length;
		part += 2 * padded;
	}
	return place;
}

/**
 * The same for lines in a wrapper whose layout is `prefix` and `suffix`. In a text that is `quoted`, no quotation
 * mark and no backslash may stand. The width is that of the text.
 */
export function passWrapped(start: usize, limit: usize, quoted: bool): void {
	const first = anchorByte(0);
	const third = anchorByte(2);
	let line = start;
	let lines = 0;
	let ends = 0;
	let width = 0;
	let firstEnd: usize = start;
	let last: usize = start;
	for (;;) {
		const text = skipParts(prefix, line, limit);
		if (text === 0) break;
		const message = nextMessageStart(text, limit);
		if (message === 0) break;
		let anchored = false;
		let textEnd: usize = 0;
		for (let place = message; place < limit; place += 16) {
			const bytes = v128.load(place);
			let stops = v128.or(i8x16.lt_u(bytes, i8x16.splat(32)), i8x16.gt_u(bytes, i8x16.splat(126)));
			if (quoted) stops = v128.or(stops, v128.or(isAny(bytes, 34), isAny(bytes, 92)));
			const ending = i8x16.bitmask(stops);
			const found = v128.and(i8x16.eq(bytes, first), i8x16.eq(v128.load(place, 2), third));
			const candidates = i8x16.bitmask(found) & (ending === 0 ? -1 : (1 << ctz(ending)) - 1);
			if (candidates !== 0 && isAnchor(place, candidates)) anchored = true;
			if (ending === 0) continue;
			textEnd = place + ctz(ending);
			break;
		}
		if (textEnd === 0 || textEnd >= limit || anchored || <i32>(textEnd - text) >= LONG) break;
		const end = skipParts(suffix, textEnd, limit);
		if (end === 0) break;
		const feed = at(end) === CR ? end + 1 : end;
		if (feed >= limit || at(feed) !== LF || mayFit(message, textEnd)) break;
		if (lines === 0) firstEnd = end;
		lines++;
		ends += <i32>(feed - end) + 1;
		width = max(width, <i32>(textEnd - text));
		last = line;
		line = feed + 1;
	}
	tell(start, line, lines, ends, width, firstEnd, last, 0, 0);
}
