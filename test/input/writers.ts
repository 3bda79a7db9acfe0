/** The ways in which log shippers and viewers write a log: the reverse of what the wrappers read. */

export interface Line {
	readonly text: string;
	/** When the wrapper got it, UTC ms. */
	readonly at: number;
}

/** How one wrapper writes a log. */
export interface Writer {
	readonly name: string;
	/** What `LogStream.wrapper` must say. */
	readonly wrapper: string;
	/** What the stream must be called. */
	readonly label?: string;
	/** False where the wrapper writes no time that has a zone. */
	readonly timed?: boolean;
	readonly write: (lines: readonly Line[]) => string;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const iso = (ms: number): string => new Date(ms).toISOString();
const nano = (ms: number): string => iso(ms).replace("Z", "000000Z");
const seconds = (ms: number): string => iso(ms).slice(0, 19);
const bsd = (ms: number): string => {
	const date = new Date(ms);
	return `${months[date.getUTCMonth()]} ${String(date.getUTCDate()).padStart(2)} ${iso(ms).slice(11, 19)}`;
};
const each =
	(write: (line: Line) => string) =>
	(lines: readonly Line[]): string =>
		`${lines.map(write).join("\n")}\n`;
export const json = (value: unknown): string => JSON.stringify(value);

const dockerJson = ({ text, at }: Line): string =>
	json({ log: `${text}\n`, stream: "stdout", time: nano(at) });

export const writers: readonly Writer[] = [
	{ name: "Docker json-file", wrapper: "docker-json", write: each(dockerJson) },
	{
		name: "Docker json-file with Go's escapes",
		wrapper: "docker-json",
		write: each((line) => dockerJson(line).replaceAll("<", "\\u003c").replaceAll(">", "\\u003e")),
	},
	{
		name: "Docker json-file, newest first",
		wrapper: "docker-json",
		write: (lines) => each(dockerJson)(lines.toReversed()),
	},
	{
		name: "Docker json-file in a viewer's export, newest first",
		wrapper: "timestamp+docker-json",
		write: (lines) => each((line) => `${seconds(line.at)}+00:00\t${dockerJson(line)}`)(lines.toReversed()),
	},
	{ name: "CRI", wrapper: "cri", write: each(({ text, at }) => `${nano(at)} stdout F ${text}`) },
	{
		name: "CRI with pieces",
		wrapper: "cri",
		write: each(({ text, at }) => {
			const cut = Math.min(60, text.length - 1);
			return `${nano(at)} stdout P ${text.slice(0, cut)}\n${nano(at)} stdout F ${text.slice(cut)}`;
		}),
	},
	{
		name: "kubectl --timestamps",
		wrapper: "timestamp",
		write: each(({ text, at }) => `${nano(at)} ${text}`),
	},
	{
		name: "kubectl --prefix",
		wrapper: "kubectl-prefix",
		label: "redis-0",
		timed: false,
		write: each(({ text }) => `[pod/redis-0/redis] ${text}`),
	},
	{
		name: "kubectl --prefix --timestamps",
		wrapper: "kubectl-prefix+timestamp",
		label: "redis-0",
		write: each(({ text, at }) => `[pod/redis-0/redis] ${nano(at)} ${text}`),
	},
	{
		name: "stern",
		wrapper: "stern",
		label: "redis-0",
		timed: false,
		write: each(({ text }) => `redis-0 redis ${text}`),
	},
	{
		name: "stern with colours",
		wrapper: "stern, ansi",
		label: "redis-0",
		timed: false,
		write: (lines) =>
			`+ redis-0 › redis\n${each(({ text }) => `\u001b[38;5;30mredis-0\u001b[0m \u001b[36mredis\u001b[0m ${text}`)(lines)}`,
	},
	{
		name: "stern -o json",
		wrapper: "json",
		label: "redis-0",
		timed: false,
		write: each(({ text }) =>
			json({ message: text, nodeName: "n1", podName: "redis-0", containerName: "redis" }),
		),
	},
	{
		name: "docker compose v1",
		wrapper: "compose",
		label: "redis-replica_1",
		timed: false,
		write: each(({ text }) => `redis-replica_1  | ${text}`),
	},
	{
		name: "docker compose v2 --timestamps",
		wrapper: "compose+timestamp",
		label: "replica-1",
		write: each(({ text, at }) => `replica-1  | ${nano(at)} ${text}`),
	},
	{
		name: "docker service logs",
		wrapper: "compose",
		label: "db_redis.1.k3x@node7",
		timed: false,
		write: each(({ text }) => `db_redis.1.k3x@node7    | ${text}`),
	},
	{
		name: "podman",
		wrapper: "compose",
		label: "redis2",
		timed: false,
		write: each(({ text }) => `[redis2] | ${text}`),
	},
	{
		name: "journald short",
		wrapper: "syslog",
		label: "db1",
		timed: false,
		write: each(({ text, at }) => `${bsd(at)} db1 redis-server[9777]: ${text}`),
	},
	{
		name: "journald short-precise",
		wrapper: "syslog",
		label: "db1",
		timed: false,
		write: each(({ text, at }) => `${bsd(at)}.${iso(at).slice(20, 23)}000 db1 redis-server[9777]: ${text}`),
	},
	{
		name: "journald short-iso",
		wrapper: "journald",
		label: "db1",
		write: each(({ text, at }) => `${seconds(at)}+0000 db1 redis-server[9777]: ${text}`),
	},
	{
		name: "journald short-iso-precise",
		wrapper: "journald",
		label: "db1",
		write: each(({ text, at }) => `${iso(at).slice(0, 23)}000+00:00 db1 valkey-server[9777]: ${text}`),
	},
	{
		name: "journald short-full",
		wrapper: "journald",
		label: "db1",
		write: each(({ text, at }) => `Sat ${seconds(at).replace("T", " ")} UTC db1 redis-server[9777]: ${text}`),
	},
	{
		name: "journald short-unix",
		wrapper: "journald",
		label: "db1",
		write: each(
			({ text, at }) =>
				`${Math.floor(at / 1000)}.${String(at % 1000).padStart(3, "0")}000 db1 redis-server[9777]: ${text}`,
		),
	},
	{
		name: "journald -o json",
		wrapper: "journald-json",
		label: "db1",
		write: each(({ text, at }) =>
			json({
				__REALTIME_TIMESTAMP: `${at}000`,
				_HOSTNAME: "db1",
				SYSLOG_IDENTIFIER: "redis-server",
				_PID: "9777",
				PRIORITY: "6",
				MESSAGE: text,
			}),
		),
	},
	{
		name: "journald -o json with bytes",
		wrapper: "journald-json",
		label: "db1",
		write: each(({ text, at }) =>
			json({
				__REALTIME_TIMESTAMP: `${at}000`,
				_HOSTNAME: "db1",
				_COMM: "redis-server",
				MESSAGE: [...Buffer.from(text)],
			}),
		),
	},
	{
		name: "RFC 3164 with priority",
		wrapper: "syslog",
		label: "db1",
		timed: false,
		write: each(({ text, at }) => `<133>${bsd(at)} db1 docker/redis[812]: ${text}`),
	},
	{
		name: "RFC 5424",
		wrapper: "syslog",
		label: "db1",
		write: each(({ text, at }) => `<133>1 ${iso(at)} db1 redis 9777 - [meta seq="1"] ${text}`),
	},
	{
		name: "systemctl status",
		wrapper: "syslog",
		label: "db1",
		timed: false,
		write: (lines) =>
			[
				"● redis-server.service - Advanced key-value store",
				"     Loaded: loaded (/lib/systemd/system/redis-server.service; enabled; vendor preset: enabled)",
				`     Active: active (running) since Sat ${seconds(lines[0]?.at ?? 0).replace("T", " ")} UTC; 2min 30s ago`,
				"   Main PID: 9777 (redis-server)",
				"     CGroup: /system.slice/redis-server.service",
				"             └─9777 /usr/bin/redis-server 127.0.0.1:6379",
				"",
				each(({ text, at }) => `${bsd(at)} db1 redis-server[9777]: ${text}`)(lines),
			].join("\n"),
	},
	{
		name: "a platform's prefix",
		wrapper: "paas",
		label: "redis-2",
		write: each(
			({ text, at }) => `${iso(at).slice(0, 23).replace("T", " ")}000000 +0000 UTC [redis-2] ${text}`,
		),
	},
	{
		name: "a dyno's prefix",
		wrapper: "paas",
		label: "redis.1",
		write: each(({ text, at }) => `${iso(at).slice(0, 23)}000+00:00 app[redis.1]: ${text}`),
	},
	{
		name: "klog",
		wrapper: "glog",
		timed: false,
		write: each(
			({ text, at }) =>
				`I${iso(at).slice(5, 7)}${iso(at).slice(8, 10)} ${iso(at).slice(11, 23)}000       1 redis.go:42] ${text}`,
		),
	},
	{
		name: "Loki's logcli",
		wrapper: "loki",
		label: "redis-0",
		write: (lines) =>
			`Common labels: {namespace="db"}\n${each(({ text, at }) => `${iso(at)} {app="redis", pod="redis-0"} ${text}`)(lines)}`,
	},
	{
		name: "logcli -o jsonl, newest first",
		wrapper: "loki",
		label: "redis-0",
		write: (lines) =>
			each(({ text, at }) => json({ labels: { pod: "redis-0" }, line: text, timestamp: nano(at) }))(
				lines.toReversed(),
			),
	},
	{
		name: "Loki's API",
		wrapper: "loki",
		label: "redis-0",
		write: (lines) =>
			json({
				status: "success",
				data: {
					resultType: "streams",
					result: [
						{
							stream: { pod: "redis-0" },
							values: lines.map(({ text, at }) => [`${at}000000`, text]).reverse(),
						},
					],
				},
			}),
	},
	{
		name: "hits of Elasticsearch, a line each",
		wrapper: "elasticsearch",
		label: "redis-0",
		write: each(({ text, at }) =>
			json({
				_index: "logs",
				_id: "1",
				_source: { "@timestamp": iso(at), message: text, kubernetes: { pod: { name: "redis-0" } } },
			}),
		),
	},
	{
		name: "hits of Elasticsearch, one document, newest first",
		wrapper: "elasticsearch",
		write: (lines) =>
			JSON.stringify(
				{
					took: 4,
					hits: {
						total: { value: lines.length },
						hits: lines
							.map(({ text, at }) => ({ _index: "logs", _source: { "@timestamp": iso(at), message: text } }))
							.reverse(),
					},
				},
				undefined,
				2,
			),
	},
	{
		name: "hits of OpenSearch, one line",
		wrapper: "elasticsearch",
		write: (lines) =>
			json({
				hits: {
					hits: lines.map(({ text, at }) => ({ _index: "l", _source: { "@timestamp": iso(at), log: text } })),
				},
			}),
	},
	{
		name: "aws logs tail",
		wrapper: "cloudwatch",
		label: "redis/redis-0/4f2a",
		write: each(({ text, at }) => `${iso(at).slice(0, 23)}000+00:00 redis/redis-0/4f2a ${text}`),
	},
	{
		name: "aws logs get-log-events",
		wrapper: "cloudwatch",
		write: (lines) =>
			JSON.stringify(
				{
					events: lines.map(({ text, at }) => ({ timestamp: at, message: text, ingestionTime: at + 900 })),
					nextForwardToken: "f/1",
				},
				undefined,
				4,
			),
	},
	{
		name: "CloudWatch Logs Insights",
		wrapper: "cloudwatch",
		label: "redis-0",
		write: (lines) =>
			json({
				results: lines
					.map(({ text, at }) => [
						{ field: "@timestamp", value: iso(at).slice(0, 23).replace("T", " ") },
						{ field: "@message", value: text },
						{ field: "@logStream", value: "redis-0" },
					])
					.reverse(),
				status: "Complete",
			}),
	},
	{
		name: "Vector",
		wrapper: "json",
		label: "redis-0",
		write: each(({ text, at }) =>
			json({
				kubernetes: { pod_name: "redis-0", container_name: "redis" },
				message: text,
				stream: "stdout",
				timestamp: iso(at),
			}),
		),
	},
	{
		name: "Fluent Bit",
		wrapper: "docker-json",
		write: each(({ text, at }) =>
			json({ date: at / 1000, log: `${text}\n`, stream: "stdout", time: nano(at) }),
		),
	},
	{
		name: "Cloud Logging",
		wrapper: "json",
		label: "redis-0",
		write: (lines) =>
			JSON.stringify(
				lines.map(({ text, at }) => ({
					textPayload: text,
					timestamp: nano(at),
					resource: { labels: { pod_name: "redis-0", container_name: "redis" } },
				})),
				undefined,
				2,
			),
	},
	{
		name: "grep over files",
		wrapper: "grep",
		label: "redis-6380",
		timed: false,
		write: each(({ text }) => `/var/log/redis/redis-6380.log:${text}`),
	},
	{
		name: "a name in front of each line",
		wrapper: "label",
		label: "NODE_2",
		timed: false,
		write: each(({ text }) => `NODE_2 - ${text}`),
	},
	{
		name: "an address in front of each line",
		wrapper: "label",
		label: "db-3.example-6380",
		timed: false,
		write: each(({ text }) => `[db-3.example-6380] ${text}`),
	},
	{
		name: "an unknown prefix",
		wrapper: "prefix",
		write: each(({ text, at }) => `zone=eu;seq=12;${iso(at)}|severity 3| ${text}`),
	},
	{
		name: "compose around the journal around Docker's JSON",
		wrapper: "compose+syslog+docker-json",
		label: "agent",
		write: each((line) => `logs-1 | ${bsd(line.at)} agent dockerd[7]: ${dockerJson(line)}`),
	},
];
