/** How many letters one must change, add, drop or swap to make one word of another. */
function distance(a: string, b: string): number {
	let before: number[] = [];
	let row = Array.from({ length: b.length + 1 }, (_, i) => i);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++) {
			const same = a[i - 1] === b[j - 1];
			let cost = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1));
			if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
			next.push(cost);
		}
		before = row;
		row = next;
	}
	return row[b.length] ?? 0;
}

/** The names that someone may have meant: those that are nearly spelt so, then those that contain it. */
export function near(word: string, names: readonly string[]): string[] {
	const wanted = word.toLowerCase();
	const allowed = Math.max(1, Math.floor(wanted.length / 4));
	const alike = names
		.map((name) => ({ name, by: distance(wanted, name.toLowerCase()) }))
		.filter(({ by }) => by <= allowed)
		.sort((a, b) => a.by - b.by)
		.map(({ name }) => name);
	const containing = names
		.filter((name) => wanted.length >= 3 && name.toLowerCase().includes(wanted))
		.sort((a, b) => Number(b.toLowerCase().startsWith(wanted)) - Number(a.toLowerCase().startsWith(wanted)));
	return [...new Set([...alike, ...containing])].slice(0, 5);
}
