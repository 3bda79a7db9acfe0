import type { families, Family } from "../../../../grammars/messages/index.ts";
import type { Fields, MessageType } from "../../../model/event.ts";
import { shortId } from "../../../model/units.ts";

/** How a message counts in the story. `story` is always shown, `step` only when all is asked for. */
export type Rank = "story" | "step";
export type Tone = "plain" | "good" | "warn" | "bad";

/** Calls a peer by the name of its node where the logs tell it, else by its address. */
export type Peer = (address: string | null | undefined) => string;

/** What a message comes to in a few words. */
export interface Phrase<T extends MessageType = MessageType> {
	readonly rank: Rank;
	readonly tone: Tone;
	/** Undefined leaves the server's own words. */
	readonly say: (fields: Fields<T>, peer: Peer) => string | undefined;
}

/** The messages of one or several families of the catalogue. */
export type TypesOf<F extends Family> = (typeof families)[F][number]["type"];

/** A phrase for each message of the families: a new message does not compile until it has one. */
export type Phrases<F extends Family> = { readonly [T in TypesOf<F>]: Phrase<T> };

type Say<T extends MessageType> = Phrase<T>["say"];

export const story = <T extends MessageType>(say: Say<T>): Phrase<T> => ({
	rank: "story",
	tone: "plain",
	say,
});
export const good = <T extends MessageType>(say: Say<T>): Phrase<T> => ({ rank: "story", tone: "good", say });
export const warn = <T extends MessageType>(say: Say<T>): Phrase<T> => ({ rank: "story", tone: "warn", say });
export const bad = <T extends MessageType>(say: Say<T>): Phrase<T> => ({ rank: "story", tone: "bad", say });
export const step = <T extends MessageType>(say: Say<T>): Phrase<T> => ({ rank: "step", tone: "plain", say });

/** A step in the server's own words. */
export const asLogged = { rank: "step", tone: "plain", say: () => undefined } as const;

export { shortId };

/** `2a8775ae:1054`; masked offsets as they were masked. */
export const position = (replid: string, offset: bigint | string | undefined): string =>
	`${shortId(replid)}:${offset ?? "?"}`;

/** ` (reason)`, or nothing. */
export const because = (reason: string | undefined): string =>
	reason === undefined || reason === "" ? "" : ` (${reason})`;

/** The address of a client, and its name where it has one, out of a line of CLIENT LIST. */
export function clientOf(client: string | undefined, peer: Peer): string {
	if (client === undefined || client === "") return "a client";
	const address = /\baddr=(\S+)/.exec(client)?.[1];
	const name = /\bname=(\S+)/.exec(client)?.[1];
	if (name?.startsWith("sentinel-")) return "Sentinel";
	return name === undefined
		? address === undefined
			? "a client"
			: peer(address)
		: `${name}${because(address)}`;
}
