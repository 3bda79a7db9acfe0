import type { Wrapper } from "./wrapper.ts";

// Pod names are DNS labels of a set or a deployment, so they hold a dash.
const line = /^(?:[a-z0-9][a-z0-9.-]* )?([a-z0-9][a-z0-9.]*-[a-z0-9.-]*[a-z0-9]) ([a-z0-9][a-z0-9-]*) (.*)$/;

/** stern: `redis-0 redis …`. */
export const stern: Wrapper = {
	name: "stern",
	open(text) {
		const found = line.exec(text);
		return found === null
			? undefined
			: { text: found[3] as string, outerTime: null, node: `${found[1]}/${found[2]}` };
	},
};
