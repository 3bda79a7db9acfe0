import type { partialCauses } from "../../model/report.ts";
import type { Words } from "./page.ts";

/** Why a resync was partial. */
export const partialWords: Readonly<Record<(typeof partialCauses)[number], Words>> = {
	"within-backlog": {
		title: "the backlog still held what was missed",
		means:
			"Replica and primary share the history, and the primary's backlog still held every byte that the replica had missed. Only those were sent.",
		proof:
			"The primary accepts the partial resynchronisation from the very offset that the replica asked for.",
		remedy:
			"Nothing: this is what the backlog is for. The share of it that was used tells how much longer the outage might have lasted.",
		live: "INFO stats on the primary: sync_partial_ok rises.",
	},
	"continued-after-failover": {
		title: "the new primary shares the past",
		means:
			"The primary changed, but the new one comes from the same history: it still knows the old replication ID as its secondary one, and the replica had not gone beyond the point where it took over.",
		proof:
			"The request's ID is the new primary's secondary ID, or the replica logs that its primary's replication ID changed.",
		remedy: "Nothing: a failover as it should be.",
		live: "INFO replication on the new primary: master_replid2 is the ID from before, second_repl_offset where it took over.",
	},
	"primary-restored-history": {
		title: "the primary restarted and restored its history",
		means:
			"The primary's process restarted, and (from 7.0 on) found its replication ID and offset in the RDB file that it loaded. Its replicas continue where they were.",
		proof:
			"The primary starts and loads an RDB, then accepts a partial resynchronisation with the ID from before.",
		remedy: "Nothing. It works as long as the primary stops cleanly, saves its RDB and does not use AOF.",
		live: "INFO replication right after the restart: master_replid2 is the ID from before.",
	},
};
