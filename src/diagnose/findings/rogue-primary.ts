import type { Story } from "../../correlate/index.ts";
import type { EventOf, LogEvent } from "../../model/event.ts";
import type { Server } from "../../model/story.ts";
import { allLinesOf } from "../../model/lines.ts";
import type { Ground } from "../case.ts";
import { iso } from "../evidence.ts";
import { isForeign, isLoopback, isPublic } from "./addresses.ts";
import { hostOf, readClient } from "./client-list.ts";
import { defineFinding } from "./define.ts";
import { sample, smallest } from "./figures.ts";

type Sign = "replication-id" | "signature" | "public-address" | "stranger" | "module";

/** What points to an attack in one server's log. */
interface Attack {
	readonly server: Server;
	readonly signs: ReadonlyMap<Sign, Ground>;
	/** The commands that pointed it to strangers. */
	readonly commands: readonly { readonly target: string; readonly client: string | null }[];
	readonly grounds: readonly Ground[];
	readonly replid: string | null;
	/** The host whose client set the node free again. */
	readonly freedBy: string | null;
	/** The node's own data thrown away for what it received. */
	readonly flush: LogEvent | null;
	/** Whether no command was seen: it only asks a public address that never answered. */
	readonly quiet: boolean;
}

/** Somebody made it replicate from a foreign server, or it received what no server sends. */
export const roguePrimary = defineFinding({
	code: "rogue-primary",
	check: (story, resyncs) =>
		attacksOf(story).flatMap((attack) => {
			const { server, signs, commands, grounds, flush } = attack;
			const [command] = commands;
			const certain =
				signs.has("replication-id") || signs.has("signature") || signs.has("module") || signs.has("stranger");
			const times = [...signs.values(), ...grounds].map((g) => story.time(g.server, g.event));
			const targets = new Set(commands.map((c) => c.target));
			return {
				severity: certain ? ("critical" as const) : attack.quiet ? ("info" as const) : ("warning" as const),
				node: server.id,
				resyncs: resyncs
					.filter(
						(r) =>
							r.replica === server.id && (targets.has(r.primary ?? "") || targetOf(story, r.id, targets)),
					)
					.map((r) => r.id),
				facts: {
					target: command?.target ?? null,
					client: command?.client ?? null,
					freedBy: attack.freedBy,
					replid: attack.replid,
					signs: [...signs.keys()].join(", "),
					at: iso(smallest(times)),
					flushed: flush !== null && certain ? 1 : 0,
					...(attack.quiet ? { quiet: 1 } : {}),
				},
				grounds: [
					...signs.values(),
					...sample(grounds),
					flush !== null && certain ? { server, event: flush } : null,
				],
			};
		}),
	explain: ({ target, client, freedBy, replid, signs, flushed, quiet }) => {
		const said: string[] = [];
		if (target !== null)
			said.push(
				client === null ? `it ${quiet === 1 ? "asks" : "replicated from"} ${target}` : `a client at ${client} pointed it to ${target}`,
			);
		if (signs.includes("public-address")) said.push("a public address that no other log knows");
		if (replid !== null)
			said.push(`which granted a replication ID that no server makes (${replid.slice(0, 8)}…)`);
		if (signs.includes("signature")) said.push("what it sent as a snapshot has no RDB signature");
		if (signs.includes("module")) said.push("somebody loaded a module after it, or tried to");
		if (flushed === 1) said.push("the node had flushed its own data for it");
		if (freedBy !== null && client === null) said.push(`a client at ${freedBy} made it a primary again`);
		const last = certainSigns.test(signs)
			? "; this is how Redis servers are taken over"
			: "; if nobody of yours did this, the server is being taken over";
		return said.join(", ") + last;
	},
	remedy: ({ client, target, signs }) => [
		...(certainSigns.test(signs)
			? [
					"Treat the host as compromised: take it off the network, keep its logs, rebuild it and restore from a backup.",
				]
			: [
					`Find out who pointed it to ${target ?? "that address"}. If nobody did: take the host off the network and rebuild it.`,
				]),
		`Close the port: bind to a private address and keep protected-mode on; require a password, and deny REPLICAOF, SLAVEOF, CONFIG, MODULE and DEBUG by ACL or rename-command.${client === null || !isPublic(client) ? "" : ` Block ${client}.`}`,
		"Look for what was left behind: MODULE LIST, CONFIG GET dir and dbfilename, crontabs, authorized_keys.",
	],
});

const certainSigns = /replication-id|signature|stranger|module/;

function attacksOf(story: Story): Attack[] {
	const known = knownHosts(story);
	return story.servers.filter((s) => !s.sentinel).flatMap((server) => attackOn(server, known));
}

/** Lines by which a primary has served this node, or has been given a password for it. */
const answers = ["load.done", "sync.partial.done", "psync.continued", "handshake.auth-failed"] as const;
const served: ReadonlySet<string> = new Set(answers);

/** All that tells of an attack, or leads to it. */
const signTypes = [
	"role.replicaof", "fullresync.granted", "rdb.load.bad-signature", "link.connecting", "role.promoted", "load.flush",
	"module.loaded", "module.load-failed", "server.starting", "server.version", "server.ready", ...answers,
] as const;

