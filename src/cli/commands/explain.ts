import { Readable } from "node:stream";
import { explainField, glossary } from "../../../grammars/glossary/index.ts";
import { MessageGrammar } from "../../../grammars/message-grammar.ts";
import { catalogue } from "../../../grammars/messages/index.ts";
import { readInputs } from "../../input/index.ts";
import { maskSecrets } from "../../input/secrets.ts";
import type { LogEvent } from "../../model/event.ts";
import { near } from "../../report/near.ts";
import { codeList, codePages, fieldPage, fieldsPage, messagePage } from "../../report/pages.ts";
import { safe } from "../../report/safe.ts";
import { allCodes } from "../../report/words.ts";
import { UsageError } from "../errors.ts";
import { print } from "../output.ts";
import { standardOutput, type Terminal } from "../terminal.ts";

export interface ExplainFlags {
	readonly color?: boolean;
}

/** `rlog explain`: what a code, a message type, a field of INFO or a pasted log line means. */
export async function explainCommand(subject: readonly string[], flags: ExplainFlags): Promise<void> {
	const page = standardOutput(flags.color);
	const text = subject.join(" ").trim();
	const answer = text === "" ? codeList(page) : ((await named(page, text)) ?? (await ofLine(page, text)));
	if (answer === undefined) throw new UsageError(notKnown(text));
	await print(`${answer}\n`);
}

/** The page of a code, a message type or a field of INFO. */
async function named(page: Terminal, name: string): Promise<string | undefined> {
	const pages = codePages(page, name.toLowerCase());
	const message = catalogue.find(({ type }) => type === name.toLowerCase());
	if (message !== undefined) pages.push(messagePage(page, message));
	const field = /\s\S+\s/.test(name) ? undefined : explainField(name);
	if (field !== undefined) pages.push(fieldPage(page, field, /[:=](.*)$/.exec(name)?.[1]?.trim()));
	return pages.length > 0 ? pages.join("\n\n") : undefined;
}

/** What a pasted line says: the whole line, in whatever it is wrapped, or the message alone. */
async function ofLine(page: Terminal, line: string): Promise<string | undefined> {
	if (!line.includes(" ")) return undefined;
	const { streams } = await readInputs(["-"], { stdin: Readable.from([Buffer.from(line)]) });
	const event: LogEvent | undefined = streams.flatMap(({ events }) => events)[0];
	const parsed = event ?? new MessageGrammar().parse(maskSecrets(line));
	const message = catalogue.find(({ type }) => type === parsed?.type);
	if (parsed === undefined || message === undefined) return undefined;
	const head = event === undefined ? {} : headOf(event);
	const said = fieldsPage(page, { ...head, ...parsed.fields });
	return said === "" ? messagePage(page, message) : `${messagePage(page, message)}\n\nThis line\n${said}`;
}

function headOf({ time, zone, pid, role, level }: LogEvent): Record<string, unknown> {
	const iso = time === null ? null : new Date(time).toISOString();
	return {
		time: zone === null ? (iso?.replace("T", " ").replace("Z", " (server's time)") ?? null) : iso,
		process: pid,
		role: role === null ? null : { M: "primary", S: "replica", C: "child or starting", X: "Sentinel" }[role],
		level: level === null ? null : { ".": "debug", "-": "verbose", "*": "notice", "#": "warning" }[level],
	};
}

function notKnown(text: string): string {
	const fields = glossary.map(({ field }) => field);
	const names = [...allCodes(), ...catalogue.map(({ type }) => type), ...fields];
	const shown = safe(text.length > 60 ? `${text.slice(0, 59)}…` : text);
	const alike = text.includes(" ") ? [] : near(text, names);
	if (alike.length > 0) return `nothing is known as '${shown}'; did you mean ${alike.join(", ")}?`;
	return `'${shown}' is no code, message type, INFO field or known log line; 'rlog explain' lists the codes, 'rlog patterns' the messages`;
}
