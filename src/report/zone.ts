import { FixedOffsetZone, IANAZone, type Zone } from "luxon";

/** A zone as people write it: `UTC`, `Z`, `+02:00`, `+2`, `UTC+2`, `Europe/Berlin`, `berlin`. */
export function readZone(text: string): Zone | undefined {
	const plain = text.trim();
	const m = /^(?:utc|gmt|z)?\s*(?:([+-]|−)(\d{1,2})(?::?(\d\d))?)?$/i.exec(plain);
	if (m !== null && plain !== "") {
		const minutes = Number(m[2] ?? 0) * 60 + Number(m[3] ?? 0);
		return minutes > 14 * 60
			? undefined
			: FixedOffsetZone.instance(m[1] === undefined || m[1] === "+" ? minutes : -minutes);
	}
	if (!/^[a-z][\w+/ -]*$/i.test(plain)) return undefined;
	const name = plain.replaceAll(" ", "_");
	if (/\/|^[A-Z]{3,4}$/.test(name) && IANAZone.isValidZone(name)) return IANAZone.create(name);
	// A city is enough where there is one such zone.
	const ending = `/${name.toLowerCase()}`;
	const cities = Intl.supportedValuesOf("timeZone").filter((zone) => zone.toLowerCase().endsWith(ending));
	return cities.length === 1 ? IANAZone.create(cities[0] as string) : undefined;
}

/** Minutes that a zone is east of UTC when its clocks show this time. */
export function minutesEast(zone: Zone, local: number): number {
	return zone.offset(local - zone.offset(local) * 60_000);
}
