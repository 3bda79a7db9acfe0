import { describe, expect, test } from "vitest";
import { type Format, formatNames, formatOfFile, renderReport } from "../../src/report/formats.ts";
import { flapping, nodes, nothing, overrun, sample } from "./sample.ts";
import { tellScenario } from "./timeline/tell.ts";

/** What someone may have put into a client's name, a host or a file name. */
const evil =
	"</details><script>alert(1)</script> | [x](http://evil) ![i](x) `code` **b** \"q\" 'a' & <!-- ]]> @all #1 www.evil.com\n::error::x\n%0A::set-output a,b:c \u001b[2J \u202e ##vso[task.setvariable]";
const hostile = {
	...sample,
	inputs: sample.inputs.map((input) => ({ ...input, name: evil, unrecognised: 1 })),
	nodes: nodes.map((node) => ({ ...node, name: evil, addresses: [evil] })),
	resyncs: [
		{
			...overrun,
			cause: { ...overrun.cause, text: evil },
			trigger: { ...overrun.trigger, text: evil },
			request: { replid: evil, offset: 1 },
			evidence: overrun.evidence.map((one) => ({ ...one, input: evil, text: evil })),
			remedy: [evil],
			missing: [evil],
		},
	],
	findings: [
		{
			...flapping,
			text: evil,
			remedy: [evil],
			evidence: [{ ...overrun.evidence[0], input: evil, text: evil }],
		},
	],
	problems: [{ code: evil, input: evil, text: evil }],
	summary: { ...sample.summary, text: evil },
} as typeof sample;

test("files are of the format that their extension says", () => {
	expect(["a.json", "a.MD", "b/c.xml", "x.sarif", "x.ndjson", "x.txt"].map(formatOfFile)).toEqual([
		"json",
		"markdown",
		"junit",
		"sarif",
		"ndjson",
		"text",
	]);
	expect(["report", "a.doc", "a.json/b"].map(formatOfFile)).toEqual([undefined, undefined, undefined]);
});

