import { ISO, outerTime } from "./times.ts";
import type { Wrapper } from "./wrapper.ts";

const line = new RegExp(`^\\[?(${ISO})\\]?(?:\\s+[A-Z]{2,5})?[\\s:,]+(.+)$`);

/** A time in front of each line: `kubectl logs --timestamps`, `docker logs -t`, log viewers. */
export const timestamp: Wrapper = {
	name: "timestamp",
	open(text) {
		const found = line.exec(text);
		return found === null
			? undefined
			: { text: found[2] as string, outerTime: outerTime(found[1]), node: null };
	},
};
