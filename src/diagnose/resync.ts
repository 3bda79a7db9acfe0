import type { Story } from "../correlate/index.ts";
import { none } from "../model/lists.ts";
import type { CauseCode, Evidence, Resync, Verdict, Why } from "../model/report.ts";
import type { Episode, Server, Try } from "../model/story.ts";
import { Answers, noTrigger } from "./answers.ts";
import { attemptsOf, failuresOf } from "./attempts.ts";
import { Case, type Ground } from "./case.ts";
import { causes } from "./causes/index.ts";
import { evidenceOf, isDate, iso } from "./evidence.ts";
import { type Failure, failureRemedies } from "./failures.ts";
import { type Held, type Made, makerOf } from "./made.ts";
import { lostAt, moments, momentsOf, momentsOfEach } from "./moments.ts";
import { phasesOf, type Stretch, stretchesOf } from "./phases.ts";
import { bytesOf, positionOf, primaryHadOf } from "./positions.ts";
import type { AnyRule, Found } from "./rule.ts";
import { provesNothing, tornServers } from "./torn.ts";
import { triggers } from "./triggers/index.ts";

export { iso };

/** Explains every outage of the story, in its order. What is long is made when it is read; see `Made`. */
export function explainAll(story: Story): readonly Resync[] {
	return explainedOf(story).resyncs;
}

const explained = new WeakMap<Story, Explainer>();

/** What was found when a story was explained, in numbers. */
export interface Explained {
	readonly story: Story;
	readonly resyncs: readonly Resync[];
	/** One of the four moments of a resync (`moments`), in ms; null where no line tells. */
	readonly moment: (id: number, which: number) => number | null;
	/** The phases of a resync. */
	readonly stretches: (id: number) => readonly Stretch[];
}

/** The story's explanation: made once. */
export function explainedOf(story: Story): Explained {
	let known = explained.get(story);
	if (known === undefined) explained.set(story, (known = new Explainer(story)));
	return known;
}

class Explainer implements Explained {
	readonly story: Story;
	readonly resyncs: readonly Resync[];
	readonly #torn: ReadonlySet<Server>;
	readonly #answers = new Answers();
	/** For each outage, the one before after which the replica was synchronised; -1 for none. */
	readonly #before: Int32Array;
	/** Four moments of each; NaN where no line tells. */
	readonly #moments: Float64Array;
	/** The outage that was looked at last: what is made of one is mostly read in a row. */
	#last: { readonly id: number; readonly c: Case; evidence: readonly Evidence[] | null } | undefined;

