/** A text in pieces, for reports that are too long to be put together before they are written. */
export type Pieces = Generator<string, void>;

/** Characters of a piece: writing each line by itself would take longer than making it. */
const enough = 65_536;

/** Short texts put together to pieces. */
export function* inPieces(texts: Iterable<string>): Pieces {
	let parts: string[] = [];
	let length = 0;
	for (const text of texts) {
		parts.push(text);
		length += text.length;
		if (length < enough) continue;
		yield parts.join("");
		parts = [];
		length = 0;
	}
	if (length > 0) yield parts.join("");
}
