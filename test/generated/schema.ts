import { readFileSync } from "node:fs";
import { type Declarations, type Member, readTypes, type Type } from "./types.ts";

/** A JSON Schema, as far as ours go. */
export interface Schema {
	readonly [keyword: string]: unknown;
}

const model = new URL("../../src/model/", import.meta.url);

/** The files that declare the report: `report.ts` and what it imports, and those import. */
function sources(name = "report.ts", seen = new Set<string>()): Set<string> {
	if (seen.has(name)) return seen;
	seen.add(name);
	const text = readFileSync(new URL(name, model), "utf8");
	for (const [, file = ""] of text.matchAll(/from "\.\/([\w-]+\.ts)"/g)) sources(file, seen);
	return seen;
}

const plain: Readonly<Record<string, Schema>> = {
	string: { type: "string" },
	number: { type: "number" },
	boolean: { type: "boolean" },
	null: { type: "null" },
	unknown: {},
};

/** Makes schemas of types; named types become definitions that are referred to. */
class Maker {
	readonly definitions = new Map<string, Schema>();
	readonly #declared: Declarations;

	constructor(declared: Declarations) {
		this.#declared = declared;
	}

	schema(type: Type, bound: ReadonlyMap<string, Type>): Schema {
		switch (type.kind) {
			case "literal":
				return { const: type.value };
			case "list":
				return { type: "array", items: this.schema(type.item, bound) };
			case "items": {
				const list = this.#declared.lists.get(type.list);
				if (list === undefined) throw new Error(`no list ${type.list}`);
				return { enum: list };
			}
			case "union":
				return anyOf(type.members.map((member) => this.schema(member, bound)));
			case "both":
				return this.#object(
					type.members.flatMap((member) => this.#members(member)),
					bound,
				);
			case "object":
				return this.#object(type.members, bound);
			case "name":
				return this.#named(type, bound);
		}
	}

	#named({ name, of }: Type & { kind: "name" }, bound: ReadonlyMap<string, Type>): Schema {
		const simple = plain[name];
		if (simple !== undefined) return simple;
		const argument = bound.get(name);
		if (argument !== undefined) return this.schema(argument, new Map());
		if (name === "Readonly") return this.schema(of[0] as Type, bound);
		if (name === "ReadonlyArray") return { type: "array", items: this.schema(of[0] as Type, bound) };
		if (name === "Record") return { type: "object", additionalProperties: this.schema(of[1] as Type, bound) };
		const declared = this.#declared.types.get(name);
		if (declared === undefined) throw new Error(`no type ${name}`);
		const { parameters, doc, type } = declared;
		const full = [name, ...of.map((one) => (one.kind === "name" ? one.name : one.kind))].join("Of");
		if (!this.definitions.has(full)) {
			this.definitions.set(full, {});
			const own = new Map(parameters.map((parameter, i) => [parameter, of[i] ?? nameOf("string")]));
			const described = doc === undefined ? {} : { description: doc };
			this.definitions.set(full, { ...described, ...this.schema(type, own) });
		}
		return { $ref: `#/$defs/${full}` };
	}

	#members(type: Type): readonly Member[] {
		if (type.kind === "object") return type.members;
		if (type.kind === "both") return type.members.flatMap((member) => this.#members(member));
		const declared = type.kind === "name" ? this.#declared.types.get(type.name) : undefined;
		if (declared === undefined) throw new Error("only objects have members");
		return this.#members(declared.type);
	}

	#object(members: readonly Member[], bound: ReadonlyMap<string, Type>): Schema {
		const properties: Record<string, Schema> = {};
		for (const { name, doc, type } of members) {
			const described = doc === undefined ? {} : { description: doc };
			properties[name] = { ...described, ...this.schema(type, bound) };
		}
		const required = members.filter(({ optional }) => !optional).map(({ name }) => name);
		return { type: "object", properties, required };
	}
}

const nameOf = (name: string): Type => ({ kind: "name", name, of: [] });

/** Literals become one list; `T | null` of a simple type one type. */
function anyOf(members: readonly Schema[]): Schema {
	const values = members.flatMap((member) => valuesOf(member));
	const rest = members.filter((member) => valuesOf(member).length === 0);
	const types = rest.map((member) => member["type"]);
	const simple = rest.every(
		(member) => Object.keys(member).length === 1 && typeof member["type"] === "string",
	);
	if (values.length === 0 && simple) return { type: types };
	if (rest.length === 0) return { enum: values };
	if (rest.length === 1 && types[0] === "null") return { enum: [...values, null] };
	return { anyOf: [...(values.length > 0 ? [{ enum: values }] : []), ...rest] };
}

const valuesOf = (schema: Schema): readonly unknown[] =>
	"const" in schema ? [schema["const"]] : ((schema["enum"] as readonly unknown[] | undefined) ?? []);

/** The JSON Schema of the report, made of the types in `src/model`. */
export function reportSchema(): Schema {
	const declared = readTypes([...sources()].map((name) => readFileSync(new URL(name, model), "utf8")));
	const maker = new Maker(declared);
	maker.schema(nameOf("Report"), new Map());
	const { Report: report, ...definitions } = Object.fromEntries(maker.definitions);
	return {
		$schema: "https://json-schema.org/draft/2020-12/schema",
		title: "rlog report",
		description:
			"What `rlog analyze --format json` prints. It changes only by adding: allow for properties and codes that are not listed here yet. Times are ISO 8601 UTC with milliseconds on the reference node's clock; sizes are bytes, durations milliseconds; what is not known is null.",
		...report,
		$defs: Object.fromEntries(Object.entries(definitions).sort(([a], [b]) => (a < b ? -1 : 1))),
	};
}
