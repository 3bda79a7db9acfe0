/** As many as are kept. */
const MOST = 100;

/** Dates in lines that are no log lines: they may tell the year. */
export class Dates {
	readonly found: number[] = [];

	look(text: string): void {
		if (this.found.length >= MOST) return;
		const date = /\b((?:19|20)\d\d)-(\d\d)-(\d\d)\b/.exec(text);
		if (date !== null) this.found.push(Date.UTC(Number(date[1]), Number(date[2]) - 1, Number(date[3])));
	}
}
