import { added, none } from "../model/lists.ts";
import type { Attempt, Verdict } from "../model/report.ts";
import { type Case, decidedBy } from "./case.ts";
import { iso } from "./evidence.ts";
import { type Failure, failureOfSession, failureOfTry } from "./failures.ts";

/** So many attempts may differ in no more than the error's words; of further ones only the codes are told apart. */
const worded = 8;

/** The attempts of an outage: equal ones in a row are one, counted. */
export function attemptsOf(c: Case): readonly Attempt[] {
	let attempts: readonly Attempt[] = none;
	for (const tried of triesOf(c)) {
		const last = attempts.at(-1);
		const alike = attempts.length >= worded || last?.reason?.text === tried.failure?.why.text;
		if (last !== undefined && alike && isRepeated(tried, last)) {
			(attempts as Attempt[])[attempts.length - 1] = { ...last, count: last.count + 1 };
			continue;
		}
		const { outcome, failure, primary, decided } = tried;
		attempts = added(attempts, { askedAt: iso(tried.asked()), primary, decided, outcome, reason: failure?.why ?? null, count: 1 });
	}
	return attempts;
}

/** Why the attempts failed: of equal ones in a row the first. */
export function failuresOf(c: Case): readonly Failure[] {
	const { outage } = c;
	// Mostly none did.
	if (outage !== null && !outage.tries.some((t) => t.outcome === "failed")) return none;
	const failures: Failure[] = [];
	let last: Attempted | undefined;
	for (const tried of triesOf(c)) {
		const repeated = last !== undefined && isRepeated(tried, { ...last, reason: last.failure?.why ?? null });
		if (!repeated && tried.failure !== null) failures.push(tried.failure);
		last = tried;
	}
	return failures;
}

interface Attempted extends Pick<Attempt, "primary" | "decided" | "outcome"> {
	/** When it asked, in ms. */
	readonly asked: () => number | null;
	readonly failure: Failure | null;
}

function isRepeated({ outcome, failure, decided, primary }: Attempted, last: Pick<Attempt, "outcome" | "reason" | "decided" | "primary">): boolean {
	return outcome === "failed" && last.outcome === outcome && last.reason?.code === failure?.why.code && last.decided === decided && last.primary === primary;
}

/** By the replica's log, else by the primary's. */
function* triesOf(c: Case): Generator<Attempted> {
	if (c.outage !== null) {
		for (const tried of c.outage.tries) {
			const asked = tried === c.tried ? c.primary : (tried.session?.server ?? c.story.addresses.resolve(tried.target, false, tried.server));
			yield {
				asked: () => c.time(tried.server, tried.ask ?? tried.begin),
				outcome: tried.outcome,
				failure: failureOfTry(tried),
				primary: asked?.id ?? tried.target,
				decided: decidedBy(tried),
			};
		}
		return;
	}
	for (const session of c.episode.sessions) {
		const failure = failureOfSession(session);
		const outcome: Verdict = failure !== null ? "failed" : session.online !== null ? (session.decided ?? "open") : "open";
		const asked = (): number | null => c.time(session.server, session.ask);
		yield { asked, outcome, failure, primary: session.server.id, decided: session.decided };
	}
}
