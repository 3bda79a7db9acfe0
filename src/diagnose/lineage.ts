import type { Story } from "../correlate/index.ts";
import type { ReplicationHistory } from "../model/report.ts";

/** Every replication ID that the logs name. */
export function lineageOf(_story: Story): ReplicationHistory[] {
	return [];
}
