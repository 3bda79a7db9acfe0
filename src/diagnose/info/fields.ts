import type { InfoDump, InfoValue } from "../../../grammars/info.ts";
import type { FieldValue, InfoSnapshot } from "../../model/info.ts";
import { exact } from "../../model/units.ts";

/** Every field of a dump by section, as plain data. */
export function fieldsOf(dump: InfoDump): InfoSnapshot["fields"] {
	return Object.fromEntries(
		[...dump.sections].map(([section, fields]) => [
			section === "" ? "Other" : section,
			Object.fromEntries([...fields].map(([name, { value }]) => [name, plain(value)])),
		]),
	);
}

function plain(value: InfoValue): FieldValue {
	if (typeof value === "bigint") return exact(value);
	return typeof value === "object" ? Object.fromEntries(value) : value;
}
