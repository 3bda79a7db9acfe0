import { jsonWrapper, text } from "./json.ts";
import { ISO, outerTime } from "./times.ts";
import type { Wrapper } from "./wrapper.ts";

const line = new RegExp(`^(${ISO}) ([\\w./@$\\[\\]-]{1,512}) (.*)$`);

/** `aws logs tail`: `2026-11-21T20:39:14.531000+00:00 redis/redis-0 …`. */
export const cloudwatch: Wrapper = {
	name: "cloudwatch",
	open(text) {
		const found = line.exec(text);
		return found === null
			? undefined
			: { text: found[3] as string, outerTime: outerTime(found[1]), node: found[2] as string };
	},
};

/** An event of `aws logs get-log-events` or `filter-log-events`. */
export const cloudwatchJson = jsonWrapper("cloudwatch", (record) => {
	const message = text(record, ["message", "@message"]);
	const isEvent = "ingestionTime" in record || "logStreamName" in record || "@message" in record;
	if (message === undefined || !isEvent) return undefined;
	return {
		text: message.replace(/\r?\n$/, ""),
		outerTime: outerTime(record["timestamp"] ?? record["@timestamp"]),
		node: text(record, ["logStreamName", "@logStream"]) ?? null,
	};
});
