import { readFileSync } from "node:fs";
import asc from "assemblyscript/asc";
import { expect, test } from "vitest";
import { checkGenerated } from "./check.ts";

const folder = "grammars/assembly/";
const source = `${folder}lines.ts`;

test("the compiled hot loop is what its source says", async () => {
	let binary: Uint8Array | undefined;
	const flags = ["-O3", "--noAssert", "--runtime", "stub", "--enable", "simd", "--outFile", "lines.wasm"];
	const { error, stderr } = await asc.main([source, ...flags], {
		readFile: (name) => (name.startsWith(folder) ? readFileSync(new URL(`../../${name}`, import.meta.url), "utf8") : null),
		writeFile: (_, contents) => {
			if (typeof contents !== "string") binary = contents;
		},
		listFiles: () => [],
	});
	expect(error, stderr.toString()).toBeNull();
	const code = Buffer.from(binary as Uint8Array).toString("base64");
	const text = `/** Generated from \`${source}\`: npm run generate. */\nexport const code =\n\t"${code}";\n`;
	checkGenerated("grammars/scanner-code.ts", text);
});
