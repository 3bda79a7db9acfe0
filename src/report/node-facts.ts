import type { Report, ReportNode } from "../model/report.ts";
import { clockOffset, duration } from "./human.ts";
import type { Times } from "./times.ts";

/** What is said of a node in a table: short texts, empty where nothing is known. */

const inTurn = (items: readonly string[]): string =>
	items.filter((item, i) => item !== items[i - 1]).join(" → ");

/** `primary → replica`. A node that swapped roles again and again is told by its first and last. */
export function rolesOf({ roles }: ReportNode): string {
	const turns = roles.map(({ role }) => role).filter((role, i, all) => role !== all[i - 1]);
	return turns.length > 3 ? `${turns[0]} → … → ${turns.at(-1)}` : inTurn(turns);
}

/** `6.2.7 → 7.2.4`. */
export const versionsOf = ({ lives }: ReportNode): string =>
	inTurn(lives.map(({ version }) => version).filter((version) => version !== null));

/** Its files, unless it is called as its only file is. */
export function filesOf({ inputs }: Report, { id, name: node }: ReportNode): string {
	const own = inputs.filter((input) => input.node === id);
	const files = own.map(({ name }) => name.split("/").at(-1) ?? name);
	return files.length === 1 && files[0]?.replace(/\.[^.]*$/, "") === node ? "" : files.join(" ");
}

/** First and last time of its logs. */
export function spanOf(
	{ inputs }: Report,
	{ id }: ReportNode,
): { readonly from: string; readonly to: string } | undefined {
	const own = inputs.filter(({ node }) => node === id);
	const times = own.flatMap(({ from, to }) => [from, to]).filter((time) => time !== null);
	const from = times.sort()[0];
	const to = times.at(-1);
	return from === undefined || to === undefined ? undefined : { from, to };
}

/** `19:57:51 – 19:58:14, 1× restarted`. */
export function coverageOf(report: Report, times: Times, node: ReportNode): string {
	const span = spanOf(report, node);
	// In an input of several nodes nobody's share is told apart.
	if (span === undefined) return node.lives.length > 0 && !isOfSnapshots(report, node) ? "" : uncovered(report, node);
	const restarts = node.lives.length > 1 ? `, ${node.lives.length - 1}× restarted` : "";
	return `${times.second(span.from)} – ${times.second(span.to)}${restarts}`;
}

const uncovered = (report: Report, node: ReportNode): string => (isOfSnapshots(report, node) ? "INFO, ROLE" : "no log given");

/** Whether nothing but snapshots tells of the node itself. */
function isOfSnapshots({ inputs, snapshots }: Report, { id }: ReportNode): boolean {
	const own = new Set(snapshots.filter(({ node }) => node === id).map(({ input }) => input));
	return own.size > 0 && inputs.every(({ name, kind }) => !own.has(name) || kind === "info" || kind === "role");
}

/** `+37.500 s ±1 ms (6×)`: how far ahead of the reference, how sure, by how many handshakes. */
export function clockOf({ clock: { reference, offsetMs, boundMs, pairs } }: ReportNode): string {
	if (reference) return "reference";
	if (offsetMs === null) return "not compared";
	const bound = boundMs === null ? "" : ` ±${duration(boundMs)}`;
	return `${clockOffset(offsetMs)}${bound} (${pairs}×)`;
}
