import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { ProgressLine } from "../../src/cli/progress.ts";
import { analyze } from "../../src/index.ts";
import type { Progress } from "../../src/input/index.ts";
import { primaryLog, replicaLog } from "./logs.ts";

const erase = "\r\u001b[K";

/** A line whose clock goes on by some time with each look at it. */
function lineOn(isTTY: boolean, step: number): { line: ProgressLine; written: string[] } {
	const written: string[] = [];
	let time = -step;
	const line = new ProgressLine({ isTTY, write: (text) => written.push(text) }, () => (time += step));
	return { line, written };
}

describe("the line that tells how far the reading is", () => {
	test("comes after a second, changes now and then, and goes again", () => {
		const { line, written } = lineOn(true, 100);
		for (let i = 1; i <= 14; i++) line.tell({ bytes: i * 1024 ** 2, inputs: 1, of: 3, threads: 1 });
		line.end();
		expect(written).toEqual([
			`${erase}reading … 10.0 MiB, 1 of 3 inputs`,
			`${erase}reading … 12.0 MiB, 1 of 3 inputs`,
			`${erase}reading … 14.0 MiB, 1 of 3 inputs`,
			erase,
		]);
	});

	test("says when all is read", () => {
		const { line, written } = lineOn(true, 2000);
		line.tell({ bytes: 5 * 1024 ** 3, inputs: 1, of: 1, threads: 0 });
		expect(written).toEqual([`${erase}analysing … 5.00 GiB`]);
	});

	test.each([
		["where nobody looks", false, 2000],
		["for work that is soon done", true, 10],
	])("is not shown %s", (_, tty, step) => {
		const { line, written } = lineOn(tty, step);
		for (let i = 1; i <= 20; i++) line.tell({ bytes: i, inputs: 0, of: 1, threads: 0 });
		line.end();
		expect(written).toEqual([]);
	});
});

test("reading tells how many bytes and inputs are read", async () => {
	const told: Progress[] = [];
	const inputs = [
		{ name: "a", data: primaryLog },
		{ name: "b", data: Readable.from([Buffer.from(replicaLog)]) },
	];
	await analyze(inputs, { onProgress: (progress) => told.push(progress) });
	expect(told.at(-1)).toEqual({ bytes: Buffer.byteLength(primaryLog + replicaLog), inputs: 2, of: 2, threads: 0 });
	expect(told.map(({ bytes }) => bytes)).toEqual(told.map(({ bytes }) => bytes).toSorted((a, b) => a - b));
});
