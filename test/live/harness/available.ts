import { spawnSync } from "node:child_process";
import process from "node:process";

function runs(command: string, ...args: string[]): boolean {
	const { status } = spawnSync(command, args, { stdio: "ignore", timeout: 5000 });
	return status === 0;
}

/** What of the platform there is: asked once a process. */
export const available = {
	servers: runs("redis-server", "--version") && runs("redis-cli", "--version"),
	/** Lets a server die with the test that started it, however that ends. */
	deathSignal: runs("setpriv", "--pdeathsig", "KILL", "true"),
	/** Networks of our own, which can be cut. */
	networks: hasNetworks(),
} as const;

function hasNetworks(): boolean {
	const name = `rlog-probe-${process.pid}`;
	return runs("ip", "netns", "add", name) && runs("ip", "netns", "del", name);
}

/** The major and minor version of the servers: [7, 0]. */
export function serverVersion(): readonly [number, number] {
	const { stdout } = spawnSync("redis-server", ["--version"], { encoding: "utf8", timeout: 5000 });
	const [, major, minor] = /v=(\d+)\.(\d+)/.exec(stdout ?? "") ?? [];
	return [Number(major ?? 0), Number(minor ?? 0)];
}
