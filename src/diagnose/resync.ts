import type { Story } from "../correlate/index.ts";
import type { LogEvent } from "../model/event.ts";
import { added, none } from "../model/lists.ts";
import type { Attempt, CauseCode, Facts, Offset, Position, Resync, TriggerCode, Verdict, Why } from "../model/report.ts";
import type { Episode, HistoryPosition, Server, Try } from "../model/story.ts";
import { exact } from "../model/units.ts";
import { Case, decidedBy, type Ground } from "./case.ts";
import { causes } from "./causes/index.ts";
import { firstLoss } from "./contact.ts";
import { evidenceOf, iso } from "./evidence.ts";
import { type Failure, failureOfSession, failureOfTry, failureRemedies } from "./failures.ts";
import { backlogOf } from "./figures.ts";
import { phasesOf } from "./phases.ts";
import type { AnyRule, Found } from "./rule.ts";
import { provesNothing, tornServers } from "./torn.ts";
import { triggers } from "./triggers/index.ts";

export { iso };

/** Explains every outage of the story, in its order. */
export function explainAll(story: Story): Resync[] {
	const synced = new Map<string, Episode>();
	const torn = tornServers(story);
	const answers = new Answers();
	const resyncs: Resync[] = [];
	for (const episode of story.episodes) {
		const key = episode.replica?.id ?? (episode.replicaAddress === null ? null : `@${episode.replicaAddress}`);
		resyncs.push(explainOne(new Case(story, episode, key === null ? null : (synced.get(key) ?? null)), resyncs.length + 1, torn, answers));
		// A replica without a name (2.6, tools) may be another one each time.
		if (key === null) continue;
		if (episode.outage?.online != null || episode.sessions.some((s) => s.online !== null)) synced.set(key, episode);
	}
	return resyncs;
}

