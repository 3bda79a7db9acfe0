import type { Story } from "../../correlate/index.ts";
import type { Failover, Resync } from "../../model/report.ts";

/** Every change of primary that the logs tell of, and every try at one. */
export function failoversOf(_story: Story, _resyncs: readonly Resync[]): Failover[] {
	return [];
}
