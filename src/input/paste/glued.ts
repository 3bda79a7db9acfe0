const front =
	/(?:\d{1,10}:[XCSM] |\[\d{1,10}\] )\d\d? [A-Z][a-z]{2} (?:\d{4} )?\d\d:\d\d:\d\d\.\d{3} [.\-*#] /g;

/** Lines that lost their line ends and stand behind one another: one text each. */
export function unglue(text: string): string[] {
	const starts = [...text.matchAll(front)].map(({ index }) => index);
	if (starts.length === 0 || (starts.length === 1 && starts[0] === 0)) return [text];
	const cuts = starts[0] === 0 ? starts : [0, ...starts];
	return cuts.map((start, i) => text.slice(start, cuts[i + 1])).filter((part) => part.trim() !== "");
}
