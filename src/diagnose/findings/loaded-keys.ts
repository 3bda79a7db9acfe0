import type { EventOf } from "../../model/event.ts";
import { firstAt } from "../../model/lists.ts";
import type { Server, Try } from "../../model/story.ts";
import type { Ground } from "../case.ts";

/** How many keys a load brought, by the line that says so (6.2 and later). */
interface Load {
	/** Position in the server's events. */
	readonly at: number;
	readonly keys: number;
	readonly ground: Ground;
}

/** What each server has loaded, at start or in a full resync. */
export class LoadedKeys {
	readonly #loads = new Map<Server, readonly Load[]>();

	/** The load of a try. */
	in(tried: Try): Load | null {
		const loads = this.#of(tried.server);
		return loads[firstAt(loads, (l) => l.at, tried.at)] ?? null;
	}

	/** The last load before a try: what the replica held until then. */
	before(tried: Try): Load | null {
		const loads = this.#of(tried.server);
		return loads[firstAt(loads, (l) => l.at, tried.at) - 1] ?? null;
	}

	#of(server: Server): readonly Load[] {
		let loads = this.#loads.get(server);
		if (loads === undefined) {
			loads = Array.from(server.positions.get("rdb.load.done") ?? [], (at): Load => {
				const event = server.events[at] as EventOf<"rdb.load.done">;
				return { at, keys: event.fields.loaded, ground: { server, event } };
			});
			this.#loads.set(server, loads);
		}
		return loads;
	}
}
