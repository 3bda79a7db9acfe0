import type { Story } from "../correlate/index.ts";
import type { Ledger, Resync } from "../model/report.ts";

/** What all resyncs cost together. */
export function ledgerOf(_story: Story, _resyncs: readonly Resync[]): Ledger {
	return {
		fullResyncs: 0, failedTransfers: 0, partialResyncs: 0,
		snapshots: { bytes: 0, known: 0, unknown: 0 },
		backlog: { bytes: 0, known: 0, unknown: 0 },
		withoutRedundancy: { ms: 0, outages: 0, unknown: 0 },
		copyOnWrite: { snapshots: 0, megabytes: 0, largest: 0 },
		nodes: [], phases: [], days: [],
	};
}
