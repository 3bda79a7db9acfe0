import type { Server, Session, Try } from "../../model/story.ts";

/** Port of an "ip:port" as text, or undefined. */
export function portOf(address: string | null): number | undefined {
	if (address === null) return undefined;
	let port = 0;
	let weight = 1;
	for (let i = address.length - 1; i >= 0; i--) {
		const digit = address.charCodeAt(i) - 48;
		if (digit === 10) break;
		if (digit < 0 || digit > 9 || weight === 100_000) return undefined;
		port += digit * weight;
		weight *= 10;
	}
	return weight === 1 ? undefined : port;
}

/** Which peers of which primary are known to be which replica, by the handshakes joined so far. */
export type Ties = ReadonlyMap<string, ReadonlySet<Server>>;

/** Whether the addresses that both sides print allow that this replica asked this primary. */
export function portsAgree(replica: Server, primary: Server, tried: Try, session: Session, ties?: Ties): boolean | undefined {
	// A key has tied this peer's address to the replica before: it announces another address than its own.
	const tied = ties?.get(`${primary.id}\n${session.peer}`)?.has(replica) === true;
	const peer = tied ? undefined : portOf(session.peer);
	const target = portOf(tried.target);
	let known = tied;
	if (peer !== undefined && replica.ports.size > 0) {
		if (!replica.ports.has(peer)) return false;
		known = true;
	}
	if (target !== undefined && primary.ports.size > 0) {
		if (!primary.ports.has(target)) return false;
		known = true;
	}
	return known ? true : undefined;
}

/** Which peers of which primary are known to be which replica, from the handshakes joined by key. */
export function peerAddresses(tries: readonly Try[]): Map<string, Set<Server>> {
	const known = new Map<string, Set<Server>>();
	for (const { server, session } of tries) {
		if (session === null || session.peer === null) continue;
		const key = `${session.server.id}\n${session.peer}`;
		const set = known.get(key) ?? new Set();
		known.set(key, set.add(server));
	}
	return known;
}

export function mayBe(session: Session, replica: Server, addresses: ReadonlyMap<string, ReadonlySet<Server>>): boolean {
	const known = addresses.get(`${session.server.id}\n${session.peer}`);
	return known === undefined || known.has(replica);
}

/** Who is behind an address, by most of the handshakes joined so far. Addresses move, so that this only prefers. */
export class KnownAddresses {
	readonly #owners = new Map<string, Server>();

	constructor(tries: readonly Try[]) {
		const votes = new Map<string, Map<Server, number>>();
		for (const { target, server, session } of tries) {
			if (session === null) continue;
			for (const [address, owner] of [[target, session.server], [session.peer, server]] as const) {
				if (address === null) continue;
				const of = votes.get(address) ?? new Map<Server, number>();
				votes.set(address, of.set(owner, (of.get(owner) ?? 0) + 1));
			}
		}
		for (const [address, of] of votes) {
			const all = [...of.values()].reduce((sum, n) => sum + n, 0);
			for (const [owner, count] of of) if (count * 2 > all) this.#owners.set(address, owner);
		}
	}

	/** Whether neither the replica's nor the primary's address is known for another server. */
	allow(tried: Try, session: Session): boolean {
		const primary = tried.target === null ? undefined : this.#owners.get(tried.target);
		const replica = session.peer === null ? undefined : this.#owners.get(session.peer);
		return (primary ?? session.server) === session.server && (replica ?? tried.server) === tried.server;
	}
}
