import { describe, expect, test } from "vitest";
import { log, reportOf } from "./report-of.ts";

const idA = "a1".repeat(20);
const idB = "b2".repeat(20);
const told = async (text: string): Promise<string[]> =>
	(await reportOf({ "pasted.log": text })).resyncs.map((r) => `${r.verdict} ${r.cause.code} by ${r.trigger.code} (${r.trigger.proof})`);

describe("what set off a resync that is not decided yet", () => {
	test("the command that pointed it there, though no primary has answered", async () => {
		const lines = log(
			31, "S",
			[0, "# Connection with master lost."],
			[0, "* Caching the disconnected master state."],
			[1, "* REPLICAOF 10.8.0.1:6379 enabled (user request from 'id=4 addr=10.8.0.9:40112 fd=8 name=sentinel-1f2e3d4c-cmd cmd=exec')"],
			[40, "* Connecting to MASTER 10.8.0.1:6379"],
			[41, "* MASTER <-> REPLICA sync started"],
		);
		expect(await told(lines)).toEqual(["open unknown by sentinel-command (proven)"]);
		expect(await told(lines.replace("name=sentinel-1f2e3d4c-cmd", "name="))).toEqual(["open unknown by replicaof-command (proven)"]);
	});

	test("a command that pointed it elsewhere is not the trigger", async () => {
		const lines = log(
			31, "S",
			[0, "# Connection with master lost."],
			[0, "* Caching the disconnected master state."],
			[900, "* Connecting to MASTER 10.8.0.1:6379"],
			[901, "* MASTER <-> REPLICA sync started"],
		);
		expect(await told(lines)).toEqual(["open unknown by link-closed (supported)"]);
	});

	test("a cluster node that was a primary is made a replica by its cluster; elsewhere nobody is named", async () => {
		const synthesized =
			"* Before turning into a replica, using my own master parameters to synthesize a cached master: I may be able to synchronize with the new master with just a partial transfer.";
		const asks = [
			[1, "* Connecting to MASTER 10.8.0.1:6379"],
			[1, "* MASTER <-> REPLICA sync started"],
			[9, "* Non blocking connect for SYNC fired the event."],
			[9, `* Trying a partial resynchronization (request ${idA}:1).`],
			[30, `* Full resync from master: ${idB}:900100`],
		] as const;
		const alone = await reportOf({ "a.log": log(31, "S", [0, synthesized], ...asks) });
		expect(alone.resyncs.map((r) => r.trigger.text)).toEqual([
			"it was a primary until then; the logs given do not show who made it a replica",
		]);
		const clustered = await reportOf({ "a.log": log(31, "S", [0, synthesized], [0, "# Cluster state changed: ok"], ...asks) });
		expect(clustered.resyncs.map((r) => `${r.trigger.code} ${r.trigger.proof}`)).toEqual(["cluster-reconfiguration inferred"]);
		// No cluster node can be started with replicaof.
		expect(alone.resyncs[0]?.remedy.join()).toContain("replicaof");
		expect(clustered.resyncs[0]?.remedy.join()).not.toContain("replicaof");
	});
});

