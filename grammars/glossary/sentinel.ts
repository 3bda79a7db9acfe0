import { section } from "./entry.ts";

export const sentinel = section("Sentinel", {
	sentinel_masters: { unit: "count", means: "Primaries this Sentinel watches." },
	sentinel_tilt: {
		unit: "flag",
		means:
			"1 while Sentinel does not trust its own clock (it jumped, or the process stood still) and does nothing but watch.",
		worry: "It is 1: no failover will happen, and the machine was stalled.",
	},
	sentinel_tilt_since_seconds: {
		unit: "seconds",
		means: "How long the tilt has lasted. -1 when there is none.",
		since: "7.0",
	},
	sentinel_total_tilt: {
		unit: "count",
		means: "How often this Sentinel was in tilt.",
		worry: "It rises: the machine stalls or its clock is being moved.",
	},
	sentinel_running_scripts: { unit: "count", means: "Notification scripts running now." },
	sentinel_scripts_queue_length: { unit: "count", means: "Notification scripts waiting to run." },
	sentinel_simulate_failure_flags: {
		unit: "number",
		means: "Crashes somebody asked this Sentinel to act out (SENTINEL SIMULATE-FAILURE).",
		worry: "It is not 0 outside a test.",
	},
	masterN: {
		unit: "pairs",
		means:
			"One watched primary: its name, address, status (`ok`, `sdown` when this Sentinel cannot reach it, `odown` when enough of them agree) and how many replicas and Sentinels are known.",
		worry:
			"The status is not `ok`, the address is not the primary you expect, or the counts are lower than what you run.",
	},
});
