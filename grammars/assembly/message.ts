import { at, isAny, SPACE } from "./bytes";

/* Whether any template may fit a message. */

/** As many bytes of a message's opening as are looked at first. */
const DEPTH: i32 = 8;
/** A first word longer than this is looked at no further: the grammar may say what it is. */
const WORD: i32 = 64;
/** Bytes behind an input or a text that one look may take in too much. */
export const BEYOND: i32 = 64;

/** Room for one message, as the host hands it in. */
export const TEXT: i32 = 3072;
export const text: usize = memory.data(3136, 16);

/* Tables, by the host. A list is a number of texts, and of each its length and its bytes. */

/** By byte: 1 for what damage in transit may put among a message's bytes. */
export const marks: usize = memory.data(256, 16);
/** The same for sixteen at once: such a byte has a bit that is set for its lower and for its higher half. */
export const lowMarks: usize = memory.data(16, 16);
export const highMarks: usize = memory.data(16, 16);
/** By a message's last byte: 1 where something was put behind the message, 2 where a tail may end so. */
export const ends: usize = memory.data(256, 16);
/** Bits by a hash of the first four bytes of heads shorter than `DEPTH`, and of the first eight of the others. */
export const short: usize = memory.data(8192, 16);
export const long: usize = memory.data(8192, 16);
/** Slots of 8 bytes, by a hash of a head's first four bytes: these, and the list of heads that open with them. */
export const SLOTS: i32 = 1024;
export const slots: usize = memory.data(8192, 16);
/** By the byte behind the blank: the list of second words that may follow. */
export const seconds: usize = memory.data(1024, 16);
/** The list of tails, and that of the one anchor. */
export const tails: usize = memory.data(16, 16);
export const anchors: usize = memory.data(16, 16);
/** Room for lists. */
export const LISTS: i32 = 131072;
export const lists: usize = memory.data(131072, 16);
@inline
function hash(a: i32, b: i32): u32 {
	return <u32>(a * <i32>0x9e3779b1 + b * <i32>0x85ebca6b) >>> 19;
}

/** Whether the words stand there, or as much of them as there is before the end. */
function fits(place: usize, end: usize, words: usize, length: i32): bool {
	const count = min<i32>(length, <i32>(end - place));
	let i = 0;
	for (; i + 8 <= count; i += 8) if (load<u64>(place + i) !== load<u64>(words + i)) return false;
	for (; i < count; i++) if (at(place + i) !== at(words + i)) return false;
	return true;
}

/** Whether there is something that a repair would change. */
function isOdd(from: usize, end: usize): bool {
	for (let place = from; place < end; place++) {
		const byte = at(place);
		if (at(marks + byte) === 1 || (byte === SPACE && at(place + 1) === SPACE)) return true;
	}
	return false;
}

/** Whether the message opens with some of the heads, or might if it were repaired. */
function mayOpen(place: usize, end: usize, four: i32): bool {
	let slot: u32 = <u32>(four * <i32>0x9e3779b1) >>> 22;
	let list: u32 = 0;
	for (;;) {
		list = load<u32>(slots + slot * 8, 4);
		if (list === 0) return false;
		if (load<i32>(slots + slot * 8) === four) break;
		slot = (slot + 1) & (SLOTS - 1);
	}
	let near = false;
	const next = load<u32>(place, 4);
	let words: usize = list + 4;
	for (let left = load<u32>(list); left > 0; left--) {
		const length = load<i32>(words);
		words += 4;
		// The first four bytes are the same.
		const opens = length >= DEPTH ? load<u32>(words, 4) === next : fits(place + 4, place + DEPTH, words + 4, length - 4);
		if (opens) {
			if (length <= DEPTH || fits(place + DEPTH, end, words + DEPTH, length - DEPTH)) return true;
			near = true;
		}
		words += length;
	}
	return near && isOdd(place + DEPTH, end);
}

