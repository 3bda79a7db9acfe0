/* Bytes, one and sixteen at a time. */

export const SPACE: u8 = 32;

@inline
export function at(place: usize): u8 {
	return load<u8>(place);
}

@inline
export function isDigit(byte: u8): bool {
	return <u8>(byte - 48) <= 9;
}

@inline
export function twoDigits(place: usize): bool {
	return isDigit(at(place)) && isDigit(at(place + 1));
}

export function digits(from: usize): usize {
	let place = from;
	while (isDigit(at(place))) place++;
	return place;
}

/** For each of sixteen bytes, whether it is this one. */
@inline
export function isAny(bytes: v128, byte: u8): v128 {
	return i8x16.eq(bytes, i8x16.splat(byte));
}

/** Which of sixteen bytes are among those that may stand there. */
@inline
export function areAllowed(place: usize, low: usize, range: usize): v128 {
	return i8x16.le_u(i8x16.sub(v128.load(place), v128.load(low)), v128.load(range));
}

/** Whether there is nothing but printable ASCII. */
export function isPlain(from: usize, end: usize): bool {
	for (let place = from; place < end; place += 16) {
		const bytes = v128.load(place);
		const odd = i8x16.bitmask(v128.or(i8x16.lt_u(bytes, i8x16.splat(SPACE)), i8x16.gt_u(bytes, i8x16.splat(126))));
		// Behind the end stands anything.
		if (odd !== 0 && place + ctz(odd) < end) return false;
	}
	return true;
}