function explainOne(c: Case, id: number, torn: ReadonlySet<Server>, answers: Answers): Resync {
	const { episode } = c;
	const trigger = apply(triggers, c);
	const cause = (c.decided === null ? null : apply(causes, c)) ?? undecided(c);
	const attempts = attemptsOf(c);
	const failures = attempts.failures;
	const verdict = verdictOf(episode);
	const last = lastTry(episode);
	const lost = lostAt(c);
	const at = (server: Server, event: LogEvent | null | undefined): string | null =>
		event == null ? null : iso(c.time(server, event));
	const grounds: (Ground | null | undefined)[] = [
		...lossGrounds(c),
		...cause.found.grounds,
		...(trigger?.found.grounds ?? none),
	];
	for (const failure of failures) grounds.push(...failure.grounds);
	grounds.push(...endGrounds(c));
	const evidence = evidenceOf(c.story, grounds);
	const seen = cause.found.seen ?? none;
	const request = c.request;
	const granted = last?.granted ?? c.granted;
	return {
		id,
		primary: episode.primary?.id ?? episode.primaryAddress,
		replica: episode.replica?.id ?? episode.replicaAddress,
		verdict,
		lostAt: iso(lost),
		askedAt: c.tried !== null ? at(c.tried.server, c.tried.ask ?? c.tried.begin) : (firstAsk(c) ?? null),
		decidedAt: decidedAt(c),
		onlineAt: onlineAt(c),
		cause: causeOf(c, answers.of(cause.rule, cause.found), torn),
		trigger: trigger === null ? noTrigger : answers.of(trigger.rule, trigger.found),
		request: positionOf(request),
		granted: positionOf(granted),
		primaryHad: withFigures(c, primaryHad(c)),
		bytes: bytesOf(c, last),
		phases: phasesOf(c, lost),
		attempts: attempts.attempts,
		remedy: remedyOf(cause, failures),
		evidence: seen.length === 0 ? evidence : [...evidence, ...seen],
		missing: missingOf(cause.found, verdict === "full" || verdict === "partial" ? trigger?.found : undefined),
	};
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

const noTrigger: Why<TriggerCode> = { code: "unknown", proof: "unknown", text: "the logs given do not show a decision", facts: {} };

/** Answers in words. Of a hundred thousand resyncs many have equal ones: they are one object. */
class Answers {
	readonly #last = new Map<unknown, Why>();

	of<Code extends string>(rule: AnyRule<Code>, { proof, facts }: Found): Why<Code> {
		const last = this.#last.get(rule);
		if (last !== undefined && last.proof === proof && areEqual(last.facts, facts)) return last as Why<Code>;
		const why: Why<Code> = { code: rule.code, proof, text: rule.explain(facts), facts };
		this.#last.set(rule, why);
		return why;
	}
}

/** Two sets of facts of one rule. */
function areEqual(a: Facts, b: Facts): boolean {
	for (const name in a) if (a[name] !== b[name]) return false;
	for (const name in b) if (!(name in a)) return false;
	return true;
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

/** Where lines are lost or in the wrong place, what is absent proves nothing. */
function causeOf(c: Case, cause: Why<CauseCode>, torn: ReadonlySet<Server>): Why<CauseCode> {
	const doubtful = cause.proof === "proven" && provesNothing(torn, cause.code, [c.replica, c.session?.server]);
	return doubtful ? { ...cause, proof: "supported" } : cause;
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

/** When the link ended: by the replica's log, else by the primary's; in ms on the reference's clock. */
function lostAt(c: Case): number | null {
	return firstLoss(c, c.session ?? c.episode.sessions[0] ?? null);
}

function firstAsk(c: Case): string | null {
	const begun = c.outage?.tries[0];
	if (begun !== undefined) return iso(c.time(begun.server, begun.ask ?? begun.begin));
	const session = c.episode.sessions[0];
	return session === undefined ? null : iso(c.time(session.server, session.ask));
}

function decidedAt(c: Case): string | null {
	const told = c.session?.decision ? c.time(c.session.server, c.session.decision) : null;
	// A primary logs "accepted" after its answer is on the way: the replica may have read it before.
	const read = c.tried?.answer ? c.time(c.tried.server, c.tried.answer) : null;
	const decided = told === null || read === null ? (told ?? read) : Math.min(told, read);
	// The two clocks are known to a millisecond or so: no answer before its question.
	const asked = c.tried !== null ? c.time(c.tried.server, c.tried.ask ?? c.tried.begin) : null;
	return iso(decided === null || asked === null ? decided : Math.max(decided, asked));
}

function onlineAt(c: Case): string | null {
	if (c.outage !== null) return c.outage.online === null ? null : iso(c.time(c.outage.server, c.outage.online));
	const last = c.episode.sessions.at(-1);
	return last?.online ? iso(c.time(last.server, last.online)) : null;
}

function positionOf(position: HistoryPosition | null): Position | null {
	return position === null || position.replid === "" ? null : { replid: position.replid, offset: exact(position.offset) };
}

const number = (value: bigint | null | undefined): Offset | null => (value == null ? null : exact(value));

const nothing = { replid: null, replid2: null, secondOffset: null, firstOffset: null, lastOffset: null };

function primaryHad(c: Case): Resync["primaryHad"] {
	const decision = c.decision;
	switch (decision?.type) {
		case "psync.rejected.replid-mismatch":
			return { ...nothing, replid: decision.fields.myReplid, replid2: known(decision.fields.myReplid2) };
		case "psync.rejected.second-offset":
			return { ...nothing, replid2: c.requestedId, secondOffset: number(decision.fields.secondReplOffset) };
		case "psync.rejected.backlog":
			return {
				...nothing,
				replid: decision.fields.replid ?? (c.granted?.replid === c.requestedId ? c.requestedId : null),
				firstOffset: number(decision.fields.backlogFirst),
				lastOffset: number(decision.fields.backlogLast),
			};
		default:
			return null;
	}
}

/** Where an INFO of about that time shows what the backlog held; the cause's `sampledMs` says how much later. */
function withFigures(c: Case, had: Resync["primaryHad"]): Resync["primaryHad"] {
	const known = c.decision?.type === "psync.rejected.backlog" || c.decision?.type === "psync.accepted";
	const same = c.requestedId !== null && c.requestedId === c.grantedId;
	if (!(known || same) || (had !== null && had.firstOffset !== null)) return had;
	const seen = backlogOf(c);
	if (seen === null || seen.first === null) return had;
	const own = { replid: seen.replid ?? c.grantedId ?? c.requestedId, replid2: null, secondOffset: null };
	return { ...(had ?? own), firstOffset: number(seen.first), lastOffset: number(seen.last) };
}

function known(replid: string | undefined): string | null {
	return replid === undefined || /^0+$/.test(replid) ? null : replid;
}

const noBytes: Resync["bytes"] = { missed: null, sent: null, snapshot: null };

function bytesOf(c: Case, last: Try | null): Resync["bytes"] {
	let missed: number | null = null;
	const request = c.request;
	const granted = c.granted;
	if (request !== null && granted !== null && request.replid === granted.replid) {
		const bytes = Number(granted.offset + 1n - request.offset);
		// A backlog of petabytes there is not: offsets so far apart are not of one history.
		if (Number.isSafeInteger(bytes)) missed = bytes;
	}
	const sent = c.decision?.type === "psync.accepted" ? c.decision.fields.bytes : null;
	const snapshot = last?.receiving?.type === "transfer.receiving" ? last.receiving.fields.bytes : null;
	return missed === null && sent === null && snapshot === null ? noBytes : { missed, sent, snapshot };
}

function attemptsOf(c: Case): { attempts: readonly Attempt[]; failures: readonly Failure[] } {
	let attempts: readonly Attempt[] = none;
	const failures: Failure[] = [];
	const add = (askedAt: string | null, outcome: Verdict, failure: Failure | null, primary: string | null, decided: "full" | "partial" | null): void => {
		const last = attempts.at(-1);
		const reason = failure?.why ?? null;
		if (last !== undefined && last.outcome === outcome && outcome === "failed" && last.reason?.code === reason?.code && last.decided === decided && last.primary === primary) {
			(attempts as Attempt[])[attempts.length - 1] = { ...last, count: last.count + 1 };
			return;
		}
		if (failure !== null) failures.push(failure);
		attempts = added(attempts, { askedAt, primary, decided, outcome, reason, count: 1 });
	};
	if (c.outage !== null) {
		for (const tried of c.outage.tries) {
			const asked = tried === c.tried ? c.primary : (tried.session?.server ?? c.story.addresses.resolve(tried.target, false, tried.server));
			const at = iso(c.time(tried.server, tried.ask ?? tried.begin));
			add(at, tried.outcome, failureOfTry(tried), asked?.id ?? tried.target, decidedBy(tried));
		}
		return { attempts, failures };
	}
	for (const session of c.episode.sessions) {
		const failure = failureOfSession(session);
		const outcome: Verdict = failure !== null ? "failed" : session.online !== null ? (session.decided ?? "open") : "open";
		add(iso(c.time(session.server, session.ask)), outcome, failure, session.server.id, session.decided);
	}
	return { attempts, failures };
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