/** Whether one of the texts of a list stands there, or as much of it as there is. */
function fitsAny(place: usize, end: usize, list: u32): bool {
	let words: usize = list + 4;
	for (let left = load<u32>(list); left > 0; left--) {
		const length = load<i32>(words);
		if (fits(place, end, words + 4, length)) return true;
		words += 4 + length;
	}
	return false;
}

/** Whether second words stand behind the first word, which has no blank up to `from`, as far as the message goes. */
function mayFollow(start: usize, from: usize, end: usize): bool {
	const last = min(end, start + WORD);
	let place = from;
	while (place < last && at(place) !== SPACE) place++;
	if (place >= last) return last < end;
	const list = load<u32>(seconds + <usize>at(place + 1) * 4);
	return list !== 0 && fitsAny(place, end, list);
}

/** Whether the last words are a template's. */
function mayEnd(start: usize, end: usize): bool {
	const list = load<u32>(tails);
	let words: usize = list + 4;
	for (let left = load<u32>(list); left > 0; left--) {
		const length = load<i32>(words);
		if (end - start >= <usize>length && fits(end - length, end, words + 4, length)) return true;
		words += 4 + length;
	}
	return false;
}

/** Whether any template may fit the message, but for its anchors. */
export function mayFit(start: usize, end: usize): bool {
	let place = start;
	while (place < end && at(place) === SPACE) place++;
	if (<i32>(end - place) < DEPTH) return true;
	const four = load<i32>(place);
	const isLong = at(long + hash(four, load<i32>(place, 4))) === 1;
	if ((isLong || at(short + hash(four, 0)) === 1) && mayOpen(place, end, four)) return true;
	const bytes = v128.load(place);
	const lows = i8x16.swizzle(v128.load(lowMarks), v128.and(bytes, i8x16.splat(15)));
	const highs = i8x16.swizzle(v128.load(highMarks), i8x16.shr_u(bytes, 4));
	const plain = i8x16.eq(v128.and(lows, highs), i8x16.splat(0));
	if ((i8x16.bitmask(plain) & 0xff) !== 0xff) return true;
	const blanks = i8x16.bitmask(isAny(bytes, SPACE));
	if ((blanks & (blanks >> 1) & 0xff) !== 0) return true;
	const last = at(ends + at(end - 1));
	if (last === 1 || (last === 2 && mayEnd(place, end))) return true;
	return mayFollow(place, blanks === 0 ? place + 16 : place + ctz(blanks), end);
}

/** Whether the anchor stands at one of these places. */
export function isAnchor(place: usize, candidates: i32): bool {
	const list = load<u32>(anchors);
	const length = load<i32>(list, 4);
	for (let left = candidates; left !== 0; left &= left - 1)
		if (fits(place + ctz(left), place + BEYOND, list + 8, length)) return true;
	return false;
}

/** Sixteen times the first and the third byte of the anchor, by which it is looked for. */
@inline
export function anchorByte(index: usize): v128 {
	return i8x16.splat(at(<usize>load<u32>(anchors) + 8 + index));
}

/** A number by which a message is looked up; `messageHash` of `../scanner.ts` makes the same of a string. */
export function messageHash(start: usize, end: usize): i32 {
	let hash = <i32>(end - start);
	let place = start;
	for (; place + 4 <= end; place += 4) hash = mixed(hash, load<i32>(place));
	if (place < end) hash = mixed(hash, load<i32>(place) & ((1 << (<i32>(end - place) * 8)) - 1));
	return hash;
}

@inline
function mixed(hash: i32, four: i32): i32 {
	const product: i32 = (hash ^ four) * <i32>0x9e3779b1;
	return product ^ <i32>(<u32>product >>> 15);
}

/** Whether any template may fit a message that stands in the memory. */
export function mayMatter(start: usize, end: usize): bool {
	const first = anchorByte(0);
	const third = anchorByte(2);
	for (let place = start; place < end; place += 16) {
		const found = i8x16.bitmask(v128.and(i8x16.eq(v128.load(place), first), i8x16.eq(v128.load(place, 2), third)));
		if (found !== 0 && isAnchor(place, found)) return true;
	}
	return mayFit(start, end);
}
