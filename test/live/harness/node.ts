import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { available } from "./available.ts";
import { type Counters, countersOf, none, sum } from "./counters.ts";
import { type Reply, RespClient } from "./resp.ts";
import { until } from "./wait.ts";

export type Settings = Readonly<Record<string, string | number>>;

/** What every server is started with: nothing is saved unless a scenario says so, and nothing waits. */
const defaults: Settings = {
	daemonize: "no",
	save: '""',
	appendonly: "no",
	"enable-debug-command": "yes",
	"enable-protected-configs": "yes",
	"repl-diskless-sync-delay": 0,
	"repl-ping-replica-period": 1,
	"shutdown-timeout": 2,
};

/** One server process at a time, on one port, with one folder and one log, over all its lives. */
export class LiveNode {
	readonly name: string;
	readonly host: string;
	readonly port: number;
	readonly folder: string;
	/** Its log files, the oldest first. */
	readonly logs: string[];
	readonly sentinel: boolean;
	/** How its primary calls it, where that is another address than its own. */
	readonly announced: string;
	readonly zone: Zone;
	/** Put before the command: how a node is started inside a network namespace. */
	readonly #wrap: readonly string[];
	#settings: Record<string, string | number>;
	#child: ChildProcess | undefined;
	#client: RespClient | undefined;
	#lives = 0;
	#past: Counters = none;
	/** What the counters were when the process could last be asked: it is about to stand still. */
	#frozen: Counters | undefined;

	constructor(name: string, port: number, root: string, settings: Settings, options: NodeOptions = {}) {
		this.name = name;
		this.port = port;
		this.host = options.host ?? "127.0.0.1";
		this.sentinel = options.sentinel ?? false;
		this.#wrap = options.wrap ?? [];
		this.folder = join(root, name);
		this.logs = [join(root, `${name}.log`)];
		this.announced = options.announced ?? `${this.host}:${port}`;
		this.zone = options.zone ?? utc;
		this.#settings = { ...(this.sentinel ? {} : defaults), ...settings };
		mkdirSync(join(this.folder, "data"), { recursive: true });
	}

	/** The file that the server writes to. */
	get log(): string {
		return this.logs.at(-1) as string;
	}

	/** Moves the log away, as logrotate does; the server opens its file anew for every line. */
	rotate(): void {
		const current = this.log;
		const old = `${current}.1`;
		renameSync(current, old);
		this.logs.splice(-1, 1, old, current);
	}

	get running(): boolean {
		return this.#child !== undefined;
	}

	get pid(): number {
		const pid = this.#child?.pid;
		if (pid === undefined) throw new Error(`${this.name} does not run`);
		return pid;
	}

	/** Changes what the next life is started with; null takes a setting away. */
	configure(settings: Readonly<Record<string, string | number | null>>): void {
		for (const [name, value] of Object.entries(settings)) {
			if (value === null) delete this.#settings[name];
			else this.#settings[name] = value;
		}
	}

