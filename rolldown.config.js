import { readFileSync } from "node:fs";
import { defineConfig } from "rolldown";

/** Files of the package that are generated beforehand (`npm run generate`) and taken as they are. */
const assets = ["src/report/report.schema.json", "src/cli/reference/rlog.1"];

// Both entries share chunks; what a command imports inside its action is a chunk of its own, so
// that `rlog --help` reads commander and nothing else.
export default defineConfig({
	input: { cli: "src/cli/main.ts", index: "src/index.ts" },
	platform: "node",
	plugins: [
		{
			name: "assets",
			generateBundle() {
				for (const file of assets) {
					this.emitFile({ type: "asset", fileName: file.replace(/.*\//, ""), source: readFileSync(file) });
				}
			},
		},
	],
	output: {
		dir: "dist",
		format: "esm",
		cleanDir: true,
		entryFileNames: "[name].js",
		chunkFileNames: "chunks/[name]-[hash].js",
	},
});
