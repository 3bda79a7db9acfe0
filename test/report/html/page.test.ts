import { createHash } from "node:crypto";
import { runInNewContext } from "node:vm";
import { beforeAll, describe, expect, test } from "vitest";
import type { Report } from "../../../src/model/report.ts";
import { formatOfFile, renderReport } from "../../../src/report/formats.ts";
import { chart } from "../../../src/report/html/chart.ts";
import { type PageData, pageData } from "../../../src/report/html/data.ts";
import { safeData } from "../../../src/report/safe.ts";
import { nothing, sample } from "../sample.ts";
import { tellScenario } from "../timeline/tell.ts";
import { evil, hostile, many, poisoned, withInfo } from "./samples.ts";

const render = (report: Report): Promise<string> => renderReport(report, "html");
const block = (html: string, tag: "style" | "script"): string[] =>
	[...html.matchAll(new RegExp(`<${tag}[^>]*>(.*?)</${tag}>`, "gs"))].map((m) => m[1] as string);
const policyOf = (html: string): string =>
	(/http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? "").replaceAll("&#39;", "'");
const sha256 = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
const dataOf = (html: string): PageData => JSON.parse(block(html, "script")[0] as string);

const failover = (await tellScenario("sentinel-failover-7.2")).report;
const pages: Readonly<Record<string, Report>> = {
	sample,
	nothing,
	hostile,
	"a failover": failover,
	"a hostile failover": poisoned(failover),
	"with INFO": withInfo,
	"many resyncs": many(1000),
};

test("files that end in .html are such pages", () => {
	expect(["a.html", "a.HTM"].map(formatOfFile)).toEqual(["html", "html"]);
});

