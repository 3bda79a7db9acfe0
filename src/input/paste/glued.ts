const front =
	/(?:(\d{1,40}):[XCSM] |\[\d{1,10}\] )\d\d? [A-Z][a-z]{2} (?:\d{4} )?\d\d:\d\d:\d\d\.\d{3} [.\-*#] /g;

/** Whether another line's front stands in a text. */
export const holdsFront = (text: string): boolean => text.search(front) !== -1;

/**
 * Lines that lost their line ends and stand behind one another: one text each. A number at the end
 * of one runs into the process ID of the next, so the ID of the first line helps.
 */
export function unglue(text: string, pid: number | null): string[] {
	const found = [...text.matchAll(front)];
	const first = found[0]?.[1];
	// Behind words the first process ID stands alone.
	const known = pid ?? (first === undefined ? null : Number(first));
	const starts = found.map(({ index, 1: digits }) => index + overlap(digits ?? "", known));
	if (starts.length === 0) return [text];
	const cuts = starts[0] === 0 ? starts : [0, ...starts];
	return cuts.map((start, i) => text.slice(start, cuts[i + 1])).filter((part) => part.trim() !== "");
}

/** How many digits before a process ID belong to the line before. */
function overlap(digits: string, pid: number | null): number {
	if (pid !== null && digits.endsWith(`${pid}`)) return digits.length - `${pid}`.length;
	// `Background saving started by pid 98019801:C …`.
	const half = digits.length / 2;
	return half >= 2 && digits.slice(0, half) === digits.slice(half) ? half : 0;
}

/** A heading with log lines right behind it: the heading and the lines. */
export function headed(text: string): readonly [head: string, ...lines: string[]] | undefined {
	if (!holdsFront(text)) return undefined;
	const [head, ...lines] = unglue(text, null);
	return head === undefined || lines.length === 0 ? undefined : [head, ...lines];
}

/** The same for lines of which only the time of day was left. */
export const unglueTimes = (text: string): string[] => text.split(/(?=\d\d:\d\d:\d\d\.\d{3} [.\-*#] )/);
