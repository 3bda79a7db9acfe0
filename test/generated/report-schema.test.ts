import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { analyze, renderReport } from "../../src/index.ts";
import { inContractOrder } from "../../src/report/contract.ts";
import { scenarios } from "../fixture.ts";
import { sample } from "../report/sample.ts";
import { checkGenerated } from "./check.ts";
import { reportSchema, type Schema } from "./schema.ts";
import { readTypes } from "./types.ts";

const schema = reportSchema();
const committed = "src/report/report.schema.json";

/** The same schema that allows for nothing it does not name. */
function strict(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(strict);
	if (typeof value !== "object" || value === null) return value;
	const entries = Object.entries(value).map(([key, inner]) => [key, key === "enum" ? inner : strict(inner)]);
	const copy = Object.fromEntries(entries) as Record<string, unknown>;
	return "properties" in copy && copy["type"] === "object" ? { ...copy, additionalProperties: false } : copy;
}

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
const validate = ajv.compile(strict(schema) as Schema);
const errorsOf = (json: string): unknown => (validate(JSON.parse(json)) ? [] : validate.errors);

test("the published schema is that of the types", () => {
	checkGenerated(committed, `${JSON.stringify(schema, null, 2)}\n`);
});

test("a consumer's schema allows what later versions add", () => {
	const lenient = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
	expect(lenient({ ...inContractOrder(sample), later: 1 })).toBe(true);
	expect(lenient({ ...inContractOrder(sample), resyncs: [{}] })).toBe(false);
	expect(lenient({ ...inContractOrder(sample), schemaVersion: 2 })).toBe(false);
});

describe("reports are what the schema says, and nothing else", () => {
	test("the sample", async () => {
		expect(errorsOf(await renderReport(sample, "json"))).toEqual([]);
	});
	test.each(scenarios)("$name", async ({ folder, files }) => {
		const inputs = files.map((name) => ({ name, data: readFileSync(join(folder, name)) }));
		expect(errorsOf(await renderReport((await analyze(inputs)).report, "json"))).toEqual([]);
	});
});

test("each property of the contract is described or named by its type", () => {
	expect(Object.keys(schema["properties"] as object)).toEqual(Object.keys(inContractOrder(sample)));
});

test("the reader of types knows when it does not understand", () => {
	expect(() => readTypes(["export type X = keyof Y;"])).toThrow();
	const { types } = readTypes(["/** Doc. */\nexport interface A<T> extends B { readonly a?: T | null; }\n"]);
	expect(types.get("A")).toMatchObject({ doc: "Doc.", parameters: ["T"] });
});
