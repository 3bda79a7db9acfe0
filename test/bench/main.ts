import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { casesOf, type Setting } from "./cases.ts";
import { interleaved } from "./measure.ts";
import { type Ran, summary, writeResults } from "./results.ts";

const help = `npm run bench -- [options] [case…]

  --scale N    size of the logs; 1 is full size, 0.05 is enough for a look (default 1)
  --runs N     runs of each command (default 5)
  --seed N     of the generated logs (default 1)
  --folder F   where to write the logs (default: the folder for temporary files)
  --keep       leave the logs there

RESULTS.md is only written by a run of all cases at full size.
`;

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		scale: { type: "string", default: "1" },
		runs: { type: "string", default: "5" },
		seed: { type: "string", default: "1" },
		folder: { type: "string", default: tmpdir() },
		keep: { type: "boolean", default: false },
		help: { type: "boolean", short: "h", default: false },
	},
});

function bench(checkout: string): void {
	const scale = Number(values.scale);
	const runs = Math.max(1, Number(values.runs));
	const folder = mkdtempSync(join(resolve(values.folder), "rlog-bench-"));
	const setting: Setting = { folder, rlog: join(checkout, "bin/rlog.js"), checkout, scale, seed: Number(values.seed), startUp: 0 };
	const ran: Ran[] = [];
	try {
		const cases = casesOf(setting);
		const wanted = cases.filter(([name]) => name === "start-up" || positionals.length === 0 || positionals.includes(name));
		for (const [, make] of wanted) {
			const run = make();
			const taken = interleaved(run.commands, Math.max(runs, run.rounds ?? 0), join(folder, "peak"));
			const find = (name: string) => {
				const found = taken.find((t) => t.name === name);
				if (found === undefined) throw new Error(`no command ${name}`);
				return found;
			};
			ran.push({ run, taken, figures: run.figures(find) });
			console.log(`${summary(ran.at(-1) as Ran)}\n`);
		}
		if (wanted.length === cases.length && scale === 1 && runs >= 5)
			writeResults(join(checkout, "test/bench/RESULTS.md"), ran, `${runs} runs of each.`);
	} finally {
		if (!values.keep) rmSync(folder, { recursive: true, force: true });
	}
}

if (values.help) process.stdout.write(help);
else bench(process.cwd());
