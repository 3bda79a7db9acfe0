import type { Report } from "../model/report.ts";
import { inContractOrder } from "./contract.ts";

// Escaped in JSON as well, though it allows them raw: what is printed is also looked at in terminals.
// The last two are commands to CI systems wherever they stand in a log.
const unsafe = /[\p{Cf}\u007f-\u009f\u2028\u2029]|:(?=:[A-Za-z-]+(?: [^:]*)?::)|#(?=#\w*\[)/gu;

function unicodeEscape(text: string): string {
	let out = "";
	for (let i = 0; i < text.length; i++) out += `\\u${text.charCodeAt(i).toString(16).padStart(4, "0")}`;
	return out;
}

/** JSON in which nothing can steer a terminal. One line unless an indent is given. */
export function toJson(value: unknown, indent?: number): string {
	return JSON.stringify(value, null, indent).replace(unsafe, unicodeEscape);
}

/** The report by its contract: keys in the contract's order, two blanks of indent, a newline at the end. */
export function renderJson(report: Report): string {
	return `${toJson(inContractOrder(report), 2)}\n`;
}
