import { defineCause } from "../rule.ts";

/** The replica used SYNC: a server before 2.8, a tool, or PSYNC was answered with an error. */
export const legacySync = defineCause({
	code: "legacy-sync",
	check: (c) => {
		if (c.decided !== "full") return undefined;
		const fallback = c.tried?.lines.find((e) => e.type === "sync.fallback");
		// A verdict line may be missing or damaged in a paste: the replica knows what it asked with.
		const plain = c.session?.plainSync === true && c.tried?.ask == null && c.tried?.granted == null;
		const old = c.tried !== null && c.tried.ask === null && c.tried.answer === null && c.tried.granted === null && c.tried.receiving !== null && c.tried.begin !== c.tried.receiving;
		if (fallback === undefined && !plain && !(old && c.session === null)) return undefined;
		const refused = c.tried?.lines.find((e) => e.type === "psync.error-reply");
		const foreign = refused !== undefined && /unknown command/i.test(refused.text);
		return {
			// That no verdict on PSYNC stands between question and snapshot proves nothing: a line may be lost.
			proof: fallback !== undefined ? "proven" : "inferred",
			facts: { detail: fallback !== undefined ? "forced/psync-not-supported" : "forced/pre-psync", ...(foreign ? { unknownCommand: 1 } : {}) },
			grounds: [
				foreign && c.tried ? { server: c.tried.server, event: refused } : null,
				fallback && c.tried && { server: c.tried.server, event: fallback },
				c.session && { server: c.session.server, event: c.session.ask },
				c.tried?.receiving && { server: c.tried.server, event: c.tried.receiving },
			],
		};
	},
	explain: ({ detail, unknownCommand }) =>
		unknownCommand === 1
			? "whoever it asked does not know PSYNC, so the replica fell back to SYNC, which is always a full resync"
			: detail === "forced/psync-not-supported"
				? "the primary answered PSYNC with an error, so the replica fell back to SYNC, which is always a full resync"
				: "the replica asked with SYNC, which knows full resyncs only (a server before 2.8, or a tool)",
	remedy: ({ detail, unknownCommand }) =>
		unknownCommand === 1
			? ["Upgrade the primary, if it is older than 2.8; if it is not, connect the replica to it directly, without a proxy that does not know PSYNC."]
			: detail === "forced/psync-not-supported"
				? ["Connect the replica to the primary directly, without a proxy that does not know PSYNC, and remove the error it reports."]
				: ["Upgrade to 2.8 or later: PSYNC can continue after short outages."],
});
