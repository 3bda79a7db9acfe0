import { asRecord, jsonWrapper } from "./json.ts";
import { jsonFields } from "./json-fields.ts";

/** A hit of Elasticsearch or OpenSearch: `{"_index":…,"_source":{"message":"…","@timestamp":"…"}}`. */
export const elasticsearch = jsonWrapper("elasticsearch", (record) => {
	const source = asRecord(record["_source"]) ?? unlisted(asRecord(record["fields"]));
	return source === undefined || !("_index" in record || "_source" in record)
		? undefined
		: jsonFields.openRecord?.(source);
});

/** The `fields` of a hit hold each value in a list. */
function unlisted(
	fields: Readonly<Record<string, unknown>> | undefined,
): Record<string, unknown> | undefined {
	if (fields === undefined) return undefined;
	return Object.fromEntries(
		Object.entries(fields).map(([key, value]) => [key, Array.isArray(value) ? value[0] : value]),
	);
}
