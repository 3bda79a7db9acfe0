import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../fixtures", import.meta.url));

/** The scenarios of `fixtures/`: their names, folders and the files that are inputs, sorted. */
export const scenarios: readonly {
	readonly name: string;
	readonly folder: string;
	readonly files: readonly string[];
}[] = readdirSync(root, { withFileTypes: true })
	.filter((entry) => entry.isDirectory())
	.map(({ name }) => {
		const folder = join(root, name);
		const files = readdirSync(folder)
			.filter((file) => statSync(join(folder, file)).isFile() && !file.endsWith(".md"))
			.sort();
		return { name, folder, files };
	})
	.filter(({ files }) => files.length > 0);
