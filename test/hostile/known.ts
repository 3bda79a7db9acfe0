/**
 * Where one edited line still makes a proven answer of another kind. Each is a line that, as it now
 * stands, tells of something that happened; nothing that is left contradicts it.
 */
export const known: readonly { readonly what: string; readonly line: RegExp }[] = [
	// Only this line tells that the new primary's history is a continuation of the one asked for.
	{ what: "continued-after-failover → within-backlog", line: /replication ID changed to/ },
	// A line of the primary with another time, or another process: it began later, or beside it.
	{ what: "primary-restarted → foreign-history", line: /^/ },
	{ what: "restarted-as-primary → standalone-history", line: /^/ },
	// A line of the replica with another time or process: it seems to have had no history before.
	{ what: "replica-lost-state → first-sync", line: /^/ },
];

export const isKnown = (what: string, before: string): boolean =>
	known.some((one) => one.what === what && one.line.test(before));
