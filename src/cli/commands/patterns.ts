import type { Message } from "../../../grammars/message.ts";
import { catalogue } from "../../../grammars/messages/index.ts";
import { count } from "../../report/human.ts";
import { toJson } from "../../report/json.ts";
import { messagePage } from "../../report/pages.ts";
import { safe } from "../../report/safe.ts";
import { UsageError } from "../errors.ts";
import { print } from "../output.ts";
import { standardOutput } from "../terminal.ts";

export interface PatternsFlags {
	readonly format: "text" | "json";
	readonly color?: boolean;
}

/** `rlog patterns`: the catalogue of messages, all of it or the entries that hold a word. */
export async function patternsCommand(word: string | undefined, flags: PatternsFlags): Promise<void> {
	const found = catalogue.filter((message) => word === undefined || holds(message, word.toLowerCase()));
	if (found.length === 0) {
		throw new UsageError(`no message holds '${safe(word ?? "")}'; 'rlog patterns' without a word lists all`);
	}
	if (flags.format === "json") {
		await print(`${toJson(found.map(plain), 2)}\n`);
		return;
	}
	const page = standardOutput(flags.color);
	const pages = found.map((message) => messagePage(page, message));
	await print(`${pages.join("\n\n")}\n\n${count(found.length, "message")}\n`);
}

function holds({ type, means, wordings, samples }: Message, word: string): boolean {
	const texts = [type, means, ...wordings.flat(), ...samples];
	return texts.some((text) => text.toLowerCase().includes(word));
}

function plain({ type, emitter, weight, means, wordings, samples }: Message): object {
	return {
		type,
		emitter,
		weight,
		means,
		wordings: wordings.map(([versions, template]) => ({ versions, template })),
		samples,
	};
}
