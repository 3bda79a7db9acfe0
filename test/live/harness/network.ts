import { execFile } from "node:child_process";
import process from "node:process";
import { promisify } from "node:util";

const run = promisify(execFile);
let made = 0;

async function ip(...args: string[]): Promise<void> {
	await run("ip", args, { timeout: 5000 });
}

/** A network namespace of its own behind a cable that can be cut: nobody hears a connection end. */
export class Network {
	/** The address of this side of the cable, and of the far side. */
	readonly here: string;
	readonly there: string;
	/** Runs a command on the far side. */
	readonly wrap: readonly string[];
	readonly #name: string;

	private constructor(number: number) {
		const subnet = `10.231.${process.pid % 256}`;
		this.#name = `rlog${process.pid}n${number}`;
		this.here = `${subnet}.${4 * number + 1}`;
		this.there = `${subnet}.${4 * number + 2}`;
		this.wrap = ["ip", "netns", "exec", this.#name];
	}

	static async make(): Promise<Network> {
		const network = new Network(made++ % 60);
		await network.#make();
		return network;
	}

	async #make(): Promise<void> {
		const name = this.#name;
		await ip("netns", "add", name);
		await ip("link", "add", `${name}a`, "type", "veth", "peer", "name", `${name}b`, "netns", name);
		await ip("addr", "add", `${this.here}/30`, "dev", `${name}a`);
		await ip("link", "set", `${name}a`, "up");
		await ip("-n", name, "addr", "add", `${this.there}/30`, "dev", `${name}b`);
		await ip("-n", name, "link", "set", "lo", "up");
		await ip("-n", name, "link", "set", `${name}b`, "up");
	}

	async cut(): Promise<void> {
		await ip("link", "set", `${this.#name}a`, "down");
	}

	async mend(): Promise<void> {
		await ip("link", "set", `${this.#name}a`, "up");
	}

	async remove(): Promise<void> {
		await ip("netns", "del", this.#name).catch(() => {});
		await ip("link", "del", `${this.#name}a`).catch(() => {});
	}
}
