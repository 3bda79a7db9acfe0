import { FRONT } from "./fronts.ts";
import type { Wrapper } from "./wrapper.ts";

const line = new RegExp(
	`^\\[?([A-Za-z_][\\w.:@/-]{0,80}(?: (?!\\d+:\\d+:[XCSM] )[\\w.-]{1,40})?)\\]?[ \\t]*(?:[-:|>=,;~]{1,3}[ \\t]*|[ \\t])(?=${FRONT})(.*)$`,
);
// Where somebody put the node's name in place of the process.
const inPlace = /^\[([A-Za-z][\w.-]{0,30})\] (\d\d? [A-Z][a-z]{2} .*)$/;

/** A name that somebody put in front of each line by hand: `MASTER2 - …`, `[10.0.0.3-6379] …`, `A: …`. */
export const label: Wrapper = {
	name: "label",
	open(whole) {
		const found = line.exec(whole) ?? inPlace.exec(whole);
		if (found === null) return undefined;
		const node = (found[1] as string).replace(/[-:\s]{1,5}$/, "");
		const text = found[2] as string;
		// Some put the name at the end of the line as well.
		const suffix = ` (${node})`;
		return { text: text.endsWith(suffix) ? text.slice(0, -suffix.length) : text, outerTime: null, node };
	},
};
