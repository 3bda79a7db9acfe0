import type { CauseCode } from "../../model/report.ts";
import type { AnyRule } from "../rule.ts";
import { backlogExpired } from "./backlog-expired.ts";
import { backlogOverrun } from "./backlog-overrun.ts";
import { continuedAfterFailover } from "./continued-after-failover.ts";
import { divergedHistory } from "./diverged-history.ts";
import { firstSync } from "./first-sync.ts";
import { foreignHistory } from "./foreign-history.ts";
import { historyRotatedOut } from "./history-rotated-out.ts";
import { legacySync } from "./legacy-sync.ts";
import { noBacklog } from "./no-backlog.ts";
import { primaryRestarted } from "./primary-restarted.ts";
import { primaryRestoredHistory } from "./primary-restored-history.ts";
import { primaryRolledBack } from "./primary-rolled-back.ts";
import { promotedHistory } from "./promoted-history.ts";
import { psync1ChangedPrimary } from "./psync1-changed-primary.ts";
import { replicaLostState } from "./replica-lost-state.ts";
import { replidChanged } from "./replid-changed.ts";
import { restartedAsPrimary } from "./restarted-as-primary.ts";
import { standaloneHistory } from "./standalone-history.ts";
import { toolSnapshot } from "./tool-snapshot.ts";
import { unknownHistory } from "./unknown-history.ts";
import { upstreamResynced } from "./upstream-resynced.ts";
import { withinBacklog } from "./within-backlog.ts";

/**
 * The causes in the order in which they are tried: the most particular first. The order is part of
 * the meaning; the first that applies is the answer.
 */
export const causes: readonly AnyRule<CauseCode>[] = Object.freeze([
	// Partial: what is special about it, else the ordinary case.
	primaryRestoredHistory,
	continuedAfterFailover,
	withinBacklog,
	// Full, without a question of history.
	toolSnapshot,
	legacySync,
	// The replica offered nothing.
	psync1ChangedPrimary,
	replicaLostState,
	firstSync,
	// The primary knew the ID, but not the offset.
	primaryRolledBack,
	divergedHistory,
	upstreamResynced,
	noBacklog,
	backlogOverrun,
	// The primary did not know the ID: whose was it?
	promotedHistory,
	restartedAsPrimary,
	backlogExpired,
	primaryRestarted,
	historyRotatedOut,
	standaloneHistory,
	foreignHistory,
	replidChanged,
	unknownHistory,
]);
