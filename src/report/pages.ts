import type { GlossaryEntry } from "../../grammars/glossary/index.ts";
import type { Message } from "../../grammars/message.ts";
import { safe, safeData } from "./safe.ts";
import { type Page, paragraph, type Span } from "./text/layout.ts";
import { pagesOf, words } from "./words.ts";

/** The pages of `rlog explain` and the entries of `rlog patterns`. */

const labelWidth = 16;

function entry(page: Page, label: string, text: string | readonly Span[]): string {
	const spans = typeof text === "string" ? [text] : text;
	return paragraph(page, spans, {
		first: ["  ", { text: `${label}  `.padEnd(labelWidth), style: "dim" }],
		hanging: labelWidth + 2,
	});
}

const title = (page: Page, code: string, rest: string): string =>
	paragraph(page, [
		{ text: code, style: "bold" },
		{ text: ` · ${rest}`, style: "dim" },
	]);

/** What a code means: as a cause, a trigger, a reason why a try failed, or a finding. */
export function codePages(page: Page, code: string): string[] {
	return pagesOf(code).map(({ topic, words: { title: short, means, proof, remedy, live } }) =>
		[
			title(page, code, `${topic}: ${short}`),
			"",
			entry(page, "what it means", means),
			entry(page, "what proves it", proof),
			entry(page, "what to do", remedy),
			entry(page, "seen live", live),
		].join("\n"),
	);
}

/** All codes with their titles. */
export function codeList(page: Page): string {
	const sections = Object.entries(words).map(([topic, pages]) => {
		const width = Math.max(...Object.keys(pages).map((code) => code.length)) + 2;
		const rows = Object.entries(pages).map(([code, { title: short }]) =>
			paragraph(page, [short], { first: [`  ${code.padEnd(width)}`], hanging: width + 2 }),
		);
		return [paragraph(page, [{ text: `${topic}s`.replace("trys", "tries"), style: "bold" }]), ...rows].join(
			"\n",
		);
	});
	return sections.join("\n\n");
}

/** One message of the catalogue. */
export function messagePage(page: Page, unsafeMessage: Message): string {
	const { type, emitter, weight, means, wordings, samples } = safeData(unsafeMessage);
	const lines = [title(page, type, `${emitter}, ${weight}`), entry(page, "what it means", means)];
	for (const [versions, template] of wordings) lines.push(entry(page, versions, template));
	const sample = samples[0];
	if (sample !== undefined) lines.push(entry(page, "for example", sample));
	return lines.join("\n");
}

/** What a field of INFO means; `value` is what was given with it. */
export function fieldPage(page: Page, known: GlossaryEntry, value: string | undefined): string {
	const { field, section, unit, means, worry, since } = known;
	const lines = [
		title(page, field, `INFO field, ${section}`),
		"",
		entry(page, "what it means", means),
		entry(page, "unit", unit.replace(/-/g, " ")),
		entry(page, "look closer if", worry),
	];
	if (since !== undefined) lines.push(entry(page, "since", since));
	if (value !== undefined && value !== "") lines.push(entry(page, "given", safe(value)));
	return lines.join("\n");
}

/** What one log line says: its fields by name. */
export function fieldsPage(page: Page, fields: Readonly<Record<string, unknown>>): string {
	return Object.entries(fields)
		.filter(([, value]) => value !== null && value !== undefined && value !== "")
		.map(([name, value]) => entry(page, name, safe(String(value))))
		.join("\n");
}
