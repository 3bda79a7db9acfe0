import { once } from "node:events";
import { createServer } from "node:net";
import process from "node:process";

/*
 * Below the range from which the kernel takes the ports of outgoing connections, so that a server
 * that restarts finds its port free; each worker has its own part.
 */
const first = 20_000;
const perWorker = 1500;
const workers = 8;

let next = Math.floor(Math.random() * perWorker);

/** A port on loopback that nobody listens on, and that no other call has returned. */
export async function freePort(): Promise<number> {
	const worker = Number(process.env["VITEST_POOL_ID"] ?? 0) % workers;
	for (let tries = 0; tries < 200; tries++) {
		const port = first + worker * perWorker + (next++ % perWorker);
		if (await isFree(port)) return port;
	}
	throw new Error("no free port on 127.0.0.1");
}

async function isFree(port: number): Promise<boolean> {
	const server = createServer();
	try {
		server.listen({ port, host: "127.0.0.1", exclusive: true });
		await once(server, "listening");
		return true;
	} catch {
		return false;
	} finally {
		server.close();
	}
}
