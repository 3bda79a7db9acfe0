import { duration } from "../../human.ts";
import { asLogged, bad, because, type Peer, type Phrases, shortId, step, story, warn } from "./phrase.ts";

/** A cluster node's name where a version prints one, else the first digits of its ID. */
const named = (name: string | undefined, id: string | undefined): string =>
	name !== undefined && name !== "" ? name : id === undefined ? "another node" : shortId(id);

/** What the nodes of a cluster tell of each other. */
export const clusterPhrases: Phrases<"cluster" | "clusterElection" | "clusterRole"> = {
	"cluster.myself": step(({ clusterNode }) => `is cluster node ${shortId(clusterNode)}`),
	"cluster.state": warn(({ state }) => `cluster state: ${state}`),
	"cluster.down-reason": step(({ reason }) => `cluster down: ${reason}`),
	"cluster.pfail": step(({ name, clusterNode }) => `${named(name, clusterNode)} may be failing`),
	"cluster.reported-fail": step(
		({ reporter, reporterName, clusterNode, nodeName }) =>
			`${named(reporterName, reporter)} speaks of ${named(nodeName, clusterNode)}`,
	),
	"cluster.fail-marked": bad(({ name, clusterNode }) => `marks ${named(name, clusterNode)} as FAILED`),
	"cluster.fail-received": bad(
		({ name, clusterNode, fromName, from }) =>
			`hears from ${named(fromName, from)} that ${named(name, clusterNode)} FAILED`,
	),
	"cluster.fail-cleared": story(({ name, clusterNode }) => `${named(name, clusterNode)} is reachable again`),
	"cluster.address-updated": story(({ ip, port, nodeName, clusterNode }) => {
		const whom =
			clusterNode === undefined ? "its own address" : `the address of ${named(nodeName, clusterNode)}`;
		return `${whom} is now ${ip}${port === undefined ? "" : `:${port}`}`;
	}),
	"cluster.bus-link-freed": asLogged,
	"cluster.misc": asLogged,

	"cluster.cant-failover": warn(({ reason, needed, votes }) =>
		reason === undefined ? `has ${votes} of ${needed} votes` : `cannot take over: ${reason}`,
	),
	"cluster.election-delayed": step(({ ms, rank }) => `election in ${duration(ms)}, rank ${rank}`),
	"cluster.election-rank": asLogged,
	"cluster.election-started": warn(({ epoch }) => `stands for election, epoch ${epoch}`),
	"cluster.election-won": warn(() => "WON the election: takes over"),
	"cluster.election-reset": warn(() => "its election starts over"),
	"cluster.epoch-set": step(({ epoch }) => `configuration epoch ${epoch}`),
	"cluster.vote-granted": story(
		({ name, clusterNode, epoch }) => `votes for ${named(name, clusterNode)}, epoch ${epoch}`,
	),
	"cluster.vote-denied": story(
		({ nodeName, clusterNode }) => `denies ${named(nodeName, clusterNode)} its vote`,
	),

	"cluster.manual-failover": warn(() => undefined),
	"cluster.became-replica": warn(
		({ name, clusterNode }) => `reconfigured: replica of ${named(name, clusterNode)}`,
	),
	"cluster.sub-replica": warn(
		({ clusterNode, nodeName, newPrimary }) =>
			`was a replica's replica: now of ${named(nodeName, clusterNode ?? newPrimary)}`,
	),
	"cluster.lost-last-slot": warn(
		({ name, clusterNode }) => `lost its last slot to ${named(name, clusterNode)}`,
	),
	"cluster.replica-migration": warn(
		({ name, clusterNode }) => `migrates to ${named(name, clusterNode)}, which has no replica`,
	),
	"cluster.failover-observed": step(() => undefined),
	"cluster.reset": warn(() => "CLUSTER RESET"),
};

/** "slave 10.0.0.2:6379 10.0.0.2 6379 @ mymaster …": the one meant, by its node's name. */
function instanceOf(instance: string | undefined, peer: Peer): string {
	const [kind = "", name = "", ip, port] = instance?.split(" ") ?? [];
	const address = ip === undefined || port === undefined ? undefined : `${ip}:${port}`;
	const known = peer(address);
	// A primary is called by its group's name, which says more than an address.
	return kind === "master" && known === address ? `${name} (${address})` : known;
}

