import type { Report } from "../model/report.ts";
import type { Names } from "./names.ts";
import type { Times } from "./times.ts";

/** What is told of each input, in columns. */
export const inputColumns = [
	"Input", "Kind", "Wrapper", "Node", "Lines", "Recognised", "Other", "Unrecognised", "From", "To",
] as const;

/** The cells of one row an input; empty where nothing is known. */
export function inputRows({ inputs }: Report, names: Names, times: Times): string[][] {
	const number = (value: number): string => value.toLocaleString("en-US");
	const time = (iso: string | null): string => (iso === null ? "" : times.second(iso));
	return inputs.map(({ name, kind, wrapper, node, lines, recognised, other, unrecognised, from, to }) => [
		name,
		kind,
		wrapper ?? "",
		node === null ? "" : names.node(node),
		...[lines, recognised, other, unrecognised].map(number),
		time(from),
		time(to),
	]);
}
