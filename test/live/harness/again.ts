import { monitorEventLoopDelay } from "node:perf_hooks";

/** What a test held against rlog, as opposed to a scene that did not come about. */
export class Disagreement extends Error {}

/** A machine that stood still for so long (ms) lets servers miss their own deadlines as well. */
const STALL = 750;

/**
 * Runs a scene and what is judged of it. It is run once more where the servers, not rlog, were at fault:
 * the scene did not come about, or the machine stood still meanwhile. That is said; nothing else is tried again.
 */
export async function onceMore(name: string, run: () => Promise<void>): Promise<void> {
	const delay = monitorEventLoopDelay({ resolution: 20 });
	delay.enable();
	try {
		await run();
	} catch (error) {
		const stood = Math.round(delay.max / 1e6);
		const why = error instanceof Disagreement ? (stood < STALL ? null : `the machine stood still for ${stood} ms`) : String(error);
		if (why === null) throw error;
		console.log(`live: run once more: ${name}: ${why}`);
		await run();
	} finally {
		delay.disable();
	}
}