/** What Sentinels see, decide and do. */
export const sentinelPhrases: Phrases<"sentinel" | "sentinelFailover"> = {
	"sentinel.new-epoch": step(({ epoch }) => `epoch ${epoch}`),
	"sentinel.try-failover": warn(({ instance }, peer) => `FAILOVER of ${instanceOf(instance, peer)} begins`),
	"sentinel.vote": story(({ leader, epoch }) => `votes for ${shortId(leader)}, epoch ${epoch}`),
	"sentinel.voted": step(({ sentinel, leader }) => `${shortId(sentinel)} votes for ${shortId(leader)}`),
	"sentinel.elected-leader": warn(() => "is elected to lead the failover"),
	"sentinel.failover-state-select": step(() => "looks for the best replica"),
	"sentinel.selected": warn(({ instance }, peer) => `chooses ${instanceOf(instance, peer)}`),
	"sentinel.failover-state-send-noone": warn(
		({ instance }, peer) => `tells ${instanceOf(instance, peer)} to be a primary`,
	),
	"sentinel.failover-state-wait-promotion": step(() => "waits for the promotion"),
	"sentinel.promoted": warn(({ instance }, peer) => `sees ${instanceOf(instance, peer)} as PRIMARY`),
	"sentinel.failover-state-reconf": step(() => "reconfigures the other replicas"),
	"sentinel.reconf-sent": warn(
		({ instance }, peer) => `points ${instanceOf(instance, peer)} to the new primary`,
	),
	"sentinel.reconf-inprog": step(
		({ instance }, peer) => `${instanceOf(instance, peer)} follows the new primary, not level yet`,
	),
	"sentinel.reconf-done": story(
		({ instance }, peer) => `${instanceOf(instance, peer)} follows the new primary and is level`,
	),
	"sentinel.reconf-sent-timeout": bad(({ instance }, peer) => `${instanceOf(instance, peer)} did not follow`),
	"sentinel.reconf-sent-be": step(
		({ instance }, peer) => `points ${instanceOf(instance, peer)} to the new primary, late`,
	),
	"sentinel.failover-end": story(({ instance }, peer) => `FAILOVER of ${instanceOf(instance, peer)} done`),
	"sentinel.failover-end-timeout": bad(
		({ instance }, peer) => `FAILOVER of ${instanceOf(instance, peer)} ends: too slow`,
	),
	"sentinel.switch-master": warn(
		({ name, newIp, newPort }, peer) => `primary of ${name} is now ${peer(`${newIp}:${newPort}`)}`,
	),
	"sentinel.failover-abort": bad(() => undefined),
	"sentinel.user-failover": warn(({ name }) => `told to fail ${name} over`),
	"sentinel.next-delay": step(({ until }) => `no further failover before ${until}`),

	"sentinel.sdown": bad(({ instance }, peer) => `cannot reach ${instanceOf(instance, peer)}`),
	"sentinel.sdown-cleared": story(({ instance }, peer) => `reaches ${instanceOf(instance, peer)} again`),
	"sentinel.odown": bad(
		({ instance, votes, quorum }, peer) =>
			`${instanceOf(instance, peer)} is DOWN: ${votes} of ${quorum} agree`,
	),
	"sentinel.odown-cleared": story(({ instance }, peer) => `${instanceOf(instance, peer)} is no longer down`),
	"sentinel.convert-to-replica": warn(
		({ instance }, peer) => `makes ${instanceOf(instance, peer)} a replica`,
	),
	"sentinel.fix-replica-config": warn(({ instance }, peer) => `points ${instanceOf(instance, peer)} back`),
	"sentinel.reboot": warn(({ instance }, peer) => `${instanceOf(instance, peer)} has restarted`),
	"sentinel.role-change": story(
		({ instance, reportedRole }, peer) =>
			`${instanceOf(instance, peer)} says it is a ${reportedRole === "master" ? "primary" : "replica"}`,
	),
	"sentinel.tilt": bad(() => "TILT: its own clock or machine stalled"),
	"sentinel.tilt-exit": story(() => "TILT is over"),
	"sentinel.config-update": step(
		({ instance }, peer) => `learns the configuration from ${instanceOf(instance, peer)}`,
	),
	"sentinel.reset-master": step(
		({ instance }, peer) => `forgets and looks at ${instanceOf(instance, peer)} anew`,
	),
	"sentinel.replica-detected": step(({ instance }, peer) => `knows replica ${instanceOf(instance, peer)}`),
	"sentinel.sentinel-detected": step(
		({ instance }) => `knows Sentinel${because(instance.split(" ").slice(2, 4).join(":"))}`,
	),
	"sentinel.monitor": story(
		({ instance, quorum }, peer) => `watches ${instanceOf(instance, peer)}, quorum ${quorum}`,
	),
	"sentinel.unmonitor": story(({ instance }, peer) => `no longer watches ${instanceOf(instance, peer)}`),
	"sentinel.link": asLogged,
	"sentinel.id": step(({ id }) => `is Sentinel ${shortId(id)}`),
	"sentinel.config-error": asLogged,
	"sentinel.misc": asLogged,
	"sentinel.legacy-2.6": asLogged,
};
