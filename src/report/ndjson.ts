import type { Report } from "../model/report.ts";
import { partInOrder } from "./contract.ts";
import { toJson } from "./json.ts";
import { inPieces, type Pieces } from "./pieces.ts";

/**
 * The report in lines, each a JSON object that says first what it is: `report` (version, generator,
 * summary), then `input`, `node`, `resync`, `finding`, `problem`, `snapshot`, `failover`,
 * `history` (of one replication ID), `ledger` and `identity`. The rest of a line is as in JSON.
 */
export function renderNdjson(report: Report): Pieces {
	return inPieces(linesOf(report));
}

const records = [
	["inputs", "input"], ["nodes", "node"], ["resyncs", "resync"], ["findings", "finding"], ["problems", "problem"],
	["snapshots", "snapshot"], ["failovers", "failover"], ["lineage", "history"], ["ledger", "ledger"], ["identities", "identity"],
] as const;

function* linesOf(report: Report): Generator<string> {
	const { schemaVersion } = report;
	const [generator, summary] = (["generator", "summary"] as const).map((key) => partInOrder(key, report[key]));
	yield `${toJson({ record: "report", schemaVersion, generator, summary })}\n`;
	for (const [key, record] of records) {
		for (const part of [report[key]].flat()) yield `${toJson({ record, ...(partInOrder(key, part) as object) })}\n`;
	}
}
