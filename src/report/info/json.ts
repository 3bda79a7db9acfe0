import type { InfoReport } from "../../model/info.ts";
import { toJson } from "../json.ts";

/** What the snapshots tell, by its contract (`InfoReport` in src/model/info.ts); a newline at the end. */
export function renderInfoJson(report: InfoReport): string {
	return `${toJson(report, 2)}\n`;
}
