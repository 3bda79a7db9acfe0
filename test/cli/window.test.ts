import { expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { scenarios } from "../fixture.ts";
import { rlog } from "./run.ts";

const { folder: cwd = "", files = [] } = scenarios.find(({ name }) => name === "many-faults-8.6") ?? {};

async function analyzed(...flags: string[]): Promise<Report> {
	const { stdout, code } = await rlog(["analyze", "-f", "json", ...flags, ...files], { cwd });
	expect(code).toBe(0);
	return JSON.parse(stdout);
}

const ids = ({ resyncs }: Report): number[] => resyncs.map(({ id }) => id);

test("a window keeps the resyncs that reach into it, with their numbers, and what follows from them", async () => {
	const whole = await analyzed();
	const part = await analyzed("--around", "#8±1s");
	expect(ids(part)).toEqual([5, 6, 7, 8, 9, 10, 11]);
	for (const resync of part.resyncs) expect(resync).toEqual(whole.resyncs[resync.id - 1]);
	expect(part.summary).toMatchObject({
		full: 1,
		partial: 6,
		failed: 0,
		open: 0,
		from: "2026-11-21T20:31:02.838Z",
		to: "2026-11-21T20:31:05.218Z",
	});
	expect(part.summary.text).toContain(
		'In the window: 21 Nov 2026, 20:31:02.838 – 20:31:05.218 (from "--around #8±1s"); 16 resyncs are outside of it.',
	);
	expect(part.findings.map(({ code }) => code)).toEqual(["split-brain", "data-discarded"]);
	expect(part.findings.flatMap(({ resyncs }) => resyncs).every((id) => ids(part).includes(id))).toBe(true);
	expect(part.ledger.fullResyncs).toBe(1);
});

test("windows are open at either end", async () => {
	const all = await analyzed();
	const before = await analyzed("--until", "20:31:05.5");
	const after = await analyzed("--since", "20:31:05.5");
	expect([...ids(before), ...ids(after)]).toEqual(ids(all));
	expect(ids(await analyzed("--since", "2030-01-01"))).toEqual([]);
	expect((await analyzed("--since", "2030-01-01")).summary.text).toContain(
		'No resync in this window. In the window: since 1 Jan 2030 00:00:00 (from "--since 2030-01-01")',
	);
});

test("gates and every format see the window only", async () => {
	const gate = await rlog(["analyze", "--fail-on", "full:backlog-overrun", "--since", "20:31", ...files], {
		cwd,
	});
	expect(gate.code).toBe(0);
	const html = await rlog(["analyze", "-f", "html", "--since", "20:31:10", ...files], { cwd });
	expect(html.stdout).toContain('id="r15"');
	expect(html.stdout).not.toContain('id="r4"');
});

test("a file that grows has no end that times could be told from", async () => {
	const { code, stderr } = await rlog(["analyze", "--follow", "--since", "-1h", ...files], { cwd });
	expect({ code, stderr }).toEqual({
		code: 1,
		stderr: "rlog: --follow takes no --since, --until or --around\n",
	});
});
