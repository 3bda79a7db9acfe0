import { available } from "./available.ts";

/** Says once, and not in a worker whose output may be hidden, why nothing runs. */
export default function setup(): void {
	if (available.missing !== null) console.log(`live tests skipped: ${available.missing}`);
	else if (!available.networks) console.log("network cuts skipped: no right to make network namespaces (ip netns)");
}
