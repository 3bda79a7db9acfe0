import type { Report } from "../model/report.ts";
import { inContractOrder } from "./contract.ts";

// Escaped in the JSON as well, though JSON allows them raw: a report is also looked at in terminals.
const unsafe = /[\p{Cf}\u007f-\u009f\u2028\u2029]/gu;

function unicodeEscape(text: string): string {
	let out = "";
	for (let i = 0; i < text.length; i++) out += `\\u${text.charCodeAt(i).toString(16).padStart(4, "0")}`;
	return out;
}

/** The report by its contract: keys in the contract's order, two blanks of indent, a newline at the end. */
export function renderJson(report: Report): string {
	return `${JSON.stringify(inContractOrder(report), null, 2).replace(unsafe, unicodeEscape)}\n`;
}
