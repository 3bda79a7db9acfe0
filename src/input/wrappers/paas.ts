import { ISO, outerTime } from "./times.ts";
import type { Wrapper } from "./wrapper.ts";

const line = new RegExp(`^(${ISO})(?: [A-Z]{2,5})? (?:\\w+)?\\[([\\w./-]+)\\]:? (.*)$`);

/** Hosting platforms: `2026-11-21 20:39:14.531000000 +0100 CET [redis-2] …`, `… app[redis.1]: …`. */
export const paas: Wrapper = {
	name: "paas",
	open(text) {
		const found = line.exec(text);
		return found === null
			? undefined
			: { text: found[3] as string, outerTime: outerTime(found[1]), node: found[2] as string };
	},
};
