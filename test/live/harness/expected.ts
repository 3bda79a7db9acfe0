import type { CauseCode, FailureCode, TriggerCode } from "../../../src/model/report.ts";

/** One outage that a test has caused, and what rlog must say of it. */
export interface Expected {
	/** Null for a tool that took a snapshot. */
	readonly replica: string | null;
	readonly primary: string;
	/** "failed" when it never synchronised: it was made a primary instead. */
	readonly verdict: "full" | "partial" | "failed";
	readonly cause: CauseCode | readonly CauseCode[];
	readonly trigger: TriggerCode | readonly TriggerCode[];
	/** Why tries before it failed: each of these at least once. */
	readonly failed?: readonly FailureCode[];
	/** What may be told of failed tries besides: whether it happens is a matter of milliseconds. */
	readonly mayFail?: readonly FailureCode[];
}

export function list<T>(value: T | readonly T[]): readonly T[] {
	return Array.isArray(value) ? value : [value as T];
}

/** A replica that starts for the first time. */
export function firstSync(replica: string, primary: string): Expected {
	return { replica, primary, verdict: "full", cause: "first-sync", trigger: "replica-started" };
}
