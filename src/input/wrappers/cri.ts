import { ISO, outerTime } from "./times.ts";
import type { Wrapper } from "./wrapper.ts";

const line = new RegExp(`^(${ISO}) (?:stdout|stderr) ([FP])(?::\\S*)?(?: (.*))?$`);

/** Files of Kubernetes' container runtimes: `2026-11-21T20:39:14.531000000Z stdout F …`. */
export const cri: Wrapper = {
	name: "cri",
	open(text) {
		const found = line.exec(text);
		if (found === null) return undefined;
		return {
			text: found[3] ?? "",
			outerTime: outerTime(found[1]),
			node: null,
			more: found[2] === "P",
		};
	},
};
