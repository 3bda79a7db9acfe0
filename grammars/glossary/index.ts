import { clients } from "./clients.ts";
import { cluster } from "./cluster.ts";
import { cpu, threads } from "./cpu.ts";
import type { GlossaryEntry, GlossarySection } from "./entry.ts";
import { commandstats, engines, errorstats, keysizes, keyspace, latencystats, modules } from "./families.ts";
import { memory } from "./memory.ts";
import { persistence } from "./persistence.ts";
import { replication } from "./replication.ts";
import { sentinel } from "./sentinel.ts";
import { server } from "./server.ts";
import { debug, stats, tls } from "./stats.ts";

export type { GlossaryEntry, Meaning, Unit } from "./entry.ts";

/** The fields of every section, with their units as literal types. */
export type GlossaryFields = typeof server.fields &
	typeof clients.fields &
	typeof memory.fields &
	typeof persistence.fields &
	typeof stats.fields &
	typeof replication.fields &
	typeof cpu.fields &
	typeof sentinel.fields &
	typeof cluster.fields &
	typeof engines.fields &
	typeof tls.fields &
	typeof debug.fields;

/** The sections, in the order in which a server prints them. */
const sections: readonly GlossarySection[] = [
	server,
	clients,
	memory,
	persistence,
	threads,
	stats,
	replication,
	cpu,
	sentinel,
	modules,
	commandstats,
	errorstats,
	latencystats,
	cluster,
	keyspace,
	keysizes,
	engines,
	tls,
	debug,
];

/** Every INFO field rlog knows, in the order of the sections. */
export const glossary: readonly GlossaryEntry[] = sections.flatMap(({ section, fields }) =>
	Object.entries(fields).map(([field, meaning]) => ({
		field,
		section,
		worry: "Nothing to watch by itself.",
		...meaning,
	})),
);

/** The names of sections as their headers spell them; `Hotkeys` has no field of its own yet. */
export const sectionNames: readonly string[] = [...sections.map((s) => s.section), "Hotkeys"];

const byName = new Map<string, GlossaryEntry>();
/** Families such as `slaveN` and `cmdstat_*`, longest first so that `master_N_*` is tried before `masterN`. */
const families: { pattern: RegExp; entry: GlossaryEntry }[] = [];
for (const entry of glossary) {
	byName.set(entry.field.toLowerCase(), entry);
	if (!/N|\*/.test(entry.field)) continue;
	const pattern = entry.field.replace("N", "\\d{1,6}").replace("*", "[^\\s:]{1,200}");
	families.push({ pattern: new RegExp(`^${pattern}$`, "i"), entry });
}
families.sort((a, b) => b.entry.field.length - a.entry.field.length);

/**
 * The entry of a field by its name as INFO prints it: exact, or a member of a family such as
 * `slave0`, `db3`, `cmdstat_psync`. Case does not matter.
 */
export function glossaryEntry(name: string): GlossaryEntry | undefined {
	const known = byName.get(name.toLowerCase());
	if (known !== undefined) return known;
	// Only families have a digit or a long tail; most unknown names have no entry at all.
	return families.find(({ pattern }) => pattern.test(name))?.entry;
}

/** Today's words in place of those INFO still prints. */
const oldWords = (name: string): string =>
	name
		.replace(/replicas/g, "slaves")
		.replace(/replica/g, "slave")
		.replace(/primaries/g, "masters")
		.replace(/primary/g, "master");

/**
 * Explains an INFO field, however somebody writes it: any case, in back-ticks or quotes, with its
 * value behind it (`sync_full:3`), with hyphens, with a number (`slave0`) or without (`slaveN`, `cmdstat_`), or
 * in the words replica and primary (`connected_replicas`, `primary_link_status`). Returns undefined
 * for a field that rlog does not know.
 */
export function explainField(name: string): GlossaryEntry | undefined {
	const bare = name
		.trim()
		.replace(/^[`'"*]{1,3}/, "")
		.replace(/[:=].*$/s, "")
		.replace(/[`'"*]{1,3}$/, "")
		.trim();
	const stem = `${bare.toLowerCase().replace(/_$/, "")}_*`;
	const family = glossary.find(({ field }) => field === stem);
	if (family !== undefined) return family;
	for (const form of [bare, bare.toLowerCase().replace(/[\s-]/g, "_")]) {
		const entry = glossaryEntry(form) ?? glossaryEntry(oldWords(form.toLowerCase()));
		if (entry !== undefined) return entry;
	}
	return undefined;
}
