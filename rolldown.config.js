import { defineConfig } from "rolldown";

// Both entries share chunks; what a command imports inside its action is a chunk of its own, so
// that `rlog --help` reads commander and nothing else.
export default defineConfig({
	input: { cli: "src/cli/main.ts", index: "src/index.ts" },
	platform: "node",
	output: {
		dir: "dist",
		format: "esm",
		cleanDir: true,
		entryFileNames: "[name].js",
		chunkFileNames: "chunks/[name]-[hash].js",
	},
});
