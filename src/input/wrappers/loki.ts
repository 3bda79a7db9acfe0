import { asRecord, at, jsonWrapper, text } from "./json.ts";
import { ISO, outerTime } from "./times.ts";
import type { JsonRecord, Wrapper } from "./wrapper.ts";

const line = new RegExp(`^(${ISO}) \\{([^{}]*)\\}\\s+(.*)$`);
const podLabels = ["pod", "instance", "pod_name", "host", "hostname", "container_name", "container", "app"];

function nodeOf(labels: JsonRecord): string | null {
	const pod = text(labels, podLabels) ?? null;
	const container = at(labels, "container");
	return pod !== null && typeof container === "string" && container !== pod ? `${pod}/${container}` : pod;
}

/** `logcli query`: `2026-11-21T20:39:14Z {pod="redis-0"} …`. */
export const loki: Wrapper = {
	name: "loki",
	open(line_) {
		const found = line.exec(line_);
		if (found === null) return undefined;
		const labels: Record<string, string> = {};
		for (const label of (found[2] as string).matchAll(/(?<!\w)(\w{1,256})="([^"]*)"/g))
			labels[label[1] as string] = label[2] as string;
		return { text: found[3] as string, outerTime: outerTime(found[1]), node: nodeOf(labels) };
	},
};

/** `logcli query -o jsonl` and exports of Grafana: `{"labels":{…},"line":"…","timestamp":"…"}`. */
export const lokiJson = jsonWrapper("loki", (record) => {
	const inner = record["line"];
	if (typeof inner !== "string" || typeof record["input"] === "string") return undefined;
	const labels = asRecord(record["labels"]) ?? asRecord(record["fields"]) ?? asRecord(record["stream"]);
	return {
		text: inner.replace(/\r?\n$/, ""),
		outerTime: outerTime(record["timestamp"] ?? record["ts"] ?? record["date"]),
		node: labels === undefined ? null : nodeOf(labels),
	};
});
