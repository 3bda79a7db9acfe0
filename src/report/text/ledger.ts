import { costWords, hasCost } from "../cost-words.ts";
import { type Context, dotted, heading, labelled } from "./context.ts";

/** What all resyncs cost together; a single one has told it already. */
export function ledgerSection(context: Context): string[] {
	const { report: { ledger }, detail, names } = context;
	if (detail === "quiet" || !hasCost(ledger)) return [];
	const words = costWords(names, ledger, detail === "verbose");
	const lines = words.map(([label, items]) => labelled(context, label, dotted(context, items)));
	return [[heading(context, "Cost"), ...lines].join("\n")];
}
