import type { Report } from "../model/report.ts";

/**
 * Reads a report back from its JSON. Checked is what a comparison rests on: a report of another
 * version of rlog may have more, but never less. Throws with what is wrong.
 */
export function parseReport(json: string): Report {
	let value: unknown;
	try {
		value = JSON.parse(json);
	} catch {
		throw new Error("it is not JSON; write it with: rlog analyze -o report.json …");
	}
	const report = record(value, "it");
	const generator = record(report["generator"], "generator", true);
	if (generator?.["name"] !== "rlog")
		throw new Error("it is no report of rlog; write one with: rlog analyze -o report.json …");
	if (report["schemaVersion"] !== 1)
		throw new Error(`its schemaVersion is ${String(report["schemaVersion"])}; this rlog reads version 1`);
	for (const node of list(report, "nodes")) {
		string(node, "id", "nodes");
		string(node, "name", "nodes");
		list(node, "addresses", false);
		list(node, "replicationIds");
	}
	for (const resync of list(report, "resyncs")) {
		string(resync, "verdict", "resyncs");
		for (const why of ["cause", "trigger"]) string(record(resync[why], `resyncs[].${why}`), "code", why);
	}
	for (const finding of list(report, "findings")) {
		for (const key of ["code", "severity", "text"]) string(finding, key, "findings");
	}
	record(report["summary"], "summary");
	return value as Report;
}

type Data = Readonly<Record<string, unknown>>;

function record(value: unknown, name: string): Data;
function record(value: unknown, name: string, optional: true): Data | undefined;
function record(value: unknown, name: string, optional = false): Data | undefined {
	if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Data;
	if (optional) return undefined;
	throw new Error(`${name} is no object: it is no report of rlog, or only a part of one`);
}

function list(data: Data, key: string, objects = true): readonly Data[] {
	const value = data[key];
	if (!Array.isArray(value)) throw new Error(`${key} is no list: it is only a part of a report`);
	const items = value as readonly unknown[];
	return objects ? items.map((item) => record(item, `${key}[]`)) : (items as readonly Data[]);
}

function string(data: Data, key: string, where: string): void {
	if (typeof data[key] !== "string") throw new Error(`${where}: ${key} is missing`);
}
