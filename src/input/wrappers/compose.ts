import type { Wrapper } from "./wrapper.ts";

const line = /^(?:\d\d:\d\d:\d\d )?\[?([\w.@/-]{1,128})\]? *\| ?(.*)$/;

/** Docker Compose v1 and v2, `docker service logs`, podman, foreman: `redis_1  | …`, `[redis] | …`. */
export const compose: Wrapper = {
	name: "compose",
	open(text) {
		const found = line.exec(text);
		return found === null
			? undefined
			: { text: found[2] as string, outerTime: null, node: found[1] as string };
	},
};
