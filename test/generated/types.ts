/**
 * Reads type declarations: interfaces, aliases and constant lists of strings, as `src/model` has
 * them, and no more of TypeScript than that. The compiler of TypeScript 7 has no API to ask.
 */

export type Type =
	| { readonly kind: "name"; readonly name: string; readonly of: readonly Type[] }
	| { readonly kind: "literal"; readonly value: string | number }
	| { readonly kind: "list"; readonly item: Type }
	| { readonly kind: "union"; readonly members: readonly Type[] }
	| { readonly kind: "both"; readonly members: readonly Type[] }
	| { readonly kind: "object"; readonly members: readonly Member[] }
	/** `(typeof list)[number]` */
	| { readonly kind: "items"; readonly list: string };

export interface Member {
	readonly name: string;
	readonly optional: boolean;
	readonly doc: string | undefined;
	readonly type: Type;
}

export interface Declaration {
	readonly name: string;
	readonly parameters: readonly string[];
	readonly doc: string | undefined;
	readonly type: Type;
}

export interface Declarations {
	readonly types: ReadonlyMap<string, Declaration>;
	readonly lists: ReadonlyMap<string, readonly string[]>;
}

interface Token {
	readonly text: string;
	/** The doc comment above it. */
	readonly doc: string | undefined;
}

const pattern =
	/\/\*\*([\s\S]*?)\*\/|\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\]|\\.)*"|\.\.\.|=>|[\w$]+|\s+|[\s\S]/g;

function tokens(text: string): Token[] {
	const list: Token[] = [];
	let doc: string | undefined;
	for (const [token, comment] of text.matchAll(pattern)) {
		if (comment !== undefined)
			doc = comment
				.replace(/^\s*\*/gm, "")
				.replace(/\s+/g, " ")
				.trim();
		else if (!/^(?:\s|\/[/*])/.test(token)) {
			list.push({ text: token, doc });
			doc = undefined;
		}
	}
	return list;
}

class Reader {
	readonly #tokens: readonly Token[];
	#at = 0;

	constructor(text: string) {
		this.#tokens = tokens(text);
	}

	get done(): boolean {
		return this.#at >= this.#tokens.length;
	}
	get doc(): string | undefined {
		return this.#tokens[this.#at]?.doc;
	}
	get #next(): string {
		return this.#tokens[this.#at]?.text ?? "";
	}

	take(): string {
		return this.#tokens[this.#at++]?.text ?? "";
	}
	has(text: string): boolean {
		if (this.#next !== text) return false;
		this.#at++;
		return true;
	}
	expect(text: string): void {
		const found = this.take();
		if (found !== text) throw new Error(`expected ${text}, found ${found} (token ${this.#at})`);
	}
	skipTo(text: string): void {
		while (!this.done && this.take() !== text);
	}

	parameters(): string[] {
		if (!this.has("<")) return [];
		const names: string[] = [];
		while (!this.has(">")) {
			names.push(this.take());
			if (this.has("extends")) this.type();
			if (this.has("=")) this.type();
			this.has(",");
		}
		return names;
	}

	/** A type: unions of intersections. */
	type(): Type {
		this.has("|");
		const members = [this.#both()];
		while (this.has("|")) members.push(this.#both());
		return members.length === 1 ? (members[0] as Type) : { kind: "union", members };
	}

	#both(): Type {
		const members = [this.#postfix()];
		while (this.has("&")) members.push(this.#postfix());
		return members.length === 1 ? (members[0] as Type) : { kind: "both", members };
	}

	#postfix(): Type {
		this.has("readonly");
		let type = this.#primary();
		while (this.has("[")) {
			if (this.has("number") && type.kind === "name" && type.name === "typeof") {
				type = { kind: "items", list: (type.of[0] as { name: string }).name };
			} else type = { kind: "list", item: type };
			this.expect("]");
		}
		return type;
	}

	#primary(): Type {
		if (this.has("(")) {
			const type = this.type();
			this.expect(")");
			return type;
		}
		if (this.has("{")) return { kind: "object", members: this.members() };
		const word = this.take();
		if (word === "typeof") {
			return { kind: "name", name: "typeof", of: [{ kind: "name", name: this.take(), of: [] }] };
		}
		if (word.startsWith('"')) return { kind: "literal", value: JSON.parse(word) as string };
		if (/^\d/.test(word)) return { kind: "literal", value: Number(word) };
		if (!/^[A-Za-z]/.test(word)) throw new Error(`no type begins with ${word} (token ${this.#at})`);
		const of: Type[] = [];
		if (this.has("<")) {
			do of.push(this.type());
			while (this.has(","));
			this.expect(">");
		}
		return { kind: "name", name: word, of };
	}

	/** The members of an object, its opening brace already read. */
	members(): Member[] {
		const list: Member[] = [];
		while (!this.has("}")) {
			const { doc } = this;
			this.has("readonly");
			const name = this.take();
			const optional = this.has("?");
			this.expect(":");
			list.push({ name, optional, doc, type: this.type() });
			if (!this.has(";")) this.has(",");
		}
		return list;
	}

	strings(): string[] {
		const list: string[] = [];
		this.expect("[");
		while (!this.has("]")) {
			list.push(JSON.parse(this.take()) as string);
			this.has(",");
		}
		return list;
	}
}

/** Reads the exported declarations of some files. */
export function readTypes(texts: readonly string[]): Declarations {
	const types = new Map<string, Declaration>();
	const lists = new Map<string, readonly string[]>();
	for (const text of texts) {
		const reader = new Reader(text);
		while (!reader.done) {
			const { doc } = reader;
			if (!reader.has("export")) {
				reader.skipTo(";");
				continue;
			}
			const word = reader.take();
			if (word === "interface") {
				const name = reader.take();
				const parameters = reader.parameters();
				const bases: Type[] = [];
				if (reader.has("extends")) {
					do bases.push({ kind: "name", name: reader.take(), of: [] });
					while (reader.has(","));
				}
				reader.expect("{");
				const own: Type = { kind: "object", members: reader.members() };
				const type: Type = bases.length === 0 ? own : { kind: "both", members: [...bases, own] };
				types.set(name, { name, parameters, doc, type });
			} else if (word === "const") {
				const name = reader.take();
				reader.expect("=");
				lists.set(name, reader.strings());
				reader.skipTo(";");
			} else if (word === "type") {
				const name = reader.take();
				// `export type { … } from` and `export type * from` are declared elsewhere.
				if (name === "{" || name === "*") {
					reader.skipTo(";");
					continue;
				}
				const parameters = reader.parameters();
				reader.expect("=");
				types.set(name, { name, parameters, doc, type: reader.type() });
				reader.expect(";");
			} else reader.skipTo(";");
		}
	}
	return { types, lists };
}
