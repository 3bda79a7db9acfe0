import { available } from "./available.ts";

/** Says once, and not in a worker whose output may be hidden, why nothing runs. */
export default function setup(): void {
	if (!available.servers) console.log("live tests skipped: redis-server or redis-cli is not installed");
	else if (!available.networks) console.log("network cuts skipped: no right to make network namespaces (ip netns)");
}
