import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { explainField, glossary, glossaryEntry } from "../../grammars/glossary/index.ts";

describe("glossary", () => {
	test("names each field once", () => {
		const names = glossary.map(({ field }) => field);
		expect(new Set(names).size).toBe(names.length);
	});

	test.each(glossary.map((entry) => [entry.field, entry] as const))("%s has words of its own", (_, entry) => {
		for (const text of [entry.means, entry.worry]) {
			expect(text).toMatch(/^\S.*[.…]$/s);
			expect(text).not.toMatch(/\s\s|\n/);
		}
		expect(entry.means).not.toBe(entry.worry);
		expect(entry.section).not.toBe("");
	});

	test("other fields that an entry speaks of exist", () => {
		const known = new Set(glossary.map(({ field }) => field));
		for (const { field, means, worry } of glossary) {
			for (const [word] of `${means} ${worry}`.matchAll(/(?<![-\w])[a-z]+_[a-z0-9_]+(?![-\w=])/g)) {
				if (states.has(word)) continue;
				expect(known.has(word), `${field} speaks of ${word}`).toBe(true);
			}
		}
	});
});

/** Words with an underscore that are no fields. */
const states = new Set(
	"wait_bgsave send_bulk send_bulk_and_stream bg_transfer rdb_transmitted avg_ttl usec_per_call rejected_calls failed_calls master_1_host master_1_link_status".split(
		" ",
	),
);

describe("explainField", () => {
	test.each([
		["master_repl_offset", "master_repl_offset"],
		["MASTER_REPL_OFFSET", "master_repl_offset"],
		[" `sync_full`: ", "sync_full"],
		["sync_full:3", "sync_full"],
		["slave0", "slaveN"],
		["slaveN", "slaveN"],
		["replica12", "slaveN"],
		["slave0:ip=10.0.0.2,port=6379", "slaveN"],
		["db3", "dbN"],
		["master0", "masterN"],
		["cmdstat_config|get", "cmdstat_*"],
		["errorstat_NOMASTERLINK", "errorstat_*"],
		["errorstat_ERR:count", "errorstat_*"],
		["errorstat_", "errorstat_*"],
		["cmdstat", "cmdstat_*"],
		["latency_percentiles_usec_psync", "latency_percentiles_usec_*"],
		["db0_distrib_strings_sizes", "dbN_distrib_*"],
		["master_1_link_status", "master_N_*"],
		["connected_replicas", "connected_slaves"],
		["primary_link_status", "master_link_status"],
		["Primary-Repl-Offset", "master_repl_offset"],
		["replica_priority", "slave_priority"],
		["min_replicas_good_replicas", "min_slaves_good_slaves"],
		["mem_clients_replicas", "mem_clients_slaves"],
		["replicas_waiting_psync", "replicas_waiting_psync"],
		["replica_announced", "replica_announced"],
		["master-failover_state", "master_failover_state"],
	])("%s → %s", (asked, field) => expect(explainField(asked)?.field).toBe(field));

	test.each(["", "  ", "nonsense", "slave", "db", "__proto__", "constructor", "toString"])(
		"%j is unknown",
		(asked) => expect(explainField(asked)).toBeUndefined(),
	);

	test("says unit, section and since", () => {
		expect(explainField("repl_backlog_size")).toMatchObject({
			unit: "bytes",
			section: "Replication",
			since: "2.8",
		});
		expect(glossaryEntry("used_memory")?.unit).toBe("bytes");
	});
});

describe("every field that Redis 2.8 to 8.6, Valkey 8.0 to 9.1 and their Sentinels print is explained", () => {
	let section = "";
	const printed = readFileSync(new URL("data/info-fields.txt", import.meta.url), "utf8")
		.split("\n")
		.flatMap((line) => {
			if (line.startsWith("# ")) section = line.slice(2);
			return line === "" || line.startsWith("#") ? [] : [[section, line] as const];
		});

	test("the list is whole", () => {
		const sections = new Set(printed.map(([name]) => name));
		for (const name of [
			"Server",
			"Clients",
			"Memory",
			"Persistence",
			"Stats",
			"Replication",
			"CPU",
			"Errorstats",
			"Keyspace",
			"Sentinel",
		])
			expect(sections).toContain(name);
		expect(printed.length).toBeGreaterThan(250);
	});

	test.each(printed)("%s: %s", (name, field) => expect(explainField(field)?.section).toBe(name));
});
