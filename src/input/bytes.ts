import { readSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { Readable } from "node:stream";
import type * as Zlib from "node:zlib";
import { isTar, peek, tarMembers } from "./archive.ts";
import { CHUNK } from "./lines.ts";
import { type Source, STDIN } from "./sources.ts";

/** Enough of a file to tell what it is. */
const HEAD = 512;
/** How often a file may be packed: there are files that unpack to themselves, for ever. */
const PACKED = 3;

/** How deep archives may lie in archives. */
const ARCHIVED = 2;

// Most logs are not packed, and it takes Node a while to load.
const loadZlib = (): Promise<typeof Zlib> => import("node:zlib");

/** What the first bytes of a file say about how the rest is packed. */
export type Packing = "gzip" | "zstd" | "utf-16le" | "utf-16be" | "utf-8" | "plain";

export function packing(head: Uint8Array): Packing {
	const [a, b, c, d] = head;
	if (a === 0x1f && b === 0x8b) return "gzip";
	if (a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd) return "zstd";
	if (a === 0xff && b === 0xfe) return "utf-16le";
	if (a === 0xfe && b === 0xff) return "utf-16be";
	if (a === 0xef && b === 0xbb && c === 0xbf) return "utf-8";
	return "plain";
}

/** A source, or a file in the archive that it is, with its bytes. */
export interface Part {
	readonly source: Source;
	readonly bytes: AsyncIterable<Buffer>;
}

/**
 * Opens a source and yields its bytes, unpacked; of an archive those of each file in it, as a source of its
 * own. Errors are thrown to the reader of the bytes, those of an archive itself to the reader of the parts.
 */
export async function* readParts(source: Source, stdin: Readable): AsyncGenerator<Part> {
	const { head, all } = await peek(readPlain(source, stdin));
	if (isTar(head)) yield* membersOf(source, all, ARCHIVED);
	else yield { source, bytes: all };
}

async function* membersOf(
	archive: Source,
	bytes: AsyncIterable<Buffer>,
	layers: number,
): AsyncGenerator<Part> {
	const seen = new Map<string, number>();
	for await (const member of tarMembers(bytes)) {
		// A name may come again: the file was added anew.
		const times = (seen.get(member.name) ?? 0) + 1;
		seen.set(member.name, times);
		const name = `${archive.name}/${member.name}${times === 1 ? "" : `#${times}`}`;
		const source: Source = {
			name,
			folder: archive.folder ?? archive.name,
			archive: archive.archive ?? archive,
		};
		const { head, all } = await peek(unpack(member.bytes[Symbol.asyncIterator]() as AsyncIterator<Buffer>));
		if (layers > 0 && isTar(head)) yield* membersOf(source, all, layers - 1);
		else yield { source, bytes: all };
	}
}

/**
 * Opens one source, which is no archive or a file in one, and yields its bytes, unpacked. Each chunk is good
 * until the next is asked for: its memory may be used again.
 */
export async function* readBytes(source: Source, stdin: Readable): AsyncGenerator<Buffer> {
	if (source.archive !== undefined) {
		for await (const part of readParts(source.archive, stdin)) {
			if (part.source.name !== source.name) continue;
			yield* part.bytes;
			return;
		}
		return;
	}
	yield* readPlain(source, stdin);
}

async function* readPlain(source: Source, stdin: Readable): AsyncGenerator<Buffer> {
	if (source.data !== undefined) {
		yield* unpack(dataBytes(source.data));
	} else if (source.name === STDIN) {
		yield* unpack(stdin[Symbol.asyncIterator]());
	} else {
		const file = await open(source.name);
		try {
			if (await isPlain(file)) yield* fileBytes(file);
			// Never opened again: a pipe's writer has gone by then.
			else yield* unpack(file.createReadStream({ highWaterMark: CHUNK, autoClose: false })[Symbol.asyncIterator]());
		} finally {
			await file.close();
		}
	}
}

/** Whether a file's bytes are looked at as they are. A pipe's first bytes are not there a second time. */
export async function isPlain(file: FileHandle): Promise<boolean> {
	if (!(await file.stat()).isFile()) return false;
	const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
	const head = buffer.subarray(0, bytesRead);
	return packing(head) === "plain" && !isTar(head);
}

/** Bytes of a file. Read at once: to hand over each piece to a thread takes longer than reading it. */
async function* fileBytes({ fd }: FileHandle): AsyncGenerator<Buffer> {
	const memory = Buffer.allocUnsafeSlow(CHUNK);
	for (let position = 0; ; ) {
		const length = readSync(fd, memory, 0, CHUNK, position);
		if (length === 0) return;
		position += length;
		// The last piece may be too short to be told from an archive's header: it is kept until more has come.
		yield length === CHUNK ? memory : Buffer.from(memory.subarray(0, length));
	}
}

/** Data at hand, in chunks that do not tie up memory when they are split into lines. */
async function* dataBytes(data: NonNullable<Source["data"]>): AsyncGenerator<Buffer> {
	if (typeof data !== "string" && !(data instanceof Uint8Array)) {
		for await (const chunk of data) yield toBuffer(chunk);
		return;
	}
	const bytes = toBuffer(data);
	for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK);
}

