import type { Story } from "../correlate/index.ts";
import type { CauseCode } from "../model/report.ts";
import type { Server } from "../model/story.ts";

/** Causes that say of a history that nobody had it before: one line in a wrong place makes any of them. */
const restOnAbsence: ReadonlySet<CauseCode> = new Set<CauseCode>(["first-sync", "standalone-history", "foreign-history"]);

/** A line that stands so far (ms) from both its neighbours is of another time. */
const far = 60_000;

/** Whether what is absent from a server's log proves nothing, because lines of it are lost or in the wrong place. */
export function provesNothing(torn: ReadonlySet<Server>, code: CauseCode, servers: readonly (Server | null | undefined)[]): boolean {
	return restOnAbsence.has(code) && servers.some((server) => server != null && torn.has(server));
}

/** Servers whose logs have lost lines, or hold some in the wrong place. */
export function tornServers({ servers }: Story): ReadonlySet<Server> {
	const torn = new Set<Server>();
	const holders = new Map<string, Server>();
	for (const server of servers) {
		for (const { input, label } of server.streams) {
			// Parts of one input that nothing but their lines has set apart: no name, one name, a port, a process.
			const name = (label ?? "").replace(/#\d+$/, "").replace(/^(?::|pid |line )\d+$/, "");
			const key = `${input}\n${name}`;
			const other = holders.get(key);
			if (other === undefined) holders.set(key, server);
			else if (other !== server) torn.add(other).add(server);
		}
		// A process whose start is not there, after another one.
		if (server.lives.some(({ index, start }) => index > 0 && start === null) || strays(server)) torn.add(server);
	}
	return torn;
}

/** Whether a line's time is far from that of the line before, and the next one's is near it again. */
function strays({ events, traits }: Server): boolean {
	if (traits.longestGap <= far) return false;
	let before: number | null = null;
	let own: number | null = null;
	for (const { time, signal } of events) {
		if (time === null || signal) continue;
		if (before !== null && own !== null && Math.abs(own - before) > far && Math.abs(own - time) > far && Math.abs(time - before) < far) return true;
		before = own;
		own = time;
	}
	return false;
}
