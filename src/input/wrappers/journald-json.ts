import { maskSecrets } from "../secrets.ts";
import { jsonWrapper, text } from "./json.ts";
import { syslogFront, syslogNode } from "./syslog-parts.ts";
import { outerTime } from "./times.ts";

/** `journalctl -o json`. */
export const journaldJson = jsonWrapper("journald-json", (record) => {
	const said = messageOf(record["MESSAGE"]);
	if (said === undefined) return undefined;
	const message = maskSecrets(said);
	const time = outerTime(record["_SOURCE_REALTIME_TIMESTAMP"] ?? record["__REALTIME_TIMESTAMP"]);
	const ident = text(record, ["SYSLOG_IDENTIFIER", "_COMM", "CONTAINER_NAME"]) ?? "";
	const priority = Number(record["PRIORITY"] ?? Number.NaN);
	const stamp = time === null ? undefined : { ms: time, year: true, zone: 0, precision: 1 };
	const pid = text(record, ["_PID", "SYSLOG_PID"]);
	const host = text(record, ["CONTAINER_NAME", "_HOSTNAME"]);
	return {
		text: message,
		outerTime: time,
		node:
			host === undefined
				? null
				: syslogNode(host, host === record["CONTAINER_NAME"] ? "redis" : ident || "redis"),
		front: () => syslogFront(ident, pid, stamp, Number.isNaN(priority) ? undefined : priority, message),
	};
});

/** Lines that are not clean UTF-8 come as a list of bytes. */
function messageOf(value: unknown): string | undefined {
	if (typeof value === "string") return value;
	if (!Array.isArray(value) || !value.every((byte) => typeof byte === "number")) return undefined;
	return Buffer.from(value).toString("utf8");
}
