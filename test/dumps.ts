import { correlate, type Story } from "../src/correlate/index.ts";
import { readInputs } from "../src/input/index.ts";
import { primaryLog, replicaLog } from "./cli/logs.ts";

/** Sections of INFO and where each field stands that the tests use. */
const sections: readonly (readonly [section: string, fields: RegExp])[] = [
	["Server", /^(?:redis_version|valkey_version|redis_mode|process_id|run_id|tcp_port|server_time_usec|uptime_in_seconds|lru_clock)$/],
	["Memory", /^(?:maxmemory|mem_)/],
	["Persistence", /^(?:loading|rdb_|aof_)/],
	["Stats", /^(?:sync_|total_|instantaneous_|client_|latest_)/],
	["Sentinel", /^(?:sentinel_|master\d)/],
	["Replication", /./],
];

type Fields = Readonly<Record<string, string | number>>;

/** INFO as a server prints it into a pipe, with these fields. */
export function info(fields: Fields): string {
	const left = new Map(Object.entries(fields));
	const lines: string[] = [];
	for (const [section, names] of sections) {
		const own = [...left].filter(([name]) => names.test(name));
		if (own.length === 0) continue;
		lines.push(`# ${section}`, ...own.map(([name, value]) => `${name}:${value}`), "");
		for (const [name] of own) left.delete(name);
	}
	return lines.join("\r\n");
}

/** ROLE as redis-cli prints it into a pipe. */
export const role = (...values: readonly (string | number)[]): string => `${values.join("\n")}\n`;

/** The history of `primaryLog` and `replicaLog`. */
export const history = "40052074608ff5ee488105d7ea2b4ac58d759566";

/** What the primary of `primaryLog` showed 2.5 seconds after the second resync. */
export const primaryInfo: Fields = {
	redis_version: "7.2.4",
	process_id: 9884,
	run_id: "6f9b4bd96fd94e4cb4a8dcd4d6f11f5d1a1d2c33",
	tcp_port: 12990,
	server_time_usec: 1795293000764170,
	uptime_in_seconds: 9,
	sync_full: 2,
	sync_partial_ok: 0,
	sync_partial_err: 1,
	role: "master",
	connected_slaves: 1,
	slave0: "ip=127.0.0.1,port=12991,state=online,offset=413197,lag=0",
	master_replid: history,
	master_replid2: "0".repeat(40),
	master_repl_offset: 413211,
	second_repl_offset: -1,
	repl_backlog_active: 1,
	repl_backlog_size: 16384,
	repl_backlog_first_byte_offset: 393217,
	repl_backlog_histlen: 19995,
};

/** What the replica of `replicaLog` showed at that time. */
export const replicaInfo: Fields = {
	redis_version: "7.2.4",
	process_id: 9889,
	run_id: "0a1d5e9a5e5f4ad5a0e2c4f0a7b8c9d0e1f2a3b4",
	tcp_port: 12991,
	server_time_usec: 1795293000766000,
	uptime_in_seconds: 9,
	role: "slave",
	master_host: "127.0.0.1",
	master_port: 12990,
	master_link_status: "up",
	master_last_io_seconds_ago: 0,
	master_sync_in_progress: 0,
	slave_read_repl_offset: 413211,
	slave_repl_offset: 413211,
	slave_read_only: 1,
	connected_slaves: 0,
	master_replid: history,
	master_replid2: "0".repeat(40),
	master_repl_offset: 413211,
	second_repl_offset: -1,
	repl_backlog_active: 1,
	repl_backlog_size: 16384,
	repl_backlog_first_byte_offset: 396828,
	repl_backlog_histlen: 16384,
};

export { primaryLog, replicaLog };

/** Inputs at hand by their names. */
export const inputs = (texts: Readonly<Record<string, string>>) =>
	Object.entries(texts).map(([name, data]) => ({ name, data }));

/** The story that texts tell together; their names mean nothing. */
export async function storyOf(texts: Readonly<Record<string, string>>): Promise<Story> {
	return correlate((await readInputs(inputs(texts))).streams);
}
