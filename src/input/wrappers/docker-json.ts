import { jsonWrapper, text } from "./json.ts";
import { outerTime } from "./times.ts";

/** Docker cuts what a process writes into pieces of 16 KiB; all but the last have no line end. */
const PIECE = 16 * 1024;

/** Docker's json-file driver: `{"log":"…\n","stream":"stdout","time":"…"}`. */
export const dockerJson = jsonWrapper("docker-json", (record) => {
	const log = record["log"];
	if (typeof log !== "string" || !("stream" in record || "time" in record)) return undefined;
	return {
		text: log.replace(/\r?\n$/, ""),
		outerTime: outerTime(record["time"]),
		node: text(record, ["attrs.tag", "container_name", "kubernetes.pod_name"]) ?? null,
		more: log.length >= PIECE && !log.endsWith("\n"),
	};
});
