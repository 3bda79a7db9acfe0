/** Turns of speech that several findings share. */

/** `3 replicas`, `1 replica`. */
export function counted(count: number, one: string, many = `${one}s`): string {
	return `${count} ${count === 1 ? one : many}`;
}

/** `once`, `twice`, `5 times`. */
export function times(count: number): string {
	return count === 1 ? "once" : count === 2 ? "twice" : `${count} times`;
}

/** `it`, `both`, `all 3`. */
export function allOf(count: number): string {
	return count === 1 ? "it" : count === 2 ? "both" : `all ${count}`;
}

/** `a, b and c`; long lists are cut: `a, b, c and 7 more`. */
export function listed(names: readonly string[], most = 4): string {
	const shown =
		names.length > most ? [...names.slice(0, most - 1), `${names.length - most + 1} more`] : names;
	const last = shown.at(-1) ?? "";
	return shown.length < 2 ? last : `${shown.slice(0, -1).join(", ")} and ${last}`;
}

/** `2 × diverged-history, 1 × first-sync`. */
export function tallied(counts: readonly (readonly [string, number])[]): string {
	return counts.map(([what, n]) => `${n} × ${what}`).join(", ");
}
