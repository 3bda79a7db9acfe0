import { once } from "node:events";
import { connect, type Socket } from "node:net";

export type Reply = string | number | null | readonly Reply[];

/** An error that the server replied. */
export class ReplyError extends Error {}

interface Waiting {
	readonly done: (reply: Reply) => void;
	readonly failed: (error: Error) => void;
}

/** A connection to a server that speaks as much of RESP 2 as the tests need. */
export class RespClient {
	readonly #socket: Socket;
	#bytes: Buffer = Buffer.alloc(0);
	#waiting: Waiting[] = [];
	#closed = false;

	private constructor(socket: Socket) {
		this.#socket = socket;
		socket.on("data", (chunk: Buffer) => this.#read(chunk));
		socket.on("error", () => {});
		socket.on("close", () => this.#end(new Error("the connection was closed")));
	}

	static async open(host: string, port: number, timeoutMs = 2000): Promise<RespClient> {
		const socket = connect({ host, port, noDelay: true });
		try {
			await once(socket, "connect", { signal: AbortSignal.timeout(timeoutMs) });
		} catch (error) {
			socket.destroy();
			throw error;
		}
		return new RespClient(socket);
	}

	get closed(): boolean {
		return this.#closed;
	}

	/** Sends a command; rejects when the server replies with an error, or not in time. */
	call(args: readonly (string | number)[], timeoutMs = 10_000): Promise<Reply> {
		if (this.#closed) return Promise.reject(new Error("the connection was closed"));
		const parts = args.map((arg) => `$${Buffer.byteLength(String(arg))}\r\n${arg}\r\n`);
		this.#socket.write(`*${args.length}\r\n${parts.join("")}`);
		return new Promise((resolve, reject) => {
			const timer = setTimeout(() => this.close(`no reply to ${args[0]} within ${timeoutMs} ms`), timeoutMs);
			this.#waiting.push({
				done: (reply) => {
					clearTimeout(timer);
					resolve(reply);
				},
				failed: (error) => {
					clearTimeout(timer);
					reject(error);
				},
			});
		});
	}

	close(reason = "closed by the test"): void {
		this.#socket.destroy();
		this.#end(new Error(reason));
	}

	#end(error: Error): void {
		this.#closed = true;
		const waiting = this.#waiting;
		this.#waiting = [];
		for (const { failed } of waiting) failed(error);
	}

	#read(chunk: Buffer): void {
		this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
		for (;;) {
			const parsed = parse(this.#bytes, 0);
			if (parsed === undefined) return;
			this.#bytes = this.#bytes.subarray(parsed.end);
			const waiting = this.#waiting.shift();
			if (parsed.value instanceof ReplyError) waiting?.failed(parsed.value);
			else waiting?.done(parsed.value);
		}
	}
}

interface Parsed {
	readonly value: Reply | ReplyError;
	readonly end: number;
}

/** The reply that begins at a position; undefined while some of it has not come. */
function parse(bytes: Buffer, at: number): Parsed | undefined {
	const eol = bytes.indexOf("\r\n", at);
	if (eol < 0) return undefined;
	const text = bytes.toString("utf8", at + 1, eol);
	const next = eol + 2;
	switch (String.fromCharCode(bytes[at] ?? 0)) {
		case "+":
			return { value: text, end: next };
		case "-":
			return { value: new ReplyError(text), end: next };
		case ":":
			return { value: Number(text), end: next };
		case "$": {
			const length = Number(text);
			if (length < 0) return { value: null, end: next };
			if (bytes.length < next + length + 2) return undefined;
			return { value: bytes.toString("utf8", next, next + length), end: next + length + 2 };
		}
		case "*": {
			const items: Reply[] = [];
			let end = next;
			for (let i = 0; i < Number(text); i++) {
				const item = parse(bytes, end);
				if (item === undefined) return undefined;
				items.push(item.value instanceof ReplyError ? item.value.message : item.value);
				end = item.end;
			}
			return { value: Number(text) < 0 ? null : items, end };
		}
		default:
			throw new Error(`not RESP: ${JSON.stringify(bytes.toString("latin1", at, at + 40))}`);
	}
}