describe.each(formatNames)("%s", (format: Format) => {
	test("equal reports give equal bytes", async () => {
		expect(await renderReport(sample, format)).toBe(await renderReport(structuredClone(sample), format));
	});

	test("a report of nothing is one, too", async () => {
		const text = await renderReport(nothing, format);
		expect(text).toContain("No resync in these logs.");
		expect(text.endsWith("\n")).toBe(true);
	});

	test("nothing of a log steers a terminal or a CI system", async () => {
		const text = await renderReport(hostile, format);
		expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
		expect(text).not.toMatch(/##vso\[/);
		if (format !== "github") expect(text).not.toMatch(/::(error|set-output)\b[^:\n]*::/);
	});
});

test("ndjson: one record a line, what it is said first", async () => {
	const lines = (await renderReport(sample, "ndjson")).trimEnd().split("\n");
	const records = lines.map((line) => JSON.parse(line));
	expect(records.map(({ record }) => record)).toEqual([
		"report",
		...sample.inputs.map(() => "input"),
		...sample.nodes.map(() => "node"),
		...sample.resyncs.map(() => "resync"),
		"finding",
		"problem",
		"ledger",
	]);
	const { record, ...last } = records.find(({ id, record: what }) => what === "resync" && id === 7);
	expect({ record, last }).toEqual({ record: "resync", last: overrun });
});

describe("junit", () => {
	const entity = /&(?!(?:amp|lt|gt|quot|apos);)/;

	/** Reads XML strictly enough to know that it is well formed; gives the names of its elements. */
	function elements(xml: string): string[] {
		const open: string[] = [];
		const seen: string[] = [];
		const tags = /<(\/?)([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>/g;
		const text = xml
			.replace(/^<\?xml[^?]*\?>\n/, "")
			.replace(tags, (_tag, close, name, _attributes, empty) => {
				if (close) expect(open.pop()).toBe(name);
				else if (!empty) open.push(name);
				if (!close) seen.push(name);
				return "";
			});
		expect(open).toEqual([]);
		expect(text).not.toMatch(/[<>]/);
		expect(xml).not.toMatch(entity);
		return seen;
	}

	test("well formed, whatever a log holds", async () => {
		expect(elements(await renderReport(hostile, "junit"))).not.toContain("script");
	});

	test("an avoidable full resync fails, a partial or a first one passes", async () => {
		const xml = await renderReport(sample, "junit");
		expect(elements(xml).filter((name) => name === "testcase")).toHaveLength(9);
		expect(xml).toContain('tests="9" failures="2" errors="1" skipped="0"');
		expect(xml).toMatch(/<testcase name="#7 full: backlog-overrun"[^>]*><failure/);
		expect(xml).toMatch(/<testcase name="#1 full: first-sync"[^>]*><system-out/);
	});
});

describe("sarif", () => {
	test("results point at the file and line that decide", async () => {
		const [run] = JSON.parse(await renderReport(sample, "sarif")).runs;
		const result = run.results.find(
			({ properties }: { properties: { resync?: number } }) => properties.resync === 7,
		);
		expect(result).toMatchObject({ ruleId: "cause/backlog-overrun", level: "warning" });
		expect(result.locations[0].physicalLocation).toEqual({
			artifactLocation: { uri: "primary.log" },
			region: { startLine: 36 },
		});
		expect(run.tool.driver.rules[result.ruleIndex].id).toBe("cause/backlog-overrun");
		expect(run.results).toHaveLength(8);
	});

	test("names of files become URIs, and no message a link", async () => {
		const [run] = JSON.parse(await renderReport(hostile, "sarif")).runs;
		const [result] = run.results;
		expect(result.locations[0].physicalLocation.artifactLocation.uri).toMatch(/^[\w%./!~*'()-]+$/);
		expect(result.message.text).toContain("\\[x\\](http://evil)");
		const absolute = { ...sample, problems: [{ code: "x", input: "/var/log/a b.log", text: "x" }] };
		const [other] = JSON.parse(await renderReport(absolute, "sarif")).runs;
		const [notification] = other.invocations[0].toolExecutionNotifications;
		expect(notification.locations[0].physicalLocation.artifactLocation.uri).toBe("file:///var/log/a%20b.log");
	});
});

describe("github", () => {
	test("every line is one annotation of ours", async () => {
		const lines = (await renderReport(hostile, "github")).trimEnd().split("\n");
		expect(lines).toHaveLength(4);
		for (const line of lines)
			expect(line).toMatch(/^::(notice|warning|error) (file=[^:,]+,line=\d+,)?title=[^:,]+::/);
	});

	test("equal resyncs are one annotation", async () => {
		const lines = (await renderReport(sample, "github")).trimEnd().split("\n");
		expect(lines.filter((line) => line.includes("within-backlog"))).toHaveLength(1);
		expect(lines).toContainEqual(expect.stringMatching(/^::warning file=primary\.log,line=36,title=#7 /));
	});
});

describe("markdown", () => {
	/** The text without its code, which is shown as it is. */
	const withoutCode = (text: string): string => text.replace(/(?<![\\`])(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, "");

	test("nothing of a log becomes markup", async () => {
		const text = withoutCode(await renderReport(hostile, "markdown"));
		const tags = text.match(/(?<!\\)<[^>]*>/g) ?? [];
		expect(new Set(tags)).toEqual(
			new Set(["<!-- -->", "<details>", "<summary>", "</summary>", "</details>"]),
		);
		expect(text).not.toMatch(/(?<!\\)[[\]]/);
		expect(text).not.toMatch(/[@#]\w|:\/\/|www\./);
		expect(text).not.toMatch(/(?<!\\)\*\*b/);
	});

	test("rows of tables keep their cells", async () => {
		const tables = (await renderReport(hostile, "markdown")).match(/(?:^\|.*\n)+/gm) ?? [];
		const cells = tables.map((rows) =>
			rows
				.trim()
				.split("\n")
				.map((line) => line.match(/(?<!\\)\|/g)?.length),
		);
		expect(cells).toHaveLength(3);
		for (const rows of cells) expect(new Set(rows).size).toBe(1);
	});

	test("has every section of the report", async () => {
		const text = await renderReport(sample, "markdown");
		for (const part of [
			"| Node |",
			"| No. |",
			"### Resync 7: full, backlog-overrun",
			"### Findings",
			"### Problems",
		]) {
			expect(text).toContain(part);
		}
	});
});

describe("no format lacks a section that another has", () => {
	const told = (format: "text" | "html" | "markdown" | "junit"): Promise<string> =>
		tellScenario("sentinel-failover-7.2").then(({ report }) =>
			renderReport({ ...report, problems: sample.problems }, format, { detail: "verbose", width: 200 }),
		);

	test.each(["text", "html", "markdown"] as const)("%s", async (format) => {
		const text = (await told(format)).replaceAll("\\", "");
		for (const part of [
			"UTC",
			"reference",
			"±250 ms", // clocks
			"restarted-as-primary",
			"sentinel-command", // cause and trigger
			"Failovers",
			"Sentinel failover of mymaster",
			"clients told",
			"Histories",
			"shifted by replica1",
			"offsets 482–2936",
			"Cost",
			"without redundancy",
			"Findings",
			"failover-needs-full-resync",
			"Problems",
			sample.problems[0]?.text.slice(0, 20) ?? "none",
			"sentinel-log", // inputs
		]) {
			expect(text.replaceAll("server's time, zone not logged", "UTC").replaceAll("&#39;", "'")).toContain(
				part,
			);
		}
	});

	test("junit", async () => {
		const xml = await told("junit");
		for (const part of ["failover 1", "history 8cf8243e", "cost outages", "input "])
			expect(xml).toContain(`name="${part}`);
	});

	test.each(["json", "ndjson", "sarif"] as const)("%s", async (format) => {
		const { report } = await tellScenario("sentinel-failover-7.2");
		const text = await renderReport(report, format);
		// Texts of findings stand in SARIF's own results.
		const parts = [
			report.failovers[0]?.text,
			report.lineage[1]?.id,
			report.findings[0]?.text,
			report.summary.text,
		];
		for (const part of parts) expect(text).toContain(String(part));
		for (const key of ["withoutRedundancy", "boundMs", "replicationIds", "recognised"])
			expect(text).toContain(`"${key}"`);
	});

	test.each(["github", "lines"] as const)("%s", async (format) => {
		const { report } = await tellScenario("sentinel-failover-7.2");
		expect(await renderReport(report, format)).toContain(report.failovers[0]?.text.slice(0, 30));
	});
});
