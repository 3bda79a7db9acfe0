import type { Story } from "../correlate/index.ts";
import type { LogEvent } from "../model/event.ts";
import type { Attempt, CauseCode, Offset, Position, Resync, TriggerCode, Verdict, Why } from "../model/report.ts";
import type { Episode, HistoryPosition, Server, Try } from "../model/story.ts";
import { exact } from "../model/units.ts";
import { Case, decidedBy, type Ground } from "./case.ts";
import { causes } from "./causes/index.ts";
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
	const resyncs: Resync[] = [];
	for (const episode of story.episodes) {
		const key = episode.replica?.id ?? (episode.replicaAddress === null ? null : `@${episode.replicaAddress}`);
		resyncs.push(explainOne(new Case(story, episode, key === null ? null : (synced.get(key) ?? null)), resyncs.length + 1, torn));
		// A replica without a name (2.6, tools) may be another one each time.
		if (key === null) continue;
		if (episode.outage?.online != null || episode.sessions.some((s) => s.online !== null)) synced.set(key, episode);
	}
	return resyncs;
}

function explainOne(c: Case, id: number, torn: ReadonlySet<Server>): Resync {
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
	const grounds = [
		...lossGrounds(c),
		...(cause?.found.grounds ?? []),
		...(trigger?.found.grounds ?? []),
		...failures.flatMap((f) => f.grounds),
		...endGrounds(c),
	];
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
		cause: causeOf(c, cause, torn),
		trigger: why(trigger) as Why<TriggerCode>,
		request: positionOf(request),
		granted: positionOf(granted),
		primaryHad: withFigures(c, primaryHad(c)),
		bytes: bytesOf(c, last),
		phases: phasesOf(c, lost),
		attempts: attempts.attempts,
		remedy: [...(cause?.rule.remedy(cause.found.facts) ?? []), ...failureRemedies(failures)],
		evidence: [...evidenceOf(c.story, grounds), ...(cause?.found.seen ?? [])],
		missing: verdict === "full" || verdict === "partial"
			? [...new Set([...(cause?.found.missing ?? []), ...(trigger?.found.proof === "unknown" ? (trigger.found.missing ?? []) : [])])]
			: [...new Set(cause?.found.missing ?? [])],
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

function why(applied: Applied<string> | null): Why {
	if (applied === null) return { code: "unknown", proof: "unknown", text: "the logs given do not show a decision", facts: {} };
	const { rule, found } = applied;
	return { code: rule.code, proof: found.proof, text: rule.explain(found.facts), facts: found.facts };
}

/** Where lines are lost or in the wrong place, what is absent proves nothing. */
function causeOf(c: Case, applied: Applied<CauseCode> | null, torn: ReadonlySet<Server>): Why<CauseCode> {
	const cause = why(applied) as Why<CauseCode>;
	const doubtful = cause.proof === "proven" && provesNothing(torn, cause.code, [c.replica, c.session?.server]);
	return doubtful ? { ...cause, proof: "supported" } : cause;
}

/** No decision was seen: said so, with what would show one. */
function undecided(c: Case): Applied<CauseCode> | null {
	const last = lastTry(c.episode);
	const target = last?.target ?? c.episode.primaryAddress;
	const promoted = c.outage?.promoted ?? null;
	return {
		rule: {
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
		},
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
	const { outage } = c;
	const times: number[] = [];
	for (const event of outage?.losses ?? []) {
		const at = outage === null ? null : c.time(outage.server, event);
		if (at !== null) times.push(at);
	}
	const loss = (c.session ?? c.episode.sessions[0])?.lossBefore;
	const server = (c.session ?? c.episode.sessions[0])?.server;
	if (loss && server) {
		const at = c.time(server, loss.event);
		if (at !== null) times.push(at);
	}
	return times.length === 0 ? null : Math.min(...times);
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

function primaryHad(c: Case): Resync["primaryHad"] {
	const decision = c.decision;
	const nothing = { replid: null, replid2: null, secondOffset: null, firstOffset: null, lastOffset: null };
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
	const nothing = { replid: seen.replid ?? c.grantedId ?? c.requestedId, replid2: null, secondOffset: null };
	return { ...(had ?? nothing), firstOffset: number(seen.first), lastOffset: number(seen.last) };
}

function known(replid: string | undefined): string | null {
	return replid === undefined || /^0+$/.test(replid) ? null : replid;
}

function bytesOf(c: Case, last: Try | null): Resync["bytes"] {
	const facts = { missed: null as number | null, sent: null as number | null, snapshot: null as number | null };
	const request = c.request;
	const granted = c.granted;
	if (request !== null && granted !== null && request.replid === granted.replid) {
		const missed = Number(granted.offset + 1n - request.offset);
		// A backlog of petabytes there is not: offsets so far apart are not of one history.
		if (Number.isSafeInteger(missed)) facts.missed = missed;
	}
	if (c.decision?.type === "psync.accepted") facts.sent = c.decision.fields.bytes;
	if (last?.receiving?.type === "transfer.receiving") facts.snapshot = last.receiving.fields.bytes;
	return facts;
}

function attemptsOf(c: Case): { attempts: Attempt[]; failures: Failure[] } {
	const attempts: Attempt[] = [];
	const failures: Failure[] = [];
	const add = (askedAt: string | null, outcome: Verdict, failure: Failure | null, primary: string | null, decided: "full" | "partial" | null): void => {
		const last = attempts.at(-1);
		const reason = failure?.why ?? null;
		if (last !== undefined && last.outcome === outcome && outcome === "failed" && last.reason?.code === reason?.code && last.decided === decided && last.primary === primary) {
			attempts[attempts.length - 1] = { ...last, count: last.count + 1 };
			return;
		}
		if (failure !== null) failures.push(failure);
		attempts.push({ askedAt, primary, decided, outcome, reason, count: 1 });
	};
	if (c.outage !== null) {
		for (const tried of c.outage.tries) {
			const asked = tried.session?.server ?? c.story.addresses.resolve(tried.target, false, tried.server);
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