	constructor(story: Story) {
		this.story = story;
		this.#torn = tornServers(story);
		this.#before = syncedBefore(story.episodes);
		this.#moments = new Float64Array(story.episodes.length * momentsOfEach).fill(Number.NaN);
		const make = makerOf((id, name) => this.#made(id, name));
		this.resyncs = story.episodes.map((_, i) => make(this.#explain(i + 1)));
	}

	moment(id: number, which: number): number | null {
		const at = this.#moments[(id - 1) * momentsOfEach + which];
		return at === undefined || Number.isNaN(at) ? null : at;
	}

	stretches(id: number): readonly Stretch[] {
		const { c } = this.#case(id);
		return stretchesOf(c, lostAt(c));
	}

	#case(id: number): { readonly c: Case; evidence: readonly Evidence[] | null } {
		if (this.#last?.id !== id) {
			const { episodes } = this.story;
			const before = this.#before[id - 1] as number;
			const c = new Case(this.story, episodes[id - 1] as Episode, episodes[before] ?? null);
			this.#last = { id, c, evidence: null };
		}
		return this.#last;
	}

	#explain(id: number): Held {
		const { c } = this.#case(id);
		const { episode } = c;
		const trigger = apply(triggers, c);
		const cause = causeOf(c);
		const failures = failuresOf(c);
		const verdict = verdictOf(episode);
		momentsOf(c).forEach((at, i) => {
			if (at !== null && isDate(at)) this.#moments[(id - 1) * momentsOfEach + i] = at;
		});
		return {
			id,
			primary: episode.primary?.id ?? episode.primaryAddress,
			replica: episode.replica?.id ?? episode.replicaAddress,
			verdict,
			cause: this.#certain(c, this.#answers.of(cause.rule, cause.found)),
			trigger: trigger === null ? noTrigger : this.#answers.of(trigger.rule, trigger.found),
			primaryHad: primaryHadOf(c),
			bytes: bytesOf(c, lastTry(episode)),
			remedy: remedyOf(cause, failures),
			missing: missingOf(cause.found, verdict === "full" || verdict === "partial" ? trigger?.found : undefined),
		};
	}

	/** Where lines are lost or in the wrong place, what is absent proves nothing. */
	#certain(c: Case, cause: Why<CauseCode>): Why<CauseCode> {
		const doubtful = cause.proof === "proven" && provesNothing(this.#torn, cause.code, [c.replica, c.session?.server]);
		return doubtful ? { ...cause, proof: "supported" } : cause;
	}

	#made<K extends keyof Made>(id: number, name: K): Made[K];
	#made(id: number, name: keyof Made): Made[keyof Made] {
		switch (name) {
			case "request":
				return positionOf(this.#case(id).c.request);
			case "granted": {
				const { c } = this.#case(id);
				return positionOf(lastTry(c.episode)?.granted ?? c.granted);
			}
			case "phases": {
				const { c } = this.#case(id);
				return phasesOf(c, lostAt(c));
			}
			case "attempts":
				return attemptsOf(this.#case(id).c);
			case "evidence": {
				const last = this.#case(id);
				last.evidence ??= evidenceFor(last.c);
				return last.evidence;
			}
			default:
				return iso(this.moment(id, moments[name]));
		}
	}
}

/** The outages of one replica follow each other; which of them ended well? */
function syncedBefore(episodes: readonly Episode[]): Int32Array {
	const synced = new Map<string, number>();
	const before = new Int32Array(episodes.length).fill(-1);
	for (const [i, episode] of episodes.entries()) {
		const key = episode.replica?.id ?? (episode.replicaAddress === null ? null : `@${episode.replicaAddress}`);
		// A replica without a name (2.6, tools) may be another one each time.
		if (key === null) continue;
		before[i] = synced.get(key) ?? -1;
		if (episode.outage?.online != null || episode.sessions.some((s) => s.online !== null)) synced.set(key, i);
	}
	return before;
}

/** The lines that all of its answers rest on. */
function evidenceFor(c: Case): readonly Evidence[] {
	const cause = causeOf(c);
	const grounds: (Ground | null | undefined)[] = [
		...lossGrounds(c),
		...cause.found.grounds,
		...(apply(triggers, c)?.found.grounds ?? none),
	];
	for (const failure of failuresOf(c)) grounds.push(...failure.grounds);
	grounds.push(...endGrounds(c));
	return [...evidenceOf(c.story, grounds), ...(cause.found.seen ?? none)];
}

interface Applied<Code extends string> {
	readonly rule: AnyRule<Code>;
	readonly found: Found;
}

/** The first rule of the list that applies. */
function apply<Code extends string>(rules: readonly AnyRule<Code>[], c: Case): Applied<Code> | null {
	for (const rule of rules) {
		const found = rule.check(c);
		if (found !== undefined) return { rule, found };
	}
	return null;
}

function causeOf(c: Case): Applied<CauseCode> {
	return (c.decided === null ? null : apply(causes, c)) ?? undecided(c);
}

function remedyOf({ rule, found }: Applied<CauseCode>, failures: readonly Failure[]): readonly string[] {
	const own = rule.remedy(found.facts);
	const rest = failures.length === 0 ? none : failureRemedies(failures);
	return own.length + rest.length === 0 ? none : [...own, ...rest];
}

function missingOf({ missing = none }: Found, trigger: Found | undefined): readonly string[] {
	const further = trigger?.proof === "unknown" ? (trigger.missing ?? none) : none;
	return missing.length + further.length === 0 ? none : [...new Set([...missing, ...further])];
}

const noDecision: AnyRule<CauseCode> = {
	code: "unknown",
	check: () => undefined,
	explain: ({ tries, decided, promoted }) =>
		promoted === 1
			? "it was made a primary before any primary answered it"
			: decided !== null
				? `a ${decided} resync whose beginning these logs do not show`
				: tries === 0
					? "the log ends before the replica asked again"
					: "no primary has answered it yet",
	remedy: () => [],
};

/** No decision was seen: said so, with what would show one. */
function undecided(c: Case): Applied<CauseCode> {
	const last = lastTry(c.episode);
	const target = last?.target ?? c.episode.primaryAddress;
	const promoted = c.outage?.promoted ?? null;
	return {
		rule: noDecision,
		found: {
			proof: "unknown",
			facts: { tries: c.outage?.tries.length ?? c.episode.sessions.length, decided: c.decided, promoted: promoted === null ? 0 : 1 },
			grounds: [],
			missing: promoted !== null ? [] : [`the log ${c.decided === null ? "after" : "before"} this time${target === null ? "" : `, or that of ${target}`}`],
		},
	};
}

function lastTry(episode: Episode): Try | null {
	return episode.outage?.tries.at(-1) ?? null;
}

function verdictOf(episode: Episode): Verdict {
	const { outage } = episode;
	if (outage !== null) {
		if (outage.online !== null) return outage.tries.at(-1)?.outcome ?? "open";
		return outage.promoted !== null ? "failed" : "open";
	}
	const last = episode.sessions.at(-1);
	if (last === undefined) return "open";
	if (last.online !== null && last.decided !== null) return last.decided;
	return last.loss !== null ? "failed" : "open";
}

function lossGrounds(c: Case): Ground[] {
	const { outage } = c;
	return outage === null ? [] : outage.losses.slice(0, 2).map((event) => ({ server: outage.server, event }));
}

function endGrounds(c: Case): Ground[] {
	const { outage } = c;
	const grounds: Ground[] = [];
	if (outage?.online != null) grounds.push({ server: outage.server, event: outage.online });
	if (outage?.promoted != null) grounds.push({ server: outage.server, event: outage.promoted });
	const last = c.episode.sessions.at(-1);
	if (outage === null && last?.online) grounds.push({ server: last.server, event: last.online });
	return grounds;
}
