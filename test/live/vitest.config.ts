import { defineConfig } from "vitest/config";

// Scenarios mostly wait for servers, so that more of them run at once than there are processors.
export default defineConfig({
	test: {
		include: ["test/live/**/*.live.ts"],
		globalSetup: ["test/live/harness/setup.ts"],
		testTimeout: 90_000,
		hookTimeout: 20_000,
		maxWorkers: 3,
		maxConcurrency: 3,
		sequence: { concurrent: true },
	},
});
