import { glossaryEntry } from "../glossary/index.ts";
import type { InfoField, InfoFields, InfoView } from "./dump.ts";
import {
	commandOf,
	databaseOf,
	type InfoCommand,
	type InfoDatabase,
	type InfoReplica,
	type InfoWatchedPrimary,
	pairsOf,
	replicaOf,
	watchedPrimaryOf,
} from "./families.ts";
import { type InfoPairs, type InfoValue, plainNumber, textual } from "./value.ts";

const camel = (name: string): string => name.replace(/_([a-z0-9])/g, (_, c: string) => c.toUpperCase());
const latencyStem = "latency_percentiles_usec_";

/** The number at the end of `slave12`, or -1. */
const indexOf = (name: string, stem: string): number => {
	const tail = name.slice(stem.length);
	return name.startsWith(stem) && /^\d{1,6}$/.test(tail) ? Number(tail) : -1;
};

/** The typed view of fields by their keys. */
export function viewOf(byName: ReadonlyMap<string, InfoField>): InfoView {
	const single: Record<string, InfoValue> = {};
	const slaves: InfoReplica[] = [];
	const masters: InfoWatchedPrimary[] = [];
	const databases: InfoDatabase[] = [];
	const commands: InfoCommand[] = [];
	const errors = new Map<string, number>();
	const latencies = new Map<string, ReadonlyMap<string, number>>();
	const modules: InfoPairs[] = [];
	const listeners: InfoPairs[] = [];
	for (const [key, { name, text, value }] of byName) {
		if (indexOf(name, "slave") >= 0) slaves.push(replicaOf(name, value));
		else if (indexOf(name, "db") >= 0) databases.push(databaseOf(name, pairsOf(value)));
		else if (indexOf(name, "master") >= 0) masters.push(watchedPrimaryOf(name, pairsOf(value)));
		else if (indexOf(name, "listener") >= 0) listeners.push(pairsOf(value));
		else if (name.startsWith("cmdstat_")) commands.push(commandOf(name, pairsOf(value)));
		else if (name.startsWith("errorstat_")) {
			const count = plainNumber(pairsOf(value).get("count") ?? text);
			if (count !== undefined) errors.set(name.slice("errorstat_".length), count);
		} else if (name.startsWith(latencyStem)) {
			latencies.set(name.slice(latencyStem.length), percentiles(pairsOf(value)));
		} else if (name === "module") modules.push(pairsOf(value));
		else if (key === name && fits(name, value)) single[camel(name)] = value;
	}
	const families = { slaves, masters, databases, commands, errors, latencies, modules, listeners };
	return { ...(single as InfoFields), ...families };
}

function percentiles(of: InfoPairs): ReadonlyMap<string, number> {
	const found = new Map<string, number>();
	for (const [name, text] of of) {
		const microseconds = plainNumber(text);
		if (microseconds !== undefined) found.set(name, microseconds);
	}
	return found;
}

/** Whether a field is in the glossary as a single one and its text was of its unit. */
function fits(name: string, value: InfoValue): boolean {
	const entry = glossaryEntry(name);
	if (entry === undefined || entry.field !== name) return false;
	if (entry.unit === "offset") return typeof value === "bigint";
	if (entry.unit === "flag") return typeof value === "boolean";
	if (entry.unit === "pairs") return typeof value === "object";
	return typeof value === (textual.has(entry.unit) ? "string" : "number");
}
