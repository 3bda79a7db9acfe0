import { spawnSync } from "node:child_process";
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import process from "node:process";
import { openings } from "../../grammars/openings.ts";
import { type Size, type Written, writeLog, writeNodes } from "./logs.ts";
import type { Command, Taken } from "./measure.ts";

/** One line of the results: a figure and what it should be at most. */
export interface Figure {
	readonly what: string;
	readonly value: number;
	readonly target: number;
	readonly unit: "×" | "µs" | "MB" | "s";
}

/** Commands that are timed in turn, over the same logs, and what their times come to. */
export interface Case {
	readonly name: string;
	/** What it reads, for people. */
	readonly over: string;
	readonly commands: readonly Command[];
	readonly figures: (taken: (name: string) => Taken) => Figure[];
	/** Fewer rounds than asked for, where one takes long. */
	readonly rounds?: number;
}

export interface Setting {
	/** Where logs are written. */
	readonly folder: string;
	/** The built command line, and the checkout. */
	readonly rlog: string;
	readonly checkout: string;
	/** 1 for full size. */
	readonly scale: number;
	readonly seed: number;
	/** Median of `rlog analyze` of next to nothing, in milliseconds, once it is known. */
	startUp: number;
}

const GIB = 1024 ** 3;
const MB = 1e6;
const node = process.execPath;

const times = (what: string, a: Taken, b: number, target: number): Figure => ({ what, value: a.median / b, target, unit: "×" });
const peak = (taken: Taken, target: number): Figure => ({ what: "peak memory", value: (taken.peak ?? 0) / MB, target, unit: "MB" });

