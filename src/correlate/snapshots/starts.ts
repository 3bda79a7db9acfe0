import { withoutZones } from "../../model/units.ts";

/** Start of a process by its log and by its uptime, which is cut to whole seconds (ms). */
export const startWindow = 2500;
const zoneWidth = 14 * 3_600_000;

/** What a difference of two clocks in two zones comes to without the zones (ms); null when it is no such difference. */
export function restOf(difference: number): number | null {
	const rest = withoutZones(difference);
	return Math.abs(rest) <= startWindow && Math.abs(difference) <= zoneWidth ? rest : null;
}
