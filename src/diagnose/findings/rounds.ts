import type { Story } from "../../correlate/index.ts";
import type { FailureCode } from "../../model/report.ts";
import type { Session, Try } from "../../model/story.ts";
import { decidedBy } from "../case.ts";
import { type Failure, failureOfSession, failureOfTry } from "../failures.ts";
import type { Told } from "./told.ts";

/** One full synchronisation that was begun: it may have succeeded, failed, or be cut off by the log's end. */
export interface Round {
	readonly told: Told;
	readonly tried: Try | null;
	readonly session: Session | null;
	/** When the replica asked, ms. */
	readonly from: number | null;
	/** When it was online or had failed, ms. */
	readonly to: number | null;
	readonly outcome: "full" | "failed" | "open";
	readonly failure: Failure | null;
}

/** Failures that only a full synchronisation can have, also where its grant is not in the log. */
const onlyInFull: ReadonlySet<FailureCode> = new Set<FailureCode>([
	"snapshot-failed",
	"transfer-timeout",
	"connection-lost-in-transfer",
	"replica-cannot-store",
	"replica-cannot-load",
]);

/** The full synchronisations that were begun in one outage: by the replica's log, else by the primary's. */
export function roundsOf(story: Story, told: Told): Round[] {
	const { outage, sessions } = told.episode;
	if (outage !== null) {
		return outage.tries
			.filter((t) => decidedBy(t) === "full" || (t.failure !== null && onlyInFull.has(t.failure.code)))
			.map((tried) => fromTry(story, told, tried));
	}
	return sessions.filter((s) => s.decided === "full").map((session) => fromSession(story, told, session));
}

function fromTry(story: Story, told: Told, tried: Try): Round {
	const { server } = tried;
	return {
		told,
		tried,
		session: tried.session,
		from: story.time(server, tried.ask ?? tried.begin),
		to: tried.end === null ? null : story.time(server, tried.end),
		outcome: tried.outcome === "full" || tried.outcome === "failed" ? tried.outcome : "open",
		failure: failureOfTry(tried),
	};
}

function fromSession(story: Story, told: Told, session: Session): Round {
	const { server } = session;
	const failure = failureOfSession(session);
	const end = session.online ?? (failure === null ? null : (session.loss?.event ?? null));
	return {
		told,
		tried: null,
		session,
		from: story.time(server, session.ask),
		to: end === null ? null : story.time(server, end),
		outcome: failure !== null ? "failed" : session.online !== null ? "full" : "open",
		failure,
	};
}