/** Makes the cases one after the other: each writes its logs when it is its turn. */
export function casesOf(setting: Setting): readonly [name: string, make: () => Case][] {
	const { folder, rlog, checkout, scale, seed } = setting;
	const analyze = (name: string, ...inputs: string[]): Command => ({ name, argv: [node, rlog, "analyze", ...inputs] });
	const literals = `${folder}/openings.txt`;
	writeFileSync(literals, `${openings().heads.join("\n")}\n`);
	const grep = (path: string): Command => ({ name: "grep -cF", argv: ["grep", "-cF", "-f", literals, path] });
	const bytes = (n: number): Size => ({ bytes: Math.round(n * scale) });
	const lines = (n: number): Size => ({ lines: Math.round(n * scale) });
	const over = ({ bytes, lines }: Written): string => `${(bytes / 1024 ** 2).toFixed(0)} MiB, ${lines.toLocaleString("en")} lines`;

	const startUp = (): Case => ({
		name: "start-up",
		over: "nothing; the two logs in fixtures/redis-ha",
		rounds: 15,
		commands: [
			{ name: "node -e 0", argv: [node, "-e", "0"] },
			{ name: "rlog --help", argv: [node, rlog, "--help"] },
			{ name: "rlog --version", argv: [node, rlog, "--version"] },
			{ name: "rlog analyze", argv: [node, rlog, "analyze", `${checkout}/fixtures/redis-ha/primary.log`, `${checkout}/fixtures/redis-ha/replica.log`] },
		],
		figures: (taken) => {
			setting.startUp = taken("rlog analyze").median;
			const bare = taken("node -e 0").median;
			return [
				times("--help / node -e 0", taken("rlog --help"), bare, 2),
				times("--version / node -e 0", taken("rlog --version"), bare, 2),
				times("analyze / node -e 0", taken("rlog analyze"), bare, 3.5),
			];
		},
	});

	const againstGrep = (name: "sparse" | "notice" | "docker", size: number, target: number, most?: number): Case => {
		const log = writeLog(`${folder}/${name}.log`, name, bytes(size), seed);
		return {
			name,
			over: over(log),
			commands: [grep(log.path), analyze("rlog", log.path)],
			figures: (taken) => [
				times("rlog / grep -cF", taken("rlog"), taken("grep -cF").median, target),
				...(most === undefined ? [] : [peak(taken("rlog"), most)]),
			],
		};
	};

	const dense = (): Case => {
		const log = writeLog(`${folder}/dense.log`, "dense", lines(1e6), seed);
		return {
			name: "dense",
			over: over(log),
			commands: [analyze("rlog", log.path)],
			figures: (taken) => [
				{ what: "a line, over start-up", value: ((taken("rlog").median - setting.startUp) * 1000) / log.lines, target: 6, unit: "µs" },
			],
		};
	};

	const storm = (): Case => {
		const log = writeLog(`${folder}/storm.log`, "storm", lines(1e6), seed);
		return {
			name: "storm",
			over: over(log),
			commands: [analyze("rlog", log.path)],
			figures: (taken) => [peak(taken("rlog"), 400)],
		};
	};

	const gzip = (): Case => {
		const log = writeLog(`${folder}/packed.log`, "sparse", bytes(GIB / 2), seed + 1);
		spawn("gzip", "-f", "-6", log.path);
		const packed = `${log.path}.gz`;
		return {
			name: "gzip",
			over: `${over(log)} in ${(statSync(packed).size / 1024 ** 2).toFixed(0)} MiB`,
			commands: [{ name: "zcat", argv: ["zcat", packed] }, analyze("rlog", packed)],
			figures: (taken) => [times("rlog / zcat", taken("rlog"), taken("zcat").median, 1.2)],
		};
	};

	const three = (): Case => {
		const logs = [1, 2, 3].map((n) => writeLog(`${folder}/node-${n}.log`, "sparse", bytes(GIB), seed + 10 + n));
		const singles = logs.map(({ path }, i) => analyze(`file ${i + 1}`, path));
		return {
			name: "three files",
			over: `3 of ${over(logs[0] as Written)}`,
			commands: [...singles, analyze("all three", ...logs.map(({ path }) => path))],
			figures: (taken) => {
				const sum = singles.reduce((total, { name }) => total + taken(name).median, 0);
				return [times("all three / sum of each", taken("all three"), sum, 0.6)];
			},
		};
	};

	const nodes = (): Case => {
		const made = [1e3, 1e5].map((n) => {
			const resyncs = n === 1e3 ? n : Math.round(n * scale);
			const path = `${folder}/nodes-${n}`;
			mkdirSync(path);
			return { name: `10^${Math.log10(n)}`, resyncs, log: writeNodes(path, 100, resyncs, seed) };
		});
		const per = (taken: Taken, resyncs: number): number => (taken.median - setting.startUp) / resyncs;
		return {
			name: "many nodes",
			over: `100 nodes, ${made.map(({ resyncs }) => resyncs.toLocaleString("en")).join(" and ")} resyncs; ${made.map(({ log }) => over(log)).join(" and ")}`,
			commands: made.map(({ name, log }) => analyze(name, log.path)),
			figures: (taken) => {
				const [few, many] = made as [(typeof made)[number], (typeof made)[number]];
				return [
					{ what: "all of it", value: taken(many.name).median / 1000, target: 10, unit: "s" },
					{ what: "a resync among many / among 1,000", value: per(taken(many.name), many.resyncs) / per(taken(few.name), few.resyncs), target: 1.5, unit: "×" },
				];
			},
		};
	};

	return [
		["start-up", startUp],
		["sparse", () => againstGrep("sparse", GIB, 1, 120)],
		["notice", () => againstGrep("notice", GIB, 1.5)],
		["docker", () => againstGrep("docker", GIB / 2, 4)],
		["gzip", gzip],
		["dense", dense],
		["storm", storm],
		["nodes", nodes],
		["three", three],
	];
}

function spawn(file: string, ...args: string[]): void {
	const { status, error } = spawnSync(file, args);
	if (error !== undefined) throw error;
	if (status !== 0) throw new Error(`${file} ended with ${status}`);
}
