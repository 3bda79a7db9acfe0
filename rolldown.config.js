import { readFileSync } from "node:fs";
import { defineConfig } from "rolldown";

/** Files of the package that are generated beforehand (`npm run generate`) and taken as they are. */
const assets = ["src/report/report.schema.json", "src/cli/reference/rlog.1"];

// Both entries share chunks; what a command imports inside its action is a chunk of its own, so
// that `rlog --help` reads commander and nothing else.
export default defineConfig({
	input: { cli: "src/cli/main.ts", index: "src/index.ts", "scan-worker": "src/input/scan-worker.ts" },
	platform: "node",
	plugins: [
		{
			// commander starts programs for subcommands that are files of their own. rlog has none, and what Node
			// loads for it costs a tenth of the start.
			name: "no-child-processes",
			resolveId: (id, importer) => (id === "node:child_process" && importer?.includes("commander") ? "\0none" : null),
			load: (id) => (id === "\0none" ? "export {};" : null),
		},
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
		// Half of a short run is reading the code.
		minify: true,
		cleanDir: true,
		entryFileNames: "[name].js",
		chunkFileNames: "chunks/[name]-[hash].js",
	},
});
