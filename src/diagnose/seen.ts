import { infoField } from "../../grammars/info.ts";
import type { Evidence } from "../model/report.ts";
import type { Sighting } from "../model/snapshot.ts";
import { iso } from "./evidence.ts";

/** A field of an INFO reply as a line that an answer rests on; null where that reply does not show it. */
export function seenLine({ snapshot, node, time }: Sighting, field: string): Evidence | null {
	if (snapshot.reply.kind !== "info") return null;
	const found = infoField(snapshot.reply.info, field);
	if (found === undefined) return null;
	const { input } = snapshot.place;
	return { input, line: found.line, node: node?.id ?? null, time: iso(time?.at ?? null), text: `${found.name}:${found.text}` };
}
