import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Report, Resync } from "../../../src/model/report.ts";
import { countersOf } from "./counters.ts";
import { reportOf } from "./judge.ts";
import { fieldsOf, type LiveNode } from "./node.ts";

/**
 * Gives rlog the servers' INFO beside their logs: it must find out whose it is, agree with its
 * counters, and not change its mind about any resync; and it must notice a counter that is wrong.
 */
export async function dumpDisagreements(nodes: readonly LiveNode[], folder: string): Promise<string[]> {
	const dumps = new Map<string, string>();
	for (const node of nodes) if (node.running && !node.sentinel) dumps.set(node.name, await node.infoText());
	const logs = nodes.flatMap((n) => n.logs);
	const files = write(folder, dumps);
	const without = await reportOf(logs);
	const report = await reportOf([...logs, ...files.values()]);
	const found: string[] = report.problems.map((p) => `with INFO: problem ${p.code}: ${p.text}`);
	for (const [name, file] of files) {
		const told = report.inputs.find((i) => i.name === file)?.node;
		if (told !== name) found.push(`the INFO of ${name} is told to be that of ${told}`);
	}
	for (const f of disagreeing(report)) found.push(`with INFO: ${f.node}: ${f.text}`);
	for (const [i, resync] of report.resyncs.entries()) {
		const before = without.resyncs[i];
		if (before === undefined || essence(before) !== essence(resync)) {
			found.push(`with INFO: ${essence(resync)}; without: ${before === undefined ? "nothing" : essence(before)}`);
		}
	}
	found.push(...(await wrongCounters(dumps, logs, folder)));
	return found;
}

/** One full resync more than a server has granted: the first server that has granted any. */
async function wrongCounters(dumps: ReadonlyMap<string, string>, logs: readonly string[], folder: string): Promise<string[]> {
	for (const [name, text] of dumps) {
		const { full } = countersOf(fieldsOf(text));
		if (full === 0) continue;
		const forged = new Map(dumps).set(name, text.replace(`sync_full:${full}`, `sync_full:${full + 1}`));
		const report = await reportOf([...logs, ...write(folder, forged).values()]);
		const noticed = disagreeing(report).map((f) => f.node);
		return noticed.length === 1 && noticed[0] === name ? [] : [`a full resync too many in ${name}'s INFO: noticed of ${noticed}`];
	}
	return [];
}

function write(folder: string, dumps: ReadonlyMap<string, string>): Map<string, string> {
	const place = mkdtempSync(join(folder, "info-"));
	return new Map(
		[...dumps].map(([name, text]) => {
			// Its name must not give away whose it is.
			const path = join(place, `${name.length}-${name.charCodeAt(0)}-${name.charCodeAt(name.length - 1)}.txt`);
			writeFileSync(path, text);
			return [name, path] as const;
		}),
	);
}

const disagreeing = (report: Report) => report.findings.filter((f) => f.code === "counters-disagree");

const essence = (r: Resync): string =>
	`#${r.id} ${r.replica} ← ${r.primary} ${r.verdict} ${r.cause.code} by ${r.trigger.code}`;