	/** Starts the process and waits until it answers; `ready: false` does not wait for its data set. */
	async start(options: { readonly ready?: boolean } = {}): Promise<void> {
		if (this.#child !== undefined) throw new Error(`${this.name} runs already`);
		const path = join(this.folder, "node.conf");
		// A Sentinel writes what it has learnt into its own configuration.
		if (!this.sentinel || this.#lives === 0) writeFileSync(path, this.#configuration());
		this.#lives++;
		const death = available.deathSignal ? ["setpriv", "--pdeathsig", "KILL"] : [];
		const command = [...this.#wrap, ...death, this.sentinel ? "redis-sentinel" : "redis-server", path];
		const child = spawn(command[0] as string, command.slice(1), {
			cwd: this.folder,
			// A group of its own, so that its forked children can be ended with it.
			detached: true,
			stdio: "ignore",
			env: { ...process.env, TZ: this.zone.name },
		});
		child.on("error", () => {});
		this.#child = child;
		child.once("exit", () => {
			if (this.#child === child) this.#child = undefined;
		});
		const ready = options.ready ?? true;
		await until(`${this.name} answers`, async () => {
			if (this.#child !== child) throw new Error(`${this.name} ended at once, see ${this.log}`);
			if (this.sentinel) return await this.call("PING");
			return (await this.info())["loading"] === "0" || !ready;
		});
	}

	#configuration(): string {
		const lines = Object.entries(this.#settings).map(([name, value]) => `${name} ${value}`);
		return [`bind ${this.host}`, `port ${this.port}`, `dir ${join(this.folder, "data")}`, `logfile ${this.log}`, ...lines, ""].join("\n");
	}

	/** Sends one command over the node's own connection. */
	async call(...args: readonly (string | number)[]): Promise<Reply> {
		if (this.#client === undefined || this.#client.closed) this.#client = await this.connect();
		return await this.#client.call(args);
	}

	async connect(): Promise<RespClient> {
		const client = await RespClient.open(this.host, this.port);
		const password = this.#settings["requirepass"];
		if (password !== undefined) await client.call(["AUTH", password]);
		return client;
	}

	async config(settings: Settings): Promise<void> {
		for (const [name, value] of Object.entries(settings)) await this.call("CONFIG", "SET", name, value);
	}

	/** What `redis-cli INFO` prints. */
	async infoText(): Promise<string> {
		return String(await this.call("INFO", "ALL"));
	}

	async info(): Promise<Readonly<Record<string, string>>> {
		return fieldsOf(String(await this.call("INFO")));
	}

	/** Over all lives of the process. */
	async counters(): Promise<Counters> {
		if (this.sentinel) return none;
		return sum(this.#past, await this.#live());
	}

	async #live(): Promise<Counters> {
		if (this.#frozen !== undefined) return this.#frozen;
		return this.#child === undefined ? none : countersOf(await this.info());
	}

	/** kill -9. */
	async kill(): Promise<void> {
		await this.#keepCounters();
		await this.#end(() => this.signal("SIGKILL"));
	}

	/** `now` does not wait for replicas that lag behind. */
	async shutdown(mode: "SAVE" | "NOSAVE", now = false): Promise<void> {
		await this.#keepCounters();
		await this.#end(() => void this.call("SHUTDOWN", mode, ...(now ? ["NOW"] : [])).catch(() => {}));
	}

	/** Reads the counters for the last time: whoever ends a node sees to it that nobody asks it just then. */
	async #keepCounters(): Promise<void> {
		if (!this.sentinel) this.#past = sum(this.#past, await this.#live());
	}

	async #end(how: () => void): Promise<void> {
		const child = this.#child;
		if (child === undefined) throw new Error(`${this.name} does not run`);
		const exited = once(child, "exit", { signal: AbortSignal.timeout(15_000) });
		how();
		await exited;
		this.#child = undefined;
		this.#frozen = undefined;
		this.#client?.close();
	}

	/** SIGSTOP: the process stands still, its connections stay. */
	async freeze(): Promise<void> {
		if (!this.sentinel) this.#frozen = await this.#live();
		this.signal("SIGSTOP");
	}

	thaw(): void {
		this.signal("SIGCONT");
		this.#frozen = undefined;
	}

	signal(signal: NodeJS.Signals): void {
		process.kill(this.pid, signal);
	}

	/** kill -9 of what the server has forked: snapshots and rewrites. */
	async killChildren(): Promise<void> {
		const children = await readFile(`/proc/${this.pid}/task/${this.pid}/children`, "utf8");
		const pids = children.trim().split(" ").filter((pid) => pid !== "");
		if (pids.length === 0) throw new Error(`${this.name} has no child`);
		for (const pid of pids) process.kill(Number(pid), "SIGKILL");
	}

	/** The size of a file in its data folder. */
	fileSize(name: string): number {
		return statSync(join(this.folder, "data", name)).size;
	}

	/** Takes away what the data folder holds: the next life knows nothing. */
	forget(): void {
		rmSync(join(this.folder, "data"), { recursive: true, force: true });
		mkdirSync(join(this.folder, "data"));
	}

	/** Ends the process whatever it does, with the children it has forked. */
	async destroy(): Promise<void> {
		this.#client?.close();
		const child = this.#child;
		if (child?.pid === undefined) return;
		const exited = once(child, "exit", { signal: AbortSignal.timeout(5000) });
		try {
			process.kill(-child.pid, "SIGKILL");
		} catch {
			child.kill("SIGKILL");
		}
		await exited.catch(() => {});
	}
}

export function fieldsOf(info: string): Readonly<Record<string, string>> {
	const fields: Record<string, string> = {};
	for (const line of info.split("\r\n")) {
		const colon = line.indexOf(":");
		if (colon > 0 && !line.startsWith("#")) fields[line.slice(0, colon)] = line.slice(colon + 1);
	}
	return fields;
}

export interface Zone {
	readonly name: string;
	/** Minutes east of UTC. */
	readonly minutes: number;
}

const utc: Zone = { name: "UTC", minutes: 0 };

export interface NodeOptions {
	readonly host?: string;
	readonly port?: number;
	readonly announced?: string;
	readonly zone?: Zone;
	readonly sentinel?: boolean;
	readonly wrap?: readonly string[];
}