describe("a link that was lost, where only one of its lines is there", () => {
	test("2.8.0 to 2.8.3 say no more than that they keep the state", async () => {
		const round = (at: number, offset: number) =>
			[
				[at, "* Connecting to MASTER 10.8.0.1:6379"],
				[at, "* MASTER <-> SLAVE sync started"],
				[at, "* Non blocking connect for SYNC fired the event."],
				[at, "* Master replied to PING, replication can continue..."],
				[at, `* Trying a partial resynchronization (request ${idA}:${offset}).`],
				[at + 1, "* Successful partial resynchronization with master."],
				[at + 1, "* MASTER <-> SLAVE sync: Master accepted a Partial Resynchronization."],
				[at + 300, "* Caching the disconnected master state."],
			] as const;
		const report = await reportOf({ "a.log": log(31, "S", ...round(0, 700), ...round(1000, 700), ...round(2000, 700)) });
		expect(report.resyncs.map((r) => [r.verdict, r.trigger.code, r.lostAt?.slice(17, 23) ?? null])).toEqual([
			["partial", "unknown", null],
			["partial", "link-closed", "00.300"],
			["partial", "link-closed", "01.300"],
			["open", "link-closed", "02.300"],
		]);
	});

	test("a timeout ends the link, also where a paste ends with it or leaves out what follows", async () => {
		const done = [0, "* MASTER <-> REPLICA sync: Master accepted a Partial Resynchronization."] as const;
		const timeout = [60_000, "# MASTER timeout: no data nor PING received..."] as const;
		const asks = [60_900, "* Connecting to MASTER 10.8.0.1:6379"] as const;
		expect(await told(log(31, "S", timeout))).toEqual(["open unknown by primary-timeout (proven)"]);
		expect((await told(log(31, "S", done, timeout))).at(-1)).toBe("open unknown by primary-timeout (proven)");
		expect(await told(log(31, "S", timeout, asks))).toEqual(["open unknown by primary-timeout (proven)"]);
		const lost = [60_000, "# Connection with master lost."] as const;
		expect(await told(log(31, "S", timeout, lost, asks))).toEqual(["open unknown by primary-timeout (proven)"]);
	});

	test("a promotion keeps the state too, and is no outage", async () => {
		const lines = log(
			31, "S",
			[0, `# Setting secondary replication ID to ${idA}, valid up to offset: 70. New replication ID is ${idB}`],
			[0, "# Connection with master lost."],
			[0, "* Caching the disconnected master state."],
			[0, "* Discarding previously cached master state."],
			[0, "* MASTER MODE enabled (user request from 'id=3 addr=10.8.0.9:40112 fd=8 name= cmd=slaveof')"],
		);
		expect(await told(lines)).toEqual([]);
	});
});

describe("a primary's log that begins behind the question", () => {
	const killed = (cmd: string, age: number): string =>
		`# Client id=7 addr=10.8.0.2:50411 fd=28 name= age=${age} idle=${age} flags=S db=0 multi=-1 obl=16304 oll=13092 omem=268438368 events=r cmd=${cmd} scheduled to be closed ASAP for overcoming of output buffer limits.`;
	const lost = "# Connection with replica 10.8.0.2:6379 lost.";
	const again = [
		[300_000, "* Replica 10.8.0.2:6379 asks for synchronization"],
		[300_000, "* Full resync requested by replica 10.8.0.2:6379"],
	] as const;
	const attempts = async (text: string): Promise<unknown[]> =>
		(await reportOf({ "p.log": text })).resyncs.map((r) => [r.verdict, r.trigger.code, r.attempts.map((a) => a.reason?.code ?? a.outcome)]);

	test("a replica whose last command is PSYNC was not up: its full resync was cut short", async () => {
		const snapshot = [
			[0, "* Starting BGSAVE for SYNC with target: disk"],
			[50, "* Background saving started by pid 900"],
		] as const;
		const broken = ["open", "unknown", ["output-buffer-overrun", "open"]];
		expect(await attempts(log(31, "M", ...snapshot, [69_000, killed("psync", 69)], [69_010, lost], ...again))).toEqual([broken]);
		expect(await attempts(log(31, "M", [69_000, killed("psync", 69)], [69_010, lost], ...again))).toEqual([broken]);
	});

	test("one that acknowledges, or has hardly asked, was up or may have been", async () => {
		const dropped = ["open", "output-buffer-overrun", ["open"]];
		expect(await attempts(log(31, "M", [69_000, killed("replconf", 6900)], [69_010, lost], ...again))).toEqual([dropped]);
		expect(await attempts(log(31, "M", [69_000, killed("psync", 2)], [69_010, lost], ...again))).toEqual([dropped]);
	});

	test("servers that say it after the loss close it just so", async () => {
		const after = killed("psync", 164).replace("scheduled to be closed ASAP for", "closed for");
		const asked = again.map(([, text]) => [0, text] as const);
		const broken = [["open", "unknown", ["output-buffer-overrun", "open"]]];
		expect(await attempts(log(31, "M", ...asked, [160_000, lost], [160_002, after], ...again))).toEqual(broken);
		expect(await attempts(log(31, "M", [160_000, lost], [160_002, after], ...again))).toEqual(broken);
	});

	test("a full synchronisation that timed out is told, and no value is made of what is not known", async () => {
		const report = await reportOf({
			"p.log": log(31, "M", [0, "# Disconnecting timedout replica (full sync): 10.8.0.2:6379"], [0, lost]),
		});
		expect(report.resyncs.map((r) => [r.verdict, r.attempts[0]?.reason?.code])).toEqual([["failed", "transfer-timeout"]]);
		const [finding] = report.findings;
		expect(finding?.code).toBe("repl-timeout-too-short");
		expect(finding?.facts).toMatchObject({ neededMs: null });
		expect(finding?.text).not.toContain("snapshot");
	});

	test("the snapshot that is under way belongs to whom it brings up", async () => {
		const lines = log(
			31, "M",
			[0, "* Starting BGSAVE for SYNC with target: disk"],
			[50, "* Background saving started by pid 900"],
			[4000, "* Background saving terminated with success"],
			[5000, "* Synchronization with replica 10.8.0.2:6379 succeeded"],
		);
		const report = await reportOf({ "p.log": lines });
		expect(report.resyncs.map((r) => [r.verdict, r.replica, r.cause.code])).toEqual([["full", "10.8.0.2:6379", "unknown"]]);
	});
});

