import type { LogEvent } from "../../model/event.ts";
import { humanDuration } from "../../model/units.ts";
import type { Case } from "../case.ts";
import { defineTrigger } from "../rule.ts";

/** The replica's own complaint, where it dropped the link. */
function ownTimeout(c: Case): LogEvent | null {
	return c.outage?.losses.find((e) => e.type === "link.primary-timeout") ?? null;
}

/** Which of the two acted first, on the corrected clock. */
function primaryActedFirst(c: Case): boolean {
	const theirs = c.loss;
	if (theirs?.reason !== "timeout" || c.session === null) return false;
	const own = ownTimeout(c);
	if (own === null || c.outage === null) return true;
	const a = c.time(c.session.server, theirs.because ?? theirs.event);
	const b = c.time(c.outage.server, own);
	return a === null || b === null || a <= b;
}

/** The primary dropped it: no acknowledgement for repl-timeout. */
export const replicaTimeout = defineTrigger({
	code: "replica-timeout",
	check: (c) => {
		const loss = c.loss;
		if (c.session === null || loss == null || !primaryActedFirst(c)) return undefined;
		const { server } = c.session;
		const noticed = c.outage?.losses[0] ?? null;
		const dropped = c.time(server, loss.event);
		const late = noticed !== null && c.outage !== null ? c.time(c.outage.server, noticed) : null;
		return {
			proof: "proven",
			facts: { noticedLaterMs: dropped === null || late === null ? null : Math.max(0, late - dropped) },
			grounds: [
				loss.because && { server, event: loss.because },
				{ server, event: loss.event },
				noticed && c.outage && { server: c.outage.server, event: noticed },
			],
		};
	},
	explain: ({ noticedLaterMs }) =>
		"the primary dropped it: no acknowledgement for repl-timeout" +
		(typeof noticedLaterMs === "number" && noticedLaterMs > 1000 ? `; the replica noticed ${humanDuration(noticedLaterMs)} later` : ""),
});

/** The replica dropped it: no data nor PING from the primary for repl-timeout. */
export const primaryTimeout = defineTrigger({
	code: "primary-timeout",
	check: (c) => {
		const own = ownTimeout(c);
		if (own === null || c.outage === null) return undefined;
		return { proof: "proven", facts: {}, grounds: [{ server: c.outage.server, event: own }] };
	},
	explain: () => "the replica dropped the link: no data nor PING from the primary for repl-timeout",
});

/** The primary closed it for its output buffer. */
export const outputBufferOverrun = defineTrigger({
	code: "output-buffer-overrun",
	check: (c) => {
		const loss = c.loss;
		if (c.session === null || loss?.reason !== "output-buffer") return undefined;
		const client = loss.because?.type === "client.output-buffer" ? loss.because.fields.client : "";
		const omem = /\bomem=(\d+)/.exec(client)?.[1];
		return {
			proof: "proven",
			facts: { bufferBytes: omem === undefined ? null : Number(omem) },
			grounds: [
				loss.because && { server: c.session.server, event: loss.because },
				{ server: c.session.server, event: loss.event },
			],
		};
	},
	explain: () => "the primary closed the link: the replica's output buffer had outgrown its limit",
});
