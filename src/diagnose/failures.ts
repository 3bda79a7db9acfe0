import { portOf } from "../correlate/join/addresses.ts";
import type { LogEvent } from "../model/event.ts";
import type { FailureCode, Why } from "../model/report.ts";
import type { Session, Try } from "../model/story.ts";
import { humanBytes } from "../model/units.ts";
import type { Ground } from "./case.ts";

/** Why a try failed, with the line that says so on either side. */
export interface Failure {
	readonly why: Why<FailureCode>;
	readonly grounds: readonly Ground[];
}

/** What the replica can only see as a closed connection, while the primary knows the reason. */
const vague: ReadonlySet<FailureCode> = new Set<FailureCode>([
	"connection-lost-in-transfer", "handshake-timeout", "unknown", "protocol-error",
]);

/** Why a replica's try failed: by its own log, and by the primary's where that knows better. */
export function failureOfTry(tried: Try): Failure | null {
	if (tried.outcome !== "failed") return null;
	const own = tried.failure;
	const theirs = tried.session?.failure ?? null;
	const primary = tried.session?.server;
	// A replica that waits in vain for its primary to send on calls it a timeout.
	const better = own === null || vague.has(own.code) || (own.code === "transfer-timeout" && theirs?.code === "output-buffer-overrun");
	if (theirs !== null && primary !== undefined && better) {
		const grounds: Ground[] = [{ server: primary, event: theirs.event }];
		if (own !== null) grounds.push({ server: tried.server, event: own.event });
		return failure(theirs.code, theirs.event, own === null ? "supported" : "proven", grounds);
	}
	if (own === null) return { why: why("unknown", null, "unknown"), grounds: [] };
	const code = own.code === "upstream-down" && asksItself(tried) ? "replicates-itself" : own.code;
	return failure(code, own.event, "supported", [{ server: tried.server, event: own.event }]);
}

/** Why a synchronisation failed, by the primary's log alone. */
export function failureOfSession(session: Session): Failure | null {
	if (session.online !== null || session.loss === null) return null;
	const ground = (event: LogEvent): Ground => ({ server: session.server, event });
	if (session.failure !== null) {
		return failure(session.failure.code, session.failure.event, "supported", [ground(session.failure.event), ground(session.loss.event)]);
	}
	if (session.loss.reason === "timeout") return failure("transfer-timeout", session.loss.because, "supported", [ground(session.loss.event)]);
	return failure("connection-lost-in-transfer", session.loss.event, "inferred", [ground(session.loss.event)]);
}

/** A node that is told to replicate from its own address: its port is the one it asks. */
function asksItself(tried: Try): boolean {
	const port = portOf(tried.target);
	if (port !== undefined && tried.server.ports.has(port) && isLocal(tried)) return true;
	// The command's own line shows the address it came in by: laddr equal to the target.
	for (let i = Math.max(0, tried.at - 40); i < tried.at + 8; i++) {
		const event = tried.server.events[i];
		if (event?.type !== "role.replicaof") continue;
		const laddr = /\bladdr=(\S+)/.exec(event.fields.client ?? "")?.[1];
		if (laddr !== undefined && laddr === tried.target) return true;
	}
	return false;
}

function isLocal(tried: Try): boolean {
	const host = tried.target?.slice(0, tried.target.lastIndexOf(":"));
	return host === "127.0.0.1" || host === "localhost" || host === "::1";
}

function failure(code: FailureCode, event: LogEvent | null, proof: Why["proof"], grounds: readonly Ground[]): Failure {
	return { why: why(code, event, proof), grounds };
}

function why(code: FailureCode, event: LogEvent | null, proof: Why["proof"]): Why<FailureCode> {
	return { code, proof, text: words[code](event), facts: { line: event?.text ?? null } };
}

/** The part of a message behind its last ": ", where servers put the error. */
function detail(event: LogEvent | null): string {
	if (event === null) return "";
	const fields = event.fields as { error?: string; reply?: string };
	const text = fields.error ?? fields.reply;
	return text === undefined ? "" : ` (${text})`;
}

/** A name that does not resolve sets no error of the system: whatever it was last is told. */
function isUnresolved(event: LogEvent | null): boolean {
	return event?.type === "link.connect-failed" && /: (?:Invalid argument|No such file or directory|Success|No error|Undefined error: 0)$/.test(event.text);
}

const words: Readonly<Record<FailureCode, (event: LogEvent | null) => string>> = {
	"primary-unreachable": (e) =>
		e?.type === "link.connect-timeout"
			? "the primary could not be reached within repl-timeout"
			: `the primary could not be reached${isUnresolved(e) ? ": its name did not resolve, as it seems" : ""}${detail(e)}`,
	"auth-required": (e) => `the primary refused the replica's credentials${detail(e)}`,
	"primary-refused": (e) => `the primary refused${detail(e)}`,
	"primary-loading": () => "the primary was still loading its data set",
	"upstream-down": () => "the node asked is itself a replica without a link to its primary",
	"replicates-itself": () => "it was told to replicate from itself",
	"handshake-timeout": (e) => `the handshake stopped half-way${detail(e)}`,
	"snapshot-failed": (e) => `the primary could not make the snapshot${e === null ? "" : `: ${e.text}`}`,
	"transfer-timeout": () => "the transfer stood still for repl-timeout",
	"connection-lost-in-transfer": (e) => `the connection was lost during the transfer${detail(e)}`,
	"output-buffer-overrun": (e) => {
		const omem = e?.type === "client.output-buffer" ? /\bomem=(\d+)/.exec(e.fields.client)?.[1] : undefined;
		return `the primary closed it: the replica's output buffer outgrew its limit${omem === undefined ? "" : ` at ${humanBytes(Number(omem))}`}`;
	},
	"replica-cannot-store": (e) => `the replica could not store the snapshot${detail(e)}`,
	"replica-cannot-load": (e) => `the replica could not load the snapshot${e === null ? "" : `: ${e.text}`}`,
	"protocol-error": (e) => `the answer made no sense${detail(e)}`,
	superseded: () => "it was pointed elsewhere meanwhile",
	unknown: () => "the log does not say why",
};

const remedies: Readonly<Partial<Record<FailureCode, string>>> = {
	"auth-required": "Set masterauth (and masteruser) on the replica to what the primary expects; its ACL user needs +psync +replconf +ping.",
	"snapshot-failed": "Mend the primary's snapshot first: free disk, folder and permissions, memory for the fork (vm.overcommit_memory=1).",
	"transfer-timeout": "Raise repl-timeout beyond the longest transfer or load, on both sides.",
	"output-buffer-overrun": "Raise client-output-buffer-limit replica beyond what the primary writes while one snapshot is made and sent.",
	"replica-cannot-store": "Mend the replica's data folder: it must exist, be writable and have room for the snapshot.",
	"replica-cannot-load": "Upgrade the replicas before the primary, or mend what the load complains about.",
	"replicates-itself": "Point it to another node, or promote it with REPLICAOF NO ONE.",
	"upstream-down": "Mend the link of the node it replicates from, or point it to the primary itself.",
};

/** What helps against the failures of an outage, each said once. */
export function failureRemedies(failures: readonly Failure[]): string[] {
	const said = new Set<string>();
	for (const { why: reason } of failures) {
		const remedy = remedies[reason.code];
		if (remedy !== undefined) said.add(remedy);
	}
	return [...said];
}