describe("whose process it is", () => {
	const asks = [
		[0, "* Connecting to MASTER 10.8.0.1:6379"],
		[0, "* MASTER <-> REPLICA sync started"],
		[9, "# Error condition on socket for SYNC: Connection refused"],
		[1000, "* Connecting to MASTER 10.8.0.1:6379"],
		[1000, "* MASTER <-> REPLICA sync started"],
	] as const;

	test("a copy that begins in the midst of the process ID shows no second process", async () => {
		const lines = log(4193, "S", ...asks);
		const whole = await reportOf({ "a.log": lines });
		const cut = await reportOf({ "a.log": lines.slice(2) });
		expect(cut.nodes.map((n) => n.lives.length)).toEqual(whole.nodes.map((n) => n.lives.length));
		expect(cut.resyncs.map((r) => [r.verdict, r.primary, r.attempts])).toEqual(whole.resyncs.map((r) => [r.verdict, r.primary, r.attempts]));
		// Another number is another process.
		const other = await reportOf({ "a.log": `77${lines.slice(4)}` });
		expect(other.nodes.find((n) => n.lives.length > 0)?.lives.length).toBe(2);
	});

	test("'Ready to accept connections' is a start, though the lines before it are missing", async () => {
		const report = await reportOf({ "a.log": log(31, "S", [0, "* Ready to accept connections"], ...asks) });
		expect(report.resyncs.map((r) => r.trigger.code)).toEqual(["replica-started"]);
	});

	test("KeyDB tells of its configuration before it goes into the background: that is no process that was killed", async () => {
		const synthesized =
			"* Before turning into a replica, using my own master parameters to synthesize a cached master: I may be able to synchronize with the new master with just a partial transfer.";
		const begin = log(70, "C", [0, synthesized]);
		const rest =
			log(91, "C", [10, "# oO0OoO0OoO0Oo KeyDB is starting oO0OoO0OoO0Oo"], [10, "# KeyDB version=6.3.4, bits=64, commit=00000000, modified=0, pid=91, just started"]) +
			log(91, "S", [20, "# Server initialized"], [30, "* Ready to accept connections"], ...asks.map(([at, text]) => [at + 40, text] as const));
		const report = await reportOf({ "a.log": begin + rest });
		expect(report.findings.map((f) => f.code)).toEqual([]);
		expect(report.resyncs.map((r) => r.trigger.code)).toEqual(["replica-started"]);
		expect(report.nodes.find((n) => n.lives.length > 0)?.lives.length).toBe(1);
	});
});

