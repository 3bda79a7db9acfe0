import type { FieldsOfMessage, Message } from "../message.ts";
import { bgsave } from "./bgsave.ts";
import { client } from "./client.ts";
import { cluster } from "./cluster.ts";
import { clusterElection } from "./cluster-election.ts";
import { clusterRole } from "./cluster-role.ts";
import { crash } from "./crash.ts";
import { decision } from "./decision.ts";
import { delivery } from "./delivery.ts";
import { dualChannel } from "./dual-channel.ts";
import { handshake } from "./handshake.ts";
import { history } from "./history.ts";
import { lifecycle } from "./lifecycle.ts";
import { link } from "./link.ts";
import { load } from "./load.ts";
import { psync } from "./psync.ts";
import { rdbChannel } from "./rdb-channel.ts";
import { rdbLoad } from "./rdb-load.ts";
import { rdbSave } from "./rdb-save.ts";
import { role } from "./role.ts";
import { sentinel } from "./sentinel.ts";
import { sentinelFailover } from "./sentinel-failover.ts";
import { shutdown } from "./shutdown.ts";
import { slotMigration } from "./slot-migration.ts";
import { stall } from "./stall.ts";
import { transfer } from "./transfer.ts";

/** The families of the catalogue, in the order of the story: question, answer, transfer, load, and what goes on around. */
export const families = {
	psync,
	decision,
	history,
	bgsave,
	delivery,
	link,
	handshake,
	transfer,
	load,
	rdbChannel,
	dualChannel,
	client,
	role,
	rdbSave,
	rdbLoad,
	lifecycle,
	shutdown,
	stall,
	crash,
	cluster,
	clusterElection,
	clusterRole,
	sentinelFailover,
	sentinel,
	slotMigration,
} as const;

export type Family = keyof typeof families;
type Entry = (typeof families)[Family][number];

/** The type of every message that rlog knows. */
export type MessageType = Entry["type"];

/** The typed fields of one message. */
export type Fields<T extends MessageType> = FieldsOfMessage<Extract<Entry, { type: T }>>;

/** Every message of the catalogue, in the order of the families. */
export const catalogue: readonly Message[] = Object.values(families).flat();
