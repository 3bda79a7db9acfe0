import type { CauseCode } from "./report.ts";

/** Full resyncs that no setting avoids: a node that never was a member joins, or a tool takes a copy. */
export const expectedCauses: ReadonlySet<CauseCode> = new Set<CauseCode>(["first-sync", "standalone-history", "tool-snapshot"]);
