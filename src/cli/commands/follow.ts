import process from "node:process";
import { type Analysis, type AnalyzeOptions, analyzeLive } from "../../analyze.ts";
import type { FollowOptions } from "../../input/follow.ts";
import type { Report } from "../../model/report.ts";
import type { Format } from "../../report/formats.ts";
import { toJson } from "../../report/json.ts";
import { Announcer, newsLines } from "../../report/live.ts";
import { complain } from "../errors.ts";
import { print } from "../output.ts";

/** Formats of which a part may come before the whole. */
const inParts: ReadonlySet<Format> = new Set(["text", "lines", "ndjson"]);

/**
 * Tells each resync when it is decided, and again when its verdict, cause or proof changes, until
 * Ctrl-C or the end of all pipes. Returns the analysis of all, for the report.
 */
export async function followUntilEnd(
	inputs: readonly string[],
	options: FollowOptions & Pick<AnalyzeOptions, "zones">,
	format: Format,
): Promise<Analysis> {
	const stop = new AbortController();
	const end = (): void => stop.abort();
	for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, end);
	const announcer = new Announcer();
	const said = new Set<string>();
	let forgotten: number | null = null;
	let latest: Analysis | undefined;
	try {
		for await (const analysis of analyzeLive(inputs, { ...options, signal: stop.signal })) {
			latest = analysis;
			const { report, last } = analysis;
			if (!last) sayUnreadable(report, said);
			const news = announcer.news(report);
			if (analysis.forgotten !== forgotten) {
				// What was told is known by lines that are gone, and must not be told again.
				forgotten = analysis.forgotten;
				const until = new Date(forgotten ?? 0).toISOString().replace("T", " ").slice(0, 19);
				complain(
					`too much to keep: events up to ${until} (server's time) are let go; the report begins later`,
				);
				continue;
			}
			const lines =
				format === "ndjson"
					? news.map(({ changed, resync }) => `${toJson({ record: "news", changed, ...resync })}\n`).join("")
					: newsLines(report, news);
			if (!inParts.has(format)) process.stderr.write(lines);
			else if (!(await print(lines))) stop.abort();
		}
	} finally {
		for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, end);
	}
	// A Ctrl-C may leave its ^C on the line.
	if (format === "text") await print("\n");
	return latest as Analysis;
}

/** A file that cannot be read is said at once: who watches would wait for it in vain. */
function sayUnreadable({ problems }: Report, said: Set<string>): void {
	for (const { code, text } of problems) {
		if (code !== "unreadable" || said.has(text)) continue;
		said.add(text);
		complain(text);
	}
}
