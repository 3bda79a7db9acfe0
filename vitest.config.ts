import { defineConfig } from "vitest/config";

// rlog keeps no global state, so that test files share their workers: loading it anew for each took half the time.
export default defineConfig({
	test: { include: ["test/**/*.test.ts"], testTimeout: 20_000, maxWorkers: "100%", isolate: false },
});
