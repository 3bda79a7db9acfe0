import { defineConfig } from "vitest/config";

// Apart from the ordinary tests, which stay fast and need no browser.
export default defineConfig({
	test: {
		include: ["test/browser/**/*.browser.ts"],
		testTimeout: 60_000,
		hookTimeout: 60_000,
		maxWorkers: 2,
	},
});
