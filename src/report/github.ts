import type { Evidence, Report } from "../model/report.ts";
import { causeWords, isExpected, worstOf } from "./describe.ts";
import { fold, numbers } from "./fold.ts";
import { Names } from "./names.ts";
import { safeData } from "./safe.ts";

type Level = "notice" | "warning" | "error";

const data = (text: string): string => text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
const property = (text: string): string => data(text).replace(/:/g, "%3A").replace(/,/g, "%2C");

function annotation(
	level: Level,
	title: string,
	message: string,
	at?: Pick<Evidence, "input" | "line">,
): string {
	const properties = [`title=${property(title)}`];
	if (at !== undefined && at.input !== "-")
		properties.unshift(`file=${property(at.input)}`, `line=${at.line}`);
	return `::${level} ${properties.join(",")}::${data(message)}\n`;
}

/**
 * Annotations for GitHub Actions, at the line of the log that decides. What had to be (a partial
 * resync, a first sync) is a notice, a full resync a warning, a failed one an error.
 */
export function renderGithub(unsafeReport: Report): string {
	const report = safeData(unsafeReport);
	const names = new Names(report);
	const lines = [annotation("notice", "rlog", report.summary.text)];
	for (const { first, all, replicas } of fold(report.resyncs)) {
		const { primary, verdict, cause, trigger, evidence } = first;
		const level =
			isExpected(first) || verdict === "open" ? "notice" : verdict === "failed" ? "error" : "warning";
		const count = all.length > 1 ? `${all.length} × ` : "";
		const which = `${numbers(all.map(({ id }) => id))} ${names.links(replicas, primary)}`;
		const title = `${which}: ${count}${verdict}, ${causeWords(first)}`;
		const { remedy } = worstOf({ first, all });
		const message = [cause.text, `Trigger: ${trigger.code}: ${trigger.text}`, ...remedy].join("\n");
		lines.push(annotation(level, title, message, evidence[0]));
	}
	for (const { outcome, text, evidence } of report.failovers) {
		const level = outcome === "failed" ? "warning" : "notice";
		lines.push(annotation(level, "failover", text, evidence[0]));
	}
	for (const { severity, code, resyncs, text, remedy, evidence } of report.findings) {
		const level = severity === "critical" ? "error" : severity === "warning" ? "warning" : "notice";
		const title = resyncs.length > 0 ? `${code} ${numbers(resyncs)}` : code;
		lines.push(annotation(level, title, [text, ...remedy].join("\n"), evidence[0]));
	}
	for (const { code, input, line = 1, text } of report.problems) {
		lines.push(annotation("warning", code, text, input === undefined ? undefined : { input, line }));
	}
	return lines.join("");
}
