import { holdsFront } from "../paste/glued.ts";
import { FRONT } from "./fronts.ts";
import { ISO, outerTime } from "./times.ts";
import type { Wrapper } from "./wrapper.ts";

const inside = new RegExp(`[\\s|,;:>"'\\])]("?(?:${FRONT}).*)$`);
const time = new RegExp(ISO);
/** How far into a line its own front may stand. */
const REACH = 400;

/** A cell that names one of several: `redis-ha-server-1`, `valkey_2`. IDs of records have no such form. */
const member = /^(?=[\w.-]{3,80}$)[\w.-]*(?:redis|valkey|keydb|cache|sentinel|master|slave|primary|replica|node|server)[\w.-]*[-_]\d{1,3}$/i;

/** The node that a table's row names in front of the server's line, or null. */
function nodeIn(row: string): string | null {
	if (!/[,;\t]/.test(row)) return null;
	const cells = row.split(/"?[,;\t]"?/).map((cell) => cell.replace(/^"|"$/g, ""));
	return cells.find((cell) => member.test(cell)) ?? null;
}

/** Whatever else stands before a server's front: CSV exports, shippers nobody has heard of. */
export const unknownPrefix: Wrapper = {
	name: "prefix",
	open(text) {
		const found = inside.exec(text);
		if (found === null || found.index > REACH) return undefined;
		// Lines that lost their line ends have no wrapper between them.
		if (holdsFront(text.slice(0, found.index + 1))) return undefined;
		const inner = (found[1] as string).replace(/^"/, "");
		const quoted = text[found.index + 1] === '"' || text[found.index] === '"';
		return {
			text: quoted
				? inner
						.trimEnd()
						.replace(/"[,;]?$/, "")
						.replace(/""/g, '"')
				: inner,
			outerTime: outerTime(time.exec(text.slice(0, found.index))?.[0]),
			node: nodeIn(text.slice(0, found.index)),
		};
	},
};
