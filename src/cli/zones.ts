import type { LogZone } from "../analyze.ts";
import type { Input, ReportNode } from "../model/report.ts";
import { baseName } from "../correlate/identity.ts";
import { UsageError } from "./errors.ts";

/** What `--tz` was given, once it is known to name zones; said before anything is read. */
export async function checkedZones(zones: readonly LogZone[] | undefined): Promise<readonly LogZone[]> {
	if (zones === undefined) return [];
	const { readZone } = await import("../report/zone.ts");
	for (const { zone } of zones) {
		if (readZone(zone) !== undefined) continue;
		const { near } = await import("../report/near.ts");
		const cities = Intl.supportedValuesOf("timeZone").map((name) => [name, name.slice(name.lastIndexOf("/") + 1)] as const);
		const alike = near(zone.slice(zone.lastIndexOf("/") + 1).replaceAll(" ", "_"), cities.map(([, city]) => city));
		const meant = cities.filter(([, city]) => alike.includes(city)).map(([name]) => name);
		const hint = meant.length > 0 ? `did you mean ${meant.slice(0, 4).join(", ")}?` : "give one as in UTC, +02:00, Europe/Berlin";
		throw new UsageError(`--tz: '${zone}' is no time zone; ${hint}`);
	}
	return zones;
}

/** Whom `--tz` names must be there: a zone that is given to nobody would be missed in silence. */
export function checkZoneNodes(
	zones: readonly LogZone[],
	nodes: readonly Pick<ReportNode, "id" | "name" | "addresses">[],
	inputs: readonly Pick<Input, "name">[],
): void {
	const names = new Set([
		...nodes.flatMap(({ id, name, addresses }) => [id, name, ...addresses]),
		...inputs.flatMap(({ name }) => [name, baseName(name)]),
	]);
	for (const { node } of zones) {
		if (node === undefined || names.has(node)) continue;
		const known = nodes.map(({ name }) => name).join(", ");
		throw new UsageError(`--tz: there is no node '${node}'; the nodes are ${known}`);
	}
}
