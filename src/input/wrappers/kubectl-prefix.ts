import type { Wrapper } from "./wrapper.ts";

const line = /^\[pod\/([^/\]\s]+)\/([^\]\s]+)\] (.*)$/;

/** `kubectl logs --prefix`: `[pod/redis-0/redis] …`. */
export const kubectlPrefix: Wrapper = {
	name: "kubectl-prefix",
	open(text) {
		const found = line.exec(text);
		return found === null
			? undefined
			: { text: found[3] as string, outerTime: null, node: `${found[1]}/${found[2]}` };
	},
};
