import { holdsFront } from "../paste/glued.ts";
import { FRONT } from "./fronts.ts";
import { ISO, outerTime } from "./times.ts";
import type { Wrapper } from "./wrapper.ts";

const inside = new RegExp(`[\\s|,;:>"'\\])]("?(?:${FRONT}).*)$`);
const time = new RegExp(ISO);
/** How far into a line its own front may stand. */
const REACH = 400;

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
			node: null,
		};
	},
};
