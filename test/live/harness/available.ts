import { spawnSync } from "node:child_process";
import process from "node:process";

function runs(command: string, ...args: string[]): boolean {
	const { status } = spawnSync(command, args, { stdio: "ignore", timeout: 5000 });
	return status === 0;
}

/** The scenarios use settings and commands of this major version. */
const oldest = 7;

function missing(): string | null {
	const { stdout } = spawnSync("redis-server", ["--version"], { encoding: "utf8", timeout: 5000 });
	const version = /v=(\d+)/.exec(stdout ?? "")?.[1];
	if (version === undefined) return "redis-server is not installed";
	if (Number(version) < oldest) return `redis-server is older than ${oldest}.0`;
	for (const name of ["redis-cli", "redis-sentinel"]) if (!runs(name, "--version")) return `${name} is not installed`;
	return null;
}

function hasNetworks(): boolean {
	const name = `rlog-probe-${process.pid}`;
	return runs("ip", "netns", "add", name) && runs("ip", "netns", "del", name);
}

/** What of the platform there is: asked once a process. */
export const available = {
	/** Why no servers can be started here, or null. */
	missing: missing(),
	/** Lets a server die with the test that started it, however that ends. */
	deathSignal: runs("setpriv", "--pdeathsig", "KILL", "true"),
	/** Networks of our own, which can be cut. */
	networks: hasNetworks(),
} as const;
