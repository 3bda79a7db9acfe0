import type { LogEvent, MessageType } from "../../model/event.ts";
import { safe } from "../safe.ts";
import { clusterPhrases, sentinelPhrases } from "./phrases/failover.ts";
import type { Peer, Phrase, Rank, Tone } from "./phrases/phrase.ts";
import { persistencePhrases, primaryPhrases } from "./phrases/primary.ts";
import { processPhrases } from "./phrases/process.ts";
import { channelPhrases, replicaPhrases, stallPhrases } from "./phrases/replica.ts";

export type { Peer, Rank, Tone } from "./phrases/phrase.ts";

/** A phrase for every message of the catalogue. */
const phrases: { readonly [T in MessageType]: Phrase<T> } = {
	...replicaPhrases,
	...channelPhrases,
	...stallPhrases,
	...primaryPhrases,
	...persistencePhrases,
	...processPhrases,
	...clusterPhrases,
	...sentinelPhrases,
};

/** What an event comes to, in a few words that are safe to print. */
export interface Said {
	readonly text: string;
	readonly rank: Rank;
	readonly tone: Tone;
}

/** Characters of a server's own message that a timeline shows. */
const longest = 160;

/** The words for an event. */
export function say(event: LogEvent, peer: Peer): Said {
	// Every entry takes the fields of its own type, which the event has by its type.
	const { rank, tone, say: words } = phrases[event.type] as unknown as Phrase;
	const text = words(event.fields as never, peer) ?? event.text;
	return {
		text: safe(text.length > longest ? `${text.slice(0, longest).replace(/\s+\S*$/, "")} …` : text),
		rank,
		tone,
	};
}