describe.each(Object.entries(pages))("the page of %s", (_, report) => {
	let html = "";
	beforeAll(async () => {
		html = await render(report);
	});

	test("its policy forbids all but its own style and script, by their hashes", () => {
		const policy = policyOf(html);
		expect(policy).toMatch(
			/^default-src 'none'; style-src 'sha256-[^ ;]+'; script-src 'sha256-[^ ;]+'; base-uri 'none'; form-action 'none'$/,
		);
		expect(policy).toContain(`style-src ${sha256(block(html, "style")[0] as string)}`);
		const script = block(html, "script").at(1);
		if (script !== undefined) expect(policy).toContain(`script-src ${sha256(script)}`);
		expect(html.indexOf("Content-Security-Policy")).toBeLessThan(html.indexOf("<style>"));
	});

	test("it holds one style, its data and one script, and no handler or style in an attribute", () => {
		expect(block(html, "style")).toHaveLength(1);
		expect(html.match(/<script\b/g)?.length ?? 0).toBe(report.nodes.length > 0 ? 2 : 0);
		const markup = html.replace(/<(script|style)\b.*?<\/\1>/gs, "");
		expect(markup.replace(/"[^"]*"/g, '""')).not.toMatch(
			/<[^>]*\s(on\w+|style|src|srcset|srcdoc|action|formaction|xlink:href)\s*=/i,
		);
		expect(
			[...markup.matchAll(/\shref="([^"]*)"/g)].map((m) => m[1]).filter((href) => !href?.startsWith("#")),
		).toEqual([]);
		expect(markup).not.toMatch(
			/<(img|iframe|object|embed|link|base|form|input|foreignObject|image|use|animate|set)\b/i,
		);
	});

	test("it names no address that a browser would ask", () => {
		const script = block(html, "script").at(1) ?? "";
		expect(script.replaceAll("http://www.w3.org/2000/svg", "")).not.toMatch(
			/https?:|fetch\(|XMLHttp|WebSocket|import\(|eval|innerHTML|Function\(|document\.write/,
		);
		expect(block(html, "style")[0]).not.toMatch(/@import|url\((?!"#)/);
	});

	test("each place that it links to is there, or is built when it is asked for", () => {
		const ids = new Set([...html.matchAll(/\sid="([^"]*)"/g)].map((m) => m[1]));
		const missing = [...html.matchAll(/\shref="#([^"]*)"/g)]
			.map((m) => m[1] as string)
			.filter((id) => !ids.has(id) && !/^r\d+$/.test(id));
		expect(missing).toEqual([]);
		const twice = [...html.matchAll(/\sid="([^"]*)"/g)]
			.map((m) => m[1])
			.filter((id, i, all) => all.indexOf(id) !== i);
		expect(twice).toEqual([]);
	});

	test("elements are closed in the order in which they were opened", () => {
		const open: string[] = [];
		const markup = html
			.replace(/<(script|style)\b.*?<\/\1>/gs, "")
			.replace(/<!doctype html>|<meta[^>]*>/g, "");
		for (const [, slash, tag, rest] of markup.matchAll(/<(\/?)([a-zA-Z0-9]+)([^>]*)>/g)) {
			if (slash !== "/") rest?.endsWith("/") || open.push(tag as string);
			else expect(tag).toBe(open.pop());
		}
		expect(open).toEqual([]);
	});
});

test("it has the sections of the text report", async () => {
	const html = await render(sample);
	for (const title of ["Answer", "Timeline", "Nodes", "Findings", "Resyncs", "Problems", "Inputs"])
		expect(html).toContain(`>${title}</h2>`);
	for (const text of [
		sample.summary.text,
		"backlog-overrun",
		"link-flapping",
		"Set repl-backlog-size",
		"primary.log:36",
		"Connection refused.",
		"INFO replication of the primary",
		"notes.txt",
	]) {
		expect(html).toContain(text.replace(/"/g, "&quot;"));
	}
});

test("failovers, histories and cost stand below the resyncs", async () => {
	const html = await render(failover);
	for (const title of ["Failovers", "Histories", "Cost"]) expect(html).toContain(`>${title}</h2>`);
	for (const text of [
		"Sentinel failover of mymaster: primary → replica1",
		"leader sentinel3",
		"old primary",
		"shifted by replica1 at offset 482",
		"without redundancy",
	]) {
		expect(html).toContain(text);
	}
	expect(await render(sample)).not.toContain(">Failovers</h2>");
});

test("what a log says stays text: nothing of it is markup, script or direction", async () => {
	const html = await render(hostile);
	expect(html).not.toMatch(/<img|<svg onload|<!--/);
	expect(html.replace(block(html, "script")[0] as string, "")).not.toContain("' onmouseover=");
	expect(html.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
	const data = dataOf(html);
	expect(data.texts.join("\n")).toContain("</script><img src=x onerror=alert(1)>");
	expect(data.lanes[0]?.name).toContain("\\u2028");
	expect(evil).toContain("\u202e");
	expect(data.lanes[0]?.name).not.toContain("\u202e");
});

test("the function that draws runs from its own text alone", () => {
	const data = pageData(
		safeData(withInfo),
		withInfo.resyncs.map((one) => [one]),
		0,
	);
	const view = { from: data.from, to: data.to, width: 900 };
	const drawn = runInNewContext(
		`(${chart.toString()})(${JSON.stringify(data)}, ${JSON.stringify(view)})`,
		{},
	);
	expect(JSON.parse(JSON.stringify(drawn))).toEqual(JSON.parse(JSON.stringify(chart(data, view))));
});

test("a long list is written out in part, the rest is data", async () => {
	const report = many(10_000);
	const begin = performance.now();
	const html = await render(report);
	expect(performance.now() - begin).toBeLessThan(10_000);
	expect(html.match(/<article/g)?.length).toBeLessThan(310);
	expect(html.length).toBeLessThan(16_000_000);
	const data = dataOf(html);
	expect(data.resyncs).toHaveLength(10_000);
	const first = data.blocks.reduce((most, block) => Math.max(most, block), -1) + 1 - data.more.length;
	expect(data.more.flat().every((id) => (data.blocks[id] ?? -1) >= first)).toBe(true);
});