describe("a handshake that broke off", () => {
	const tries = async (...lines: (readonly [number, string])[]): Promise<unknown> =>
		(await reportOf({ "a.log": log(31, "S", [0, "* Connecting to MASTER 10.8.0.1:6379"], [0, "* MASTER <-> SLAVE sync started"], ...lines) })).resyncs.map((r) =>
			r.attempts.map((a) => a.reason?.code ?? a.outcome),
		);

	test("a connection that ends at the first command is no answer that makes no sense", async () => {
		expect(await tries([9, "# Error reply to PING from master: '-Reading from master: Connection reset by peer'"])).toEqual([["primary-unreachable"]]);
		expect(await tries([9, "# Error reply to PING from master: '-Reading from master: Connection timed out'"])).toEqual([["handshake-timeout"]]);
		expect(await tries([9, "# Error reply to PING from master: '-MISCONF Redis is configured to save'"])).toEqual([["primary-refused"]]);
	});

	test("whatever was said to PSYNC, SYNC was granted where its snapshot comes", async () => {
		expect(
			await tries(
				[9, "* Partial resynchronization not possible (no cached master)"],
				[10, "* Master does not support PSYNC or is in error state (reply: -ERR Can't SYNC while not connected with my master)"],
				[10, "* Retrying with SYNC..."],
				[900, "* MASTER <-> SLAVE sync: receiving 100 bytes from master"],
			),
		).toEqual([["open"]]);
	});

	test("a name that does not resolve is told for one", async () => {
		const report = await reportOf({
			"a.log": log(31, "S", [0, "* Connecting to MASTER redis-0.headless:6379"], [9, "# Unable to connect to MASTER: Invalid argument"], [1000, "* Connecting to MASTER redis-0.headless:6379"]),
		});
		expect(report.resyncs[0]?.attempts[0]?.reason?.text).toContain("name did not resolve");
	});

	test("a primary that does not know PSYNC is asked with SYNC, and nothing has failed", async () => {
		const fallback = [
			[9, "* Partial resynchronization not possible (no cached master)"],
			[10, "* Master does not support PSYNC or is in error state (reply: -ERR unknown command 'PSYNC')"],
			[10, "* Retrying with SYNC..."],
		] as const;
		expect(await tries(...fallback)).toEqual([["open"]]);
		const report = await reportOf({
			"a.log": log(
				31, "S",
				[0, "* Connecting to MASTER 10.8.0.1:6379"],
				[0, "* MASTER <-> SLAVE sync started"],
				...fallback,
				[900, "* MASTER <-> SLAVE sync: receiving 100 bytes from master"],
				[910, "* MASTER <-> SLAVE sync: Finished with success"],
			),
		});
		expect(report.resyncs.map((r) => [r.verdict, r.cause.code, r.attempts.length])).toEqual([["full", "legacy-sync", 1]]);
		expect(report.resyncs[0]?.remedy.join()).toContain("older than 2.8");
	});
});

describe("logs that end, or are cut, in the midst", () => {
	const promotion = [
		[0, "# Connection with master lost."],
		[0, "* Caching the disconnected master state."],
		[0, "* Discarding previously cached master state."],
	] as const;

	test("a node that drops its primary's state as a primary was promoted: no resync is to come", async () => {
		expect(await told(log(31, "M", ...promotion))).toEqual([]);
		// As a replica it is pointed elsewhere (up to 3.2).
		expect(await told(log(31, "S", ...promotion))).toEqual(["open unknown by link-closed (supported)"]);
	});

	test("whom it was told to ask is its primary though it has not asked", async () => {
		const lines = log(31, "S", [0, "* REPLICAOF db-1:6379 enabled (user request from 'id=4 addr=10.8.0.9:40112 fd=8 name= cmd=replicaof')"]);
		const report = await reportOf({ "a.log": lines });
		expect(report.resyncs.map(({ verdict, primary }) => [verdict, primary])).toEqual([["open", "db-1:6379"]]);
	});

	test("a request that somebody cut short is a request all the same", async () => {
		const lines = log(
			31, "S",
			[0, "* Connecting to MASTER 10.8.0.1:6379"],
			[0, "* MASTER <-> REPLICA sync started"],
			[1, `* Trying a partial resynchronization (request ${idA.slice(0, 24)}...`],
			[5, `* Full resync from master: ${idB}:574`],
			[9, "* MASTER <-> REPLICA sync: Finished with success"],
		);
		expect(await told(lines)).toEqual(["full unknown-history by unknown (unknown)"]);
	});
});

test("a primary that had only just started is told, though nobody knows that it had the history", async () => {
	const refused = (at: number) =>
		[
			[at, "* Replica 10.8.0.2:6379 asks for synchronization"],
			[at, `* Partial resynchronization not accepted: Replication ID mismatch (Replica asked for '${idA}', my replication IDs are '${idB}' and '${"0".repeat(40)}')`],
		] as const;
	const text = async (at: number): Promise<string> =>
		(await reportOf({ "p.log": log(31, "M", [0, "# Server initialized"], [1, "* Ready to accept connections"], ...refused(at)) })).resyncs[0]?.cause.text ?? "";
	expect(await text(120)).toContain("the primary had started 120 ms before");
	expect(await text(60_000)).not.toContain("started");
});
