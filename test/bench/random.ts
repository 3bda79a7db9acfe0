/** Numbers that look random and are the same for the same seed (mulberry32). */
export interface Random {
	/** A whole number from 0 up to, but not including, `below`. */
	readonly below: (below: number) => number;
	readonly pick: <T>(of: readonly T[]) => T;
	/** So many hexadecimal digits. */
	readonly hex: (digits: number) => string;
}

export function random(seed: number): Random {
	let state = seed >>> 0;
	const next = (): number => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = state;
		t = Math.imul(t ^ (t >>> 15), t | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return (t ^ (t >>> 14)) >>> 0;
	};
	const below = (limit: number): number => Math.floor((next() / 0x1_0000_0000) * limit);
	return {
		below,
		pick: (of) => of[below(of.length)] as (typeof of)[number],
		hex: (digits) => Array.from({ length: digits }, () => below(16).toString(16)).join(""),
	};
}
