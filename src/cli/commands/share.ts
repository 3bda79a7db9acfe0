import process from "node:process";
import { buffer } from "node:stream/consumers";
import { count } from "../../report/human.ts";
import { safe } from "../../report/safe.ts";
import type { Kind } from "../../share/kinds.ts";
import { share } from "../../share/index.ts";
import { complain, UsageError } from "../errors.ts";
import { exitCode } from "../exit.ts";
import { print, writeFolder, writeWhole } from "../output.ts";

export interface ShareFlags {
	readonly output: string;
	readonly map?: string;
}

const nouns: Readonly<Record<Kind, readonly [string, string]>> = {
	address: ["address", "addresses"],
	id: ["ID", "IDs"],
	host: ["host name", "host names"],
	name: ["name", "names"],
	user: ["user", "users"],
	path: ["path", "paths"],
	secret: ["secret", "secrets"],
};

/** `rlog share`: copies that may be handed on, and the proof that they tell the same. */
export async function shareCommand(inputs: readonly string[], flags: ShareFlags): Promise<void> {
	// It is read more than once.
	const given = await Promise.all(
		inputs.map(async (input) => (input === "-" ? { name: "-", data: await buffer(process.stdin) } : input)),
	);
	const { copies, before, objections, counts, pairs } = await share(given);
	for (const { code, text } of before.report.problems) {
		if (code === "unreadable" || code === "empty" || code === "no-log") complain(text);
	}
	if (copies.length === 0) {
		process.exitCode = 1;
		return;
	}
	const [objection, ...more] = objections;
	if (objection !== undefined) {
		const others = more.length === 0 ? "" : ` (and ${count(more.length, "other difference")})`;
		throw new UsageError(
			`nothing was written: the copies would not tell the same: ${objection}${others}; please report it`,
		);
	}
	await writeFolder(flags.output, copies);
	if (flags.map !== undefined) {
		// The way back is for names; a password has no business in one more file.
		const names = pairs().filter(({ kind }) => kind !== "secret");
		await writeWhole(flags.map, `${JSON.stringify(names, null, 2)}\n`, 0o600);
	}
	const { resyncs, findings } = before.report;
	const what = counts
		.filter(([, n]) => n > 0)
		.map(([kind, n]) => count(n, ...nouns[kind]))
		.join(", ");
	await print(
		[
			...copies.map(({ input, name }) => `${safe(input)} → ${safe(`${flags.output}/${name}`)}`),
			`Replaced: ${what === "" ? "nothing" : what}.`,
			`Analysed again: ${count(resyncs.length, "resync")} and ${count(findings.length, "finding")}, all with the same verdict, cause and trigger.`,
			"Look through the copies before you hand them on: rlog knows what a name looks like, not what is one.",
			"",
		].join("\n"),
	);
	process.exitCode = exitCode({ nothingRead: false, unreadable: before.unreadable, gateHit: false });
}
