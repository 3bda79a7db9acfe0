import { areAllowed, at, digits, isDigit, SPACE, twoDigits } from "./bytes";

/* Where the message of a line begins. */

const COLON: u8 = 58;
const DOT: u8 = 46;
const DASH: u8 = 45;

/** Length of the front that was seen last, and for each of its bytes the lowest that may stand there and how many more. */
let frontLength: i32 = 0;
const FRONT: i32 = 64;
const frontLow: usize = memory.data(64, 16);
const frontRange: usize = memory.data(64, 16);

@inline
function isLevel(byte: u8): bool {
	return byte === 35 || byte === 42 || byte === DASH || byte === DOT;
}

/** `20:39:14.531` */
function isClock(place: usize): bool {
	return (
		at(place + 2) === COLON &&
		at(place + 5) === COLON &&
		at(place + 8) === DOT &&
		twoDigits(place) &&
		twoDigits(place + 3) &&
		twoDigits(place + 6) &&
		twoDigits(place + 9) &&
		isDigit(at(place + 11))
	);
}

/** `Nov 2026 20:39:14.531 `, the same without year. */
function legacyEnd(place: usize): usize {
	if (at(place + 3) !== SPACE || at(place) > 90 || at(place + 2) < 97) return 0;
	let clock = place + 4;
	if (at(clock + 4) === SPACE) {
		if (!twoDigits(clock) || !twoDigits(clock + 2)) return 0;
		clock += 5;
	}
	return isClock(clock) && at(clock + 12) === SPACE ? clock + 13 : 0;
}

/** `2026-11-21T20:39:14.531+01:00 ` */
function isoEnd(place: usize): usize {
	if (!twoDigits(place) || !twoDigits(place + 2) || at(place + 4) !== DASH || at(place + 7) !== DASH) return 0;
	if (!isClock(place + 11)) return 0;
	let blank = place + 23;
	while (blank < place + 32 && at(blank) > SPACE) blank++;
	return at(blank) === SPACE ? blank + 1 : 0;
}

/** Where the level stands behind a time in any of the layouts of servers. */
function levelAt(place: usize): usize {
	if (at(place + 2) === SPACE) return twoDigits(place) ? legacyEnd(place + 3) : 0;
	if (at(place + 10) === 84) return isoEnd(place);
	const blank = digits(place);
	return blank === place + 13 && at(blank) === SPACE ? blank + 1 : 0;
}

/**
 * Where the message of a line begins, for the layouts that long logs have; 0 for a line of any
 * other, which is for the grammar to judge.
 */
function messageStart(start: usize, end: usize): usize {
	let place = digits(start);
	if (place === start || place > start + 10 || at(place) !== COLON) return 0;
	if (isDigit(at(++place))) {
		// KeyDB's thread stands behind the process.
		const thread = place;
		place = digits(place);
		if (place > thread + 10 || at(place++) !== COLON) return 0;
	}
	const role = at(place);
	if (!(role === 83 || role === 77 || role === 67 || role === 88) || at(place + 1) !== SPACE) return 0;
	const level = levelAt(place + 2);
	return level !== 0 && level + 2 < end && isLevel(at(level)) && at(level + 1) === SPACE ? level + 2 : 0;
}

@inline
function allow(i: i32, low: u8, range: u8): void {
	store<u8>(frontLow + i, low);
	store<u8>(frontRange + i, range);
}

/** Remembers what a front looks like: the next lines have the same, but for the digits of their times. */
function learn(start: usize, message: usize): void {
	const length = <i32>(message - start);
	frontLength = 0;
	if (length > FRONT) return;
	let i = 0;
	for (; at(start + i) !== SPACE; i++) allow(i, at(start + i), 0);
	for (; i < length - 2; i++) {
		const byte = at(start + i);
		if (isDigit(byte)) allow(i, 48, 9);
		else allow(i, byte, 0);
	}
	// From `#` to `.` are all levels, and some other signs.
	allow(i, 35, 11);
	allow(i + 1, SPACE, 0);
	for (i += 2; i < FRONT; i++) allow(i, 0, 255);
	frontLength = length;
}

/** The same as `messageStart`; nearly all lines have the front of the line before. */
@inline
export function nextMessageStart(start: usize, end: usize): usize {
	if (
		frontLength !== 0 &&
		start + FRONT < end &&
		i8x16.all_true(
			v128.and(
				v128.and(areAllowed(start, frontLow, frontRange), areAllowed(start + 16, frontLow + 16, frontRange + 16)),
				areAllowed(start + 32, frontLow + 32, frontRange + 32),
			),
		) &&
		(frontLength <= 48 || i8x16.all_true(areAllowed(start + 48, frontLow + 48, frontRange + 48))) &&
		isLevel(at(start + frontLength - 2))
	)
		return start + frontLength;
	const message = messageStart(start, end);
	if (message !== 0) learn(start, message);
	return message;
}

/** A number of two digits. */
@inline
function twoOf(place: usize): i32 {
	return <i32>(at(place) - 48) * 10 + <i32>(at(place + 1) - 48);
}

/** Length of `21 Nov 2026 20:39:14.531`, from the blank before to the one behind. */
const STAMP: usize = 26;

/**
 * Writes a front with a date and a year in numbers, for the host: process, role and level, the letters of the month,
 * year and day, milliseconds of the day. Tells whether it is such a front.
 */
export function readFront(start: usize, message: usize, to: usize): bool {
	let place = digits(start);
	// What has more digits does not fit.
	if (place - start > 9) return false;
	let pid = 0;
	for (let digit = start; digit < place; digit++) pid = pid * 10 + <i32>(at(digit) - 48);
	if (isDigit(at(place + 1))) place = digits(place + 1);
	const role = at(place + 1);
	const date = place + 3;
	if (message - 2 - (place + 2) !== STAMP || at(date + 2) !== 32) return false;
	const clock = date + 12;
	const hours = twoOf(clock);
	const minutes = twoOf(clock + 3);
	const seconds = twoOf(clock + 6);
	if (hours > 23 || minutes > 59 || seconds > 60) return false;
	store<i32>(to, pid);
	store<i32>(to, <i32>role | (<i32>at(message - 2) << 8), 4);
	store<i32>(to, <i32>at(date + 3) | (<i32>at(date + 4) << 8) | (<i32>at(date + 5) << 16), 8);
	store<i32>(to, ((twoOf(date + 7) * 100 + twoOf(date + 9)) << 5) | twoOf(date), 12);
	store<i32>(to, ((hours * 60 + minutes) * 60 + seconds) * 1000 + twoOf(clock + 9) * 10 + <i32>(at(clock + 11) - 48), 16);
	return true;
}
