import { exactInteger, type InfoPairs, type InfoValue, plainNumber } from "./value.ts";

/** One replica of a primary: a `slaveN` line of INFO. */
export interface InfoReplica {
	/** The field: `slave0`. */
	readonly field: string;
	readonly ip: string | undefined;
	readonly port: number | undefined;
	/** `wait_bgsave`, `send_bulk`, `online`; newer servers have more words. */
	readonly state: string | undefined;
	/** Last acknowledged offset in bytes (2.8+). */
	readonly offset: bigint | undefined;
	/** Seconds since that acknowledgement (2.8+). */
	readonly lag: number | undefined;
	/** Redis 8.6+. */
	readonly ioThread: number | undefined;
	/** `replica`, `main-channel` or `rdb-channel` (Valkey 8.0+). */
	readonly type: string | undefined;
}

/** One database: a `dbN` line of INFO. */
export interface InfoDatabase {
	readonly index: number;
	readonly keys: number | undefined;
	readonly expires: number | undefined;
	/** Average time to live in milliseconds (2.8+). */
	readonly avgTtl: number | undefined;
	/** Hashes whose fields expire (Redis 7.4+). */
	readonly subexpiry: number | undefined;
}

/** One primary as a Sentinel sees it: a `masterN` line of INFO. */
export interface InfoWatchedPrimary {
	readonly field: string;
	readonly name: string | undefined;
	/** `ok`, `sdown`, `odown`. */
	readonly status: string | undefined;
	/** `host:port` as written. */
	readonly address: string | undefined;
	readonly slaves: number | undefined;
	readonly sentinels: number | undefined;
}

/** One command: a `cmdstat_` line of INFO. */
export interface InfoCommand {
	/** The command in lower case; a subcommand follows a bar: `config|get`. */
	readonly name: string;
	readonly calls: number | undefined;
	/** Microseconds in all. */
	readonly usec: number | undefined;
	/** Microseconds a call. */
	readonly usecPerCall: number | undefined;
	/** 6.2+. */
	readonly rejectedCalls: number | undefined;
	/** 6.2+. */
	readonly failedCalls: number | undefined;
}

const none: InfoPairs = new Map();

/** The pairs of a field that has some. */
export const pairsOf = (value: InfoValue): InfoPairs => (typeof value === "object" ? value : none);

const number = (of: InfoPairs, key: string): number | undefined => plainNumber(of.get(key) ?? "");

/** Reads a `slaveN` line of any version: `ip=..,port=..,state=..` or `ip,port,state` of 2.6. */
export function replicaOf(field: string, value: InfoValue): InfoReplica {
	const [ip, port, state] = typeof value === "string" ? value.split(",").map((part) => part.trim()) : [];
	const of = pairsOf(value);
	return {
		field,
		ip: of.get("ip") ?? (ip || undefined),
		port: plainNumber(of.get("port") ?? port ?? ""),
		state: of.get("state") ?? (state || undefined),
		offset: exactInteger(of.get("offset") ?? ""),
		lag: number(of, "lag"),
		ioThread: number(of, "io-thread"),
		type: of.get("type"),
	};
}

/** Reads a `dbN` line. */
export function databaseOf(field: string, of: InfoPairs): InfoDatabase {
	return {
		index: Number(field.slice(2)),
		keys: number(of, "keys"),
		expires: number(of, "expires"),
		avgTtl: number(of, "avg_ttl"),
		subexpiry: number(of, "subexpiry"),
	};
}

/** Reads a `masterN` line of a Sentinel. */
export function watchedPrimaryOf(field: string, of: InfoPairs): InfoWatchedPrimary {
	return {
		field,
		name: of.get("name"),
		status: of.get("status"),
		address: of.get("address"),
		slaves: number(of, "slaves"),
		sentinels: number(of, "sentinels"),
	};
}

/** Reads a `cmdstat_` line. */
export function commandOf(field: string, of: InfoPairs): InfoCommand {
	return {
		name: field.slice("cmdstat_".length).toLowerCase(),
		calls: number(of, "calls"),
		usec: number(of, "usec"),
		usecPerCall: number(of, "usec_per_call"),
		rejectedCalls: number(of, "rejected_calls"),
		failedCalls: number(of, "failed_calls"),
	};
}
