import { first, jsonWrapper, text } from "./json.ts";
import { outerTime } from "./times.ts";

const messagePaths = [
	"message",
	"log",
	"MESSAGE",
	"msg",
	"@message",
	"textPayload",
	"jsonPayload.message",
	"jsonPayload.log",
	"event.original",
	"body",
	"content",
	"attributes.message",
];
const timePaths = [
	"time",
	"@timestamp",
	"timestamp",
	"ts",
	"date",
	"_timestamp",
	"eventTime",
	"receiveTimestamp",
	"attributes.timestamp",
];
const podPaths = [
	"kubernetes.pod_name",
	"kubernetes.pod.name",
	"resource.labels.pod_name",
	"podName",
	"pod_name",
	"pod",
	"k8s.pod.name",
	"resource.k8s.pod.name",
];
const containerPaths = [
	"kubernetes.container_name",
	"kubernetes.container.name",
	"resource.labels.container_name",
	"containerName",
];
const hostPaths = [
	"container_name",
	"container.name",
	"CONTAINER_NAME",
	"host.name",
	"hostname",
	"_HOSTNAME",
	"host",
	"agent.hostname",
	"logStreamName",
	"node",
	"instance",
];

/** Vector, Fluent Bit, Fluentd, Filebeat, Cloud Logging …: a record with the line in one of its fields. */
export const jsonFields = jsonWrapper("json", (record) => {
	// A server's own JSON line has its message there too, without a front.
	if (typeof record["pid"] === "number" && typeof record["role"] === "string") return undefined;
	const message = text(record, messagePaths);
	if (message === undefined) return undefined;
	const pod = text(record, podPaths);
	const container = text(record, containerPaths);
	const node =
		pod === undefined ? text(record, hostPaths) : container === undefined ? pod : `${pod}/${container}`;
	return {
		text: message.replace(/\r?\n$/, ""),
		outerTime: outerTime(first(record, timePaths)),
		node: node ?? null,
	};
});
