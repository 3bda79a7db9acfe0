import type { Report } from "../model/report.ts";
import { inContractOrder } from "./contract.ts";
import { toJson } from "./json.ts";

/**
 * The report in lines, each a JSON object that says first what it is: `report` (version, generator,
 * summary), then `input`, `node`, `resync`, `finding`, `problem`, `snapshot`, `failover`,
 * `history` (of one replication ID), `ledger` and `identity`. The rest of a line is as in JSON.
 */
export function renderNdjson(report: Report): string {
	const { schemaVersion, generator, inputs, nodes, resyncs, findings, problems, snapshots, summary, ...rest } =
		inContractOrder(report);
	const lines: object[] = [
		{ record: "report", schemaVersion, generator, summary },
		...inputs.map((input) => ({ record: "input", ...input })),
		...nodes.map((node) => ({ record: "node", ...node })),
		...resyncs.map((resync) => ({ record: "resync", ...resync })),
		...findings.map((finding) => ({ record: "finding", ...finding })),
		...problems.map((problem) => ({ record: "problem", ...problem })),
		...snapshots.map((snapshot) => ({ record: "snapshot", ...snapshot })),
		...rest.failovers.map((failover) => ({ record: "failover", ...failover })),
		...rest.lineage.map((history) => ({ record: "history", ...history })),
		{ record: "ledger", ...rest.ledger },
		...rest.identities.map((identity) => ({ record: "identity", ...identity })),
	];
	return lines.map((line) => `${toJson(line)}\n`).join("");
}
