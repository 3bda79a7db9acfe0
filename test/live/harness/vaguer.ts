import type { CauseCode, TriggerCode } from "../../../src/model/report.ts";

/*
 * Half of the story is in the other side's log. What one log may say instead of the whole truth;
 * anything else would be a wrong answer, not a vague one.
 */

export const vaguerCauses: Readonly<Partial<Record<CauseCode, readonly CauseCode[]>>> = {
	"backlog-overrun": ["unknown-history"],
	"standalone-history": ["unknown-history"],
	"promoted-history": ["unknown-history"],
	"foreign-history": ["unknown-history"],
	"restarted-as-primary": ["unknown-history", "standalone-history"],
	"primary-restarted": ["unknown-history"],
	"backlog-expired": ["unknown-history"],
	"history-rotated-out": ["unknown-history"],
	"upstream-resynced": ["unknown-history", "backlog-overrun"],
	"replid-changed": ["unknown-history"],
	"primary-rolled-back": ["diverged-history", "unknown-history"],
	"diverged-history": ["unknown-history"],
	"replica-lost-state": ["first-sync"],
	"primary-restored-history": ["continued-after-failover", "within-backlog"],
	"continued-after-failover": ["within-backlog"],
};

const anywhere: readonly TriggerCode[] = ["link-closed", "unknown"];

export const vaguerTriggers: Readonly<Partial<Record<TriggerCode, readonly TriggerCode[]>>> = {
	"sentinel-command": ["replicaof-command"],
	"replica-restarted": ["replica-started"],
	// Each log has its own side's complaint only.
	"replica-timeout": ["primary-timeout"],
	"primary-timeout": ["replica-timeout"],
};

export function causeFits(expected: readonly CauseCode[], told: CauseCode, oneSided: boolean): boolean {
	return expected.some((code) => code === told || (oneSided && (vaguerCauses[code]?.includes(told) ?? false)));
}

export function triggerFits(expected: readonly TriggerCode[], told: TriggerCode, oneSided: boolean): boolean {
	if (expected.includes(told)) return true;
	return oneSided && (anywhere.includes(told) || expected.some((code) => vaguerTriggers[code]?.includes(told) ?? false));
}