function attackOn(server: Server, known: ReadonlySet<string>): Attack[] {
	const signs = new Map<Sign, Ground>();
	const commands: { target: string; client: string | null }[] = [];
	const grounds: Ground[] = [];
	let replid: string | null = null;
	let freedBy: string | null = null;
	let flush: LogEvent | null = null;
	const note = (sign: Sign, event: LogEvent): void => {
		if (!signs.has(sign)) signs.set(sign, { server, event });
	};
	let pointed: EventOf<"role.replicaof"> | null = null;
	let garbage: LogEvent | null = null;
	let asked: { host: string; address: string } | null = null;
	/** Between its first line and "Ready" a process loads the modules that its configuration names. */
	let starting = false;
	/** A public address that it asks though no line says who told it to, while nobody has served it. */
	let silent: LogEvent | null = null;
	let answered = false;
	let started = false;
	for (const event of allLinesOf(server, ...signTypes)) {
		switch (event.type) {
			case "role.replicaof": {
				pointed = event;
				const { host: target } = event.fields;
				if (target === undefined) break;
				asked = { host: target, address: targetOfCommand(event) };
				if (!isForeign(target, known)) break;
				const { host, stranger } = senderOf(event, known);
				note("public-address", event);
				if (stranger) note("stranger", event);
				commands.push({ target: targetOfCommand(event), client: host });
				grounds.push({ server, event });
				break;
			}
			case "fullresync.granted":
				if (!looksMinted(event.fields.replid)) {
					replid = event.fields.replid;
					note("replication-id", event);
				}
				break;
			case "rdb.load.bad-signature":
				// A broken proxy sends garbage too; a client that pointed the node there just before makes the case.
				if (pointed !== null && !bySentinel(pointed)) note("signature", event);
				else garbage ??= event;
				break;
			case "link.connecting": {
				const { host, port } = event.fields;
				if (host === undefined) break;
				asked = { host, address: `${host}:${port}` };
				// A process that starts follows whom its configuration names, a node of a cluster whom the cluster does.
				if (!started && !server.cluster && pointed === null && isForeign(host, known)) silent ??= event;
				break;
			}
			case "server.starting":
			case "server.version":
				starting = true;
				started = true;
				break;
			case "server.ready":
				starting = false;
				started = true;
				break;
			case "role.promoted": {
				// The same host fed it garbage and set it free again.
				const { host } = readClient(event.fields.client ?? "");
				if (garbage !== null && host !== null && host === asked?.host && !isLoopback(host))
					note("signature", garbage);
				if (signs.size === 0 || freedBy !== null) break;
				freedBy = host;
				grounds.push({ server, event });
				break;
			}
			case "load.flush":
				if (signs.size > 0) flush ??= event;
				break;
			case "module.loaded":
			case "module.load-failed":
				if (!starting && ((pointed !== null && !bySentinel(pointed)) || silent !== null)) note("module", event);
				break;
			default:
				answered ||= served.has(event.type);
		}
	}
	const quiet = signs.size === 0 && silent !== null && !answered;
	if (quiet && silent !== null) note("public-address", silent);
	if (signs.size === 0) return [];
	if (commands.length === 0 && asked !== null) {
		// The command is told also where it alone would be no sign: a tunnel or a private network hides the stranger.
		const command = pointed === null || bySentinel(pointed) ? null : pointed;
		commands.push({ target: asked.address, client: command === null ? null : senderOf(command, known).host });
		if (command !== null) grounds.push({ server, event: command });
	}
	return [{ server, signs, commands, grounds, replid, freedBy, flush, quiet }];
}

const targetOfCommand = ({ fields }: EventOf<"role.replicaof">): string => `${fields.host}:${fields.port}`;

function bySentinel(event: EventOf<"role.replicaof">): boolean {
	return readClient(event.fields.client ?? "").name?.startsWith("sentinel-") === true;
}

/** Where the command came from; a stranger comes from a public address, or from the very host it names. */
function senderOf(
	event: EventOf<"role.replicaof">,
	known: ReadonlySet<string>,
): { host: string | null; stranger: boolean } {
	const { host } = readClient(event.fields.client ?? "");
	if (host === null || bySentinel(event)) return { host, stranger: false };
	return { host, stranger: host === event.fields.host || (isPublic(host) && !known.has(host)) };
}

/** Forty characters of which some are no hexadecimal digits. Masked IDs of pastes are one character over and over, or shorter. */
function looksMinted(replid: string): boolean {
	return (
		replid.length !== 40 ||
		!/^[0-9a-z]+$/i.test(replid) ||
		/^[0-9a-f]+$/i.test(replid) ||
		/^(?:x+|X+)$/.test(replid)
	);
}

/** Hosts that the logs know as members: by handshakes that worked, and by the Sentinels. */
function knownHosts(story: Story): Set<string> {
	const hosts = new Set<string>();
	const add = (host: string | null | undefined): void => {
		if (host != null) hosts.add(host);
	};
	for (const server of story.servers) {
		for (const address of story.addresses.of(server)) add(hostOf(address));
		if (!server.sentinel) continue;
		for (const event of server.events) {
			if (event.type === "sentinel.switch-master") {
				add(event.fields.oldIp);
				add(event.fields.newIp);
			}
			const instance = (event.fields as { instance?: string }).instance?.split(" ");
			add(instance?.[2]);
		}
	}
	return hosts;
}

function targetOf(story: Story, id: number, targets: ReadonlySet<string>): boolean {
	return targets.has(story.episodes[id - 1]?.primaryAddress ?? "");
}
