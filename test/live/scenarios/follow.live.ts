import { spawn } from "node:child_process";
import process from "node:process";
import { expect } from "vitest";
import { builtInto } from "../../cli/built.ts";
import { live, type Stage } from "../harness/scenario.ts";
import { write } from "../harness/operations.ts";
import { until } from "../harness/wait.ts";

/** `rlog analyze --follow` in a process of its own, and what it has said so far. */
class Watcher {
	readonly #child;
	#said = "";
	#errors = "";

	constructor(script: string, logs: readonly string[]) {
		this.#child = spawn(process.execPath, [script, "analyze", "--follow", "-f", "lines", ...logs]);
		this.#child.stdout.on("data", (chunk: Buffer) => void (this.#said += chunk.toString()));
		this.#child.stderr.on("data", (chunk: Buffer) => void (this.#errors += chunk.toString()));
	}

	/** Waits until so many resyncs with a cause were told as they were decided. */
	async tells(verdict: string, cause: string, times = 1): Promise<void> {
		const line = new RegExp(`^(?:decided|changed) +${verdict} .* ${cause} `, "gm");
		await until(`rlog tells ${times} ${verdict} ${cause}`, () => {
			if (this.#child.exitCode !== null) throw new Error(`it has ended: ${this.#errors}`);
			if ((this.#said.match(line) ?? []).length >= times) return true;
			throw new Error(this.#said);
		});
	}

	/** Ctrl-C; returns the verdicts and causes of the report that it ends with. */
	async end(): Promise<string[]> {
		const exited = new Promise<number | null>((done) => this.#child.once("exit", done));
		this.#child.kill("SIGINT");
		expect({ code: await exited, errors: this.#errors }).toEqual({ code: 0, errors: "" });
		return [...this.#said.matchAll(/^(full|partial|failed|open) .*?#\d+ .*?\b([a-z]+(?:-[a-z]+)+|unknown) {2}/gm)].map(([, verdict, cause]) => `${verdict} ${cause}`);
	}

	stop(): void {
		this.#child.kill("SIGKILL");
	}
}

/** Holds what was told at the end against an analysis of the same logs. */
async function agrees(stage: Stage, watcher: Watcher): Promise<void> {
	const { resyncs } = await stage.report();
	expect(await watcher.end()).toEqual(resyncs.map(({ verdict, cause }) => `${verdict} ${cause.code}`));
}

live("--follow tells each resync while the servers run, over a rotation and a restart", async (stage) => {
	const p = await stage.primary("p", { "repl-backlog-size": "16kb", save: "3600 1" });
	const r = await stage.newReplica("r", p);
	const watcher = new Watcher(await builtInto(stage.servers.folder), [p.log, r.log]);
	stage.after(() => watcher.stop());
	await stage.resync({ replica: "r", primary: "p", verdict: "full", cause: "first-sync", trigger: "replica-started" });
	await watcher.tells("full", "first-sync");

	await p.call("CLIENT", "KILL", "TYPE", "replica");
	await stage.resync({ replica: "r", primary: "p", verdict: "partial", cause: "within-backlog", trigger: "link-closed" });
	await watcher.tells("partial", "within-backlog");

	r.rotate();
	await r.freeze();
	await p.call("CLIENT", "KILL", "TYPE", "replica");
	await write(p, 1_000_000);
	r.thaw();
	await stage.resync({ replica: "r", primary: "p", verdict: "full", cause: "backlog-overrun", trigger: "link-closed" });
	await watcher.tells("full", "backlog-overrun");
	stage.finding("backlog-too-small");

	await p.shutdown("SAVE");
	await p.start();
	await stage.resync({
		replica: "r", primary: "p", verdict: "partial", cause: "primary-restored-history", trigger: "primary-restarted",
		mayFail: ["primary-unreachable", "handshake-timeout", "primary-loading"],
	});
	await watcher.tells("partial", "primary-restored-history");
	await agrees(stage, watcher);
});

live("--follow on servers that are killed, and whose logs begin anew", async (stage) => {
	const p = await stage.primary("p");
	const r = await stage.replica("r", p);
	const watcher = new Watcher(await builtInto(stage.servers.folder), [p.log, r.log]);
	stage.after(() => watcher.stop());
	await watcher.tells("full", "first-sync");
	await r.kill();
	r.forget();
	await r.start();
	await stage.resync({ replica: "r", primary: "p", verdict: "full", cause: "replica-lost-state", trigger: "replica-restarted" });
	await watcher.tells("full", "replica-lost-state");
	await agrees(stage, watcher);
});