async function* unpack(chunks: AsyncIterator<Buffer | string>, layers = PACKED): AsyncGenerator<Buffer> {
	// Four bytes tell the packing; a pipe may hand them over one at a time.
	let head: Buffer = Buffer.alloc(0);
	while (head.length < 4) {
		const { value, done } = await chunks.next();
		if (done === true) break;
		head = head.length === 0 ? toBuffer(value) : Buffer.concat([head, toBuffer(value)]);
	}
	if (head.length === 0) return;
	const all = rest(head, chunks);
	const packed = packing(head);
	if ((packed === "gzip" || packed === "zstd") && layers === 0) {
		throw new Error(`it is packed more than ${PACKED} times over: unpack it first`);
	}
	switch (packed) {
		case "gzip":
			yield* unpack(through(all, (await loadZlib()).createGunzip({ chunkSize: CHUNK })), layers - 1);
			return;
		case "zstd":
			yield* unpack(through(all, zstd(await loadZlib())), layers - 1);
			return;
		case "utf-16le":
			yield* utf16(all, "utf-16le");
			return;
		case "utf-16be":
			yield* utf16(all, "utf-16be");
			return;
		case "utf-8":
			yield head.subarray(3);
			yield* rest(undefined, chunks);
			return;
		case "plain":
			yield* all;
	}
}

const toBuffer = (chunk: Uint8Array | string): Buffer =>
	typeof chunk === "string" ? Buffer.from(chunk) : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);

async function* rest(
	head: Buffer | undefined,
	chunks: AsyncIterator<Buffer | string>,
): AsyncGenerator<Buffer> {
	if (head !== undefined) yield head;
	for (let next = await chunks.next(); next.done !== true; next = await chunks.next())
		yield toBuffer(next.value);
}

function through(chunks: AsyncIterable<Buffer>, unpacker: NodeJS.ReadWriteStream): AsyncIterator<Buffer> {
	const from = Readable.from(chunks, { objectMode: false });
	const to = unpacker as unknown as Readable;
	from.on("error", (error) => to.destroy(error));
	from.pipe(unpacker);
	return to[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
}

// Node has zstd since 22.15; the types of the oldest supported Node do not know it.
function zstd(zlib: typeof Zlib): NodeJS.ReadWriteStream {
	const create = (zlib as unknown as Record<string, unknown>)["createZstdDecompress"];
	if (typeof create !== "function") {
		throw new Error(
			"it is packed with zstd, which this Node cannot unpack: run `zstd -d` on it, or use Node 22.15",
		);
	}
	return create() as NodeJS.ReadWriteStream;
}

/** PowerShell's `>` writes UTF-16. */
async function* utf16(
	chunks: AsyncIterable<Buffer>,
	encoding: "utf-16le" | "utf-16be",
): AsyncGenerator<Buffer> {
	const decoder = new TextDecoder(encoding);
	for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }));
	yield Buffer.from(decoder.decode());
}
