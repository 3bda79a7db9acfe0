import process from "node:process";
import { available } from "./available.ts";

/** Says once, and not in a worker whose output may be hidden, what does not run and why. */
export default function setup(): void {
	const { missing, networks } = available;
	// Where the tests were asked for, none of them running is no success.
	if (missing !== null && process.env["RLOG_REQUIRE_LIVE"] === "1") throw new Error(`live tests cannot run: ${missing}`);
	if (missing !== null) console.log(`SKIP  live tests: ${missing}`);
	else if (!networks) console.log("SKIP  network cuts: no right to make network namespaces (ip netns)");
}
