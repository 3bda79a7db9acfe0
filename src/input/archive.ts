import { ReadableStream } from "node:stream/web";
import { createTarDecoder } from "modern-tar";

/** Bytes of the header that every member of a tar archive begins with, and where its checksum stands. */
const HEADER = 512;
const SUM = { from: 148, to: 156 } as const;

/** A file in an archive. Its bytes must be taken, or let go, before the next one. */
export interface Member {
	/** Its path in the archive. */
	readonly name: string;
	readonly bytes: AsyncIterable<Buffer>;
}

/** Whether bytes begin with the header of a tar archive: one whose checksum is right, of whatever age. */
export function isTar(head: Uint8Array): boolean {
	if (head.length < HEADER || head[0] === 0) return false;
	const digits = Buffer.from(head.buffer, head.byteOffset + SUM.from, SUM.to - SUM.from).toString("latin1");
	const said = /^ *([0-7]{1,7})[ \0]/.exec(digits)?.[1];
	if (said === undefined) return false;
	let sum = 32 * (SUM.to - SUM.from);
	for (let i = 0; i < HEADER; i++) if (i < SUM.from || i >= SUM.to) sum += head[i] as number;
	return sum === Number.parseInt(said, 8);
}

/** The first bytes of something, enough for `isTar`, and all of it again. */
export async function peek(
	chunks: AsyncIterable<Buffer>,
): Promise<{ readonly head: Buffer; readonly all: AsyncIterable<Buffer> }> {
	const from = chunks[Symbol.asyncIterator]();
	let head: Buffer = Buffer.alloc(0);
	let done = false;
	while (head.length < HEADER && !done) {
		const next = await from.next();
		done = next.done === true;
		if (next.done !== true) head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
	}
	return { head, all: again(head, from) };
}

async function* again(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
	if (head.length > 0) yield head;
	for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

/**
 * The files of a tar archive, one after the other as they come. Hidden ones are no logs; links, devices and
 * folders have no bytes. Throws where the archive is damaged or ends too early: after the files before that.
 */
export async function* tarMembers(chunks: AsyncIterable<Buffer>): AsyncGenerator<Member> {
	const entries = ReadableStream.from<Uint8Array>(chunks).pipeThrough(
		createTarDecoder({ strict: true }) as never,
	) as ReadableStream<{
		readonly header: { readonly name: string; readonly type?: string };
		readonly body: ReadableStream<Uint8Array>;
	}>;
	for await (const { header, body } of entries) {
		const name = header.name.replace(/^(?:\.?\/)+/, "");
		const isFile = (header.type ?? "file") === "file" && !/(?:^|\/)(?:\.|node_modules\/)/.test(name);
		if (isFile) yield { name, bytes: bytesOf(body) };
		if (!body.locked) await body.cancel();
	}
}

async function* bytesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Buffer> {
	for await (const chunk of body) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
}
