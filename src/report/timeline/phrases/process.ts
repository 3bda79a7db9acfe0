import { addressOf } from "../../../model/address.ts";
import { size } from "../../human.ts";
import {
	asLogged,
	bad,
	because,
	clientOf,
	type Phrases,
	shortId,
	step,
	story,
	warn,
} from "./phrase.ts";

/** How a process starts, ends, and what role it is given. */
export const processPhrases: Phrases<"role" | "lifecycle" | "shutdown" | "crash" | "slotMigration"> = {
	"role.replicaof": warn(({ client, ...at }, peer) => {
		const by = client === undefined ? "" : `, by ${clientOf(client, peer)}`;
		return `told to replicate ${peer(addressOf(at))}${by}`;
	}),
	"role.replicaof-noop": step(() => "told to replicate whom it replicates already"),
	"role.promoted": warn(
		({ client }, peer) =>
			`told to be a PRIMARY${client === undefined ? "" : `, by ${clientOf(client, peer)}`}`,
	),
	"failover.requested": warn(
		(at, peer) =>
			`FAILOVER to ${at.host === undefined ? "any replica" : peer(addressOf(at))} requested`,
	),
	"failover.synced": warn(
		(at, peer) => `FAILOVER: ${peer(addressOf(at))} is level, hands over`,
	),
	"failover.forced": bad(
		(at, peer) => `FAILOVER: hands over to ${peer(addressOf(at))} though it is not level`,
	),
	"failover.aborted": bad(({ reason }) => `FAILOVER given up${because(reason)}`),
	"failover.psync-request": warn(({ replid }) => `is handed the role, with history ${shortId(replid)}`),
	"config.rewrite": asLogged,

	"server.starting": step(() => "starts"),
	"server.version": step(({ version }) => `is ${version}`),
	"server.version-legacy": step(({ version }) => `is ${version}`),
	"server.mode": step(({ mode, port }) => `${mode}, port ${port}`),
	"server.config-loaded": step(() => "configuration loaded"),
	"server.no-config": step(() => "no configuration file"),
	"server.startup-misc": asLogged,
	"server.system-warning": asLogged,
	"server.initialized": step(() => "initialised"),
	"server.loaded": story(({ seconds }) => `data loaded from disk in ${seconds} s`),
	"server.load-failed": bad(({ error }) => `cannot load its data${because(error)}`),
	"server.ready": step(({ where }) => `accepts connections${because(where)}`),
	"server.autosave": asLogged,
	"module.loaded": step(({ name }) => `loads the module ${name}`),
	"module.load-failed": step(({ path }) => `cannot load the module ${path}`),
	"server.misconf-replica": warn(() => "cannot write to its disk"),
	"server.repl-blocked-trim": asLogged,

	"server.signal": warn(() => undefined),
	"server.shutdown-requested": warn(
		({ client }, peer) => `told to shut down${client === undefined ? "" : ` by ${clientOf(client, peer)}`}`,
	),
	"server.shutdown-wait": step(() => "waits for its replicas before it ends"),
	"server.shutdown-lagging": warn(
		({ replica, behind }, peer) => `${peer(replica)} is ${size(behind)} behind at the end`,
	),
	"server.shutdown-sync": story(({ inSync, total }) => `${inSync} of ${total} replicas are level at the end`),
	"server.shutdown-aborted": warn(() => "the shutdown was given up"),
	"server.shutdown-kill-child": step(() => "kills its save"),
	"server.final-save": step(() => "saves before it ends"),
	"server.exit": step(() => "ends"),
	"replica.write-pause-shutdown": asLogged,

	"server.oom": bad(({ bytes }) => `OUT OF MEMORY: wanted ${size(bytes)}`),
	"crash.bug-report": step(() => "bug report"),
	"crash.signal": bad(({ signal }) => `CRASHED by signal ${signal}`),
	"crash.assert": bad(() => "CRASHED: an assertion failed"),
	"crash.panic": bad(({ message }) => `CRASHED: ${message}`),
	"crash.killed-by": bad(({ killerPid }) => `killed by process ${killerPid}`),
	"crash.watchdog": bad(() => "the watchdog fired: it hung"),

	"slot-migration.event": asLogged,
	"slot-migration.log-cleanup": asLogged,
};
