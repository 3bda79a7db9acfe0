import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import type { LiveNode } from "./node.ts";
import { freePort } from "./ports.ts";

/** What passes between a replica and its primary: as it is, nothing at all, or changed on its way down. */
type Mode = "open" | "stalled" | { readonly change: (chunk: Buffer) => Buffer };

/** A port that leads to a server: as a NAT, a load balancer or a bad cable between two nodes does. */
export class Proxy {
	readonly host = "127.0.0.1";
	readonly port: number;
	#mode: Mode = "open";
	readonly #server: Server;
	readonly #sockets = new Set<Socket>();

	private constructor(port: number, target: LiveNode) {
		this.port = port;
		this.#server = createServer({ noDelay: true }, (near) => this.#relay(near, target));
	}

	static async to(target: LiveNode): Promise<Proxy> {
		const proxy = new Proxy(await freePort(), target);
		proxy.#server.listen({ host: proxy.host, port: proxy.port });
		await once(proxy.#server, "listening");
		return proxy;
	}

	set(mode: Mode): void {
		this.#mode = mode;
		for (const socket of this.#sockets) {
			if (mode === "stalled") socket.pause();
			else socket.resume();
		}
	}

	/** Closes what is connected, and goes on. */
	drop(): void {
		for (const socket of this.#sockets) socket.destroy();
	}

	async close(): Promise<void> {
		this.drop();
		this.#server.close();
		await once(this.#server, "close");
	}

	#relay(near: Socket, target: LiveNode): void {
		const far = connect({ host: target.host, port: target.port, noDelay: true });
		this.#pipe(near, far, false);
		this.#pipe(far, near, true);
	}

	#pipe(from: Socket, to: Socket, down: boolean): void {
		this.#sockets.add(from);
		if (this.#mode === "stalled") from.pause();
		from.on("data", (chunk: Buffer) => {
			const mode = this.#mode;
			to.write(down && typeof mode === "object" ? mode.change(chunk) : chunk);
		});
		from.on("error", () => {});
		from.on("close", () => {
			this.#sockets.delete(from);
			to.destroy();
		});
	}
}
