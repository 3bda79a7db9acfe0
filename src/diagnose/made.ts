import type { Resync } from "../model/report.ts";

/**
 * What of a resync is made when it is read: of a hundred thousand it would take more room than the lines that it is
 * made of, and most readers ask for little of it.
 */
export type Made = Pick<Resync, (typeof names)[number]>;

/** What is kept of it. */
export type Held = Omit<Resync, keyof Made>;

const names = ["lostAt", "askedAt", "decidedAt", "onlineAt", "request", "granted", "phases", "attempts", "evidence"] as const;

/**
 * Makes the resyncs of one report: objects like any others, with properties of their own in the order of the contract,
 * whether they are held or made. All of them share the functions that make.
 */
export function makerOf(make: <K extends keyof Made>(id: number, name: K) => Made[K]): (held: Held) => Resync {
	const made = Object.fromEntries(
		names.map((name) => [name, { enumerable: true, configurable: true, get(this: Resync) { return make(this.id, name); } }]),
	) as Record<keyof Made, PropertyDescriptor>;
	// A function and not a class: only its objects can be plain ones.
	function Data(this: Record<string, unknown>, held: Held): void {
		const add = (name: keyof Made): unknown => Object.defineProperty(this, name, made[name]);
		this["id"] = held.id;
		this["primary"] = held.primary;
		this["replica"] = held.replica;
		this["verdict"] = held.verdict;
		add("lostAt");
		add("askedAt");
		add("decidedAt");
		add("onlineAt");
		this["cause"] = held.cause;
		this["trigger"] = held.trigger;
		add("request");
		add("granted");
		this["primaryHad"] = held.primaryHad;
		this["bytes"] = held.bytes;
		add("phases");
		add("attempts");
		this["remedy"] = held.remedy;
		add("evidence");
		this["missing"] = held.missing;
	}
	Data.prototype = Object.prototype;
	const Plain = Data as unknown as new (held: Held) => Resync;
	return (held) => new Plain(held);
}
