import { type FileHandle, open, stat } from "node:fs/promises";
import { isTar } from "./archive.ts";
import { packing } from "./bytes.ts";
import { CHUNK } from "./lines.ts";

/** So many first bytes tell whether a file is still the one it was. */
const HEAD = 256;

/** What a look at a file brought. */
export interface Grown {
	readonly chunks: readonly Buffer[];
	/** True where there is more to be read at once. */
	readonly more: boolean;
	/** True where the chunks begin another file: one of the same name, or the same cut and begun anew. */
	readonly anew: boolean;
}

const nothing: Grown = { chunks: [], more: false, anew: false };

/**
 * Reads a file as it grows. When another takes its name (rotation) the old one is read to its end
 * first; when it is cut in place (copytruncate) it is read from its begin. It may be gone for a while.
 */
export class Tail {
	readonly #name: string;
	#handle: FileHandle | undefined;
	#inode: number | undefined;
	#position = 0;
	#head = Buffer.alloc(0);
	#modified = 0;

	constructor(name: string) {
		this.#name = name;
	}

	/** Whether the file is packed or an archive, so that it cannot grow: it is read as a whole instead. */
	static async isPacked(name: string): Promise<boolean> {
		const handle = await open(name);
		try {
			const { buffer, bytesRead } = await handle.read(Buffer.alloc(512), 0, 512, 0);
			const head = buffer.subarray(0, bytesRead);
			return isTar(head) || !["plain", "utf-8"].includes(packing(head));
		} finally {
			await handle.close();
		}
	}

	/** What has come since the last look. Throws where the file cannot be read, but not where it is gone. */
	async look(): Promise<Grown> {
		const there = await stat(this.#name).catch((error: unknown) => {
			if (this.#handle !== undefined) return undefined;
			throw error;
		});
		if (this.#handle === undefined) return this.#begin();
		const rest = await this.#read();
		if (rest.chunks.length > 0) return rest;
		if (there === undefined) return nothing;
		if (there.ino !== this.#inode) {
			await this.close();
			return this.#begin();
		}
		const changed = there.mtimeMs !== this.#modified;
		this.#modified = there.mtimeMs;
		if (there.size >= this.#position && !(changed && (await this.#isOther()))) return nothing;
		this.#position = 0;
		this.#head = Buffer.alloc(0);
		return { ...(await this.#read()), anew: true };
	}

	async close(): Promise<void> {
		const handle = this.#handle;
		this.#handle = undefined;
		await handle?.close();
	}

	async #begin(): Promise<Grown> {
		const anew = this.#inode !== undefined;
		this.#handle = await open(this.#name);
		const { ino, mtimeMs } = await this.#handle.stat();
		this.#inode = ino;
		this.#modified = mtimeMs;
		this.#position = 0;
		this.#head = Buffer.alloc(0);
		return { ...(await this.#read()), anew };
	}

	async #read(): Promise<Grown> {
		const handle = this.#handle as FileHandle;
		const { buffer, bytesRead } = await handle.read(Buffer.alloc(CHUNK), 0, CHUNK, this.#position);
		if (bytesRead === 0) return nothing;
		// It may have been cut and have grown beyond where it was read: then this is the midst of it.
		if (this.#position > 0 && (await this.#isOther())) {
			this.#position = 0;
			this.#head = Buffer.alloc(0);
			return { ...(await this.#read()), anew: true };
		}
		const chunk = buffer.subarray(0, bytesRead);
		if (this.#head.length < HEAD && this.#position === this.#head.length) {
			this.#head = Buffer.concat([this.#head, chunk.subarray(0, HEAD - this.#head.length)]);
		}
		this.#position += bytesRead;
		return { chunks: [chunk], more: bytesRead === CHUNK, anew: false };
	}

	async #isOther(): Promise<boolean> {
		const length = this.#head.length;
		const { buffer, bytesRead } = await (this.#handle as FileHandle).read(Buffer.alloc(HEAD), 0, length, 0);
		return bytesRead < length || !buffer.subarray(0, length).equals(this.#head);
	}
}
