import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { rolldown } from "rolldown";
import { afterAll, describe, expect, test } from "vitest";
import type { renderHtml as Render } from "../../src/report/html/index.ts";
import { sample } from "../report/sample.ts";
import { Browsers, expectQuiet, hasBrowser } from "./chromium.ts";

const entry = fileURLToPath(new URL("../../src/report/html/index.ts", import.meta.url));

describe.skipIf(!hasBrowser)("the HTML report as it is bundled", () => {
	const browsers = new Browsers();
	let folder: string | undefined;
	afterAll(() => {
		if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
	});

	// The page's script is the text of functions: a bundler that moved a name out of them would break it.
	test.each([false, true])("its script still stands alone (minified: %s)", async (minify) => {
		folder ??= await mkdtemp(join(tmpdir(), "rlog-bundle-"));
		const bundle = await rolldown({ input: entry, platform: "node", logLevel: "silent" });
		const file = join(folder, `html-${minify}.mjs`);
		await bundle.write({ file, format: "esm", minify });
		const { renderHtml } = (await import(pathToFileURL(file).href)) as { renderHtml: typeof Render };
		const opened = await browsers.show(renderHtml(sample, { width: 100, color: false, detail: "normal" }));
		const { page } = opened;
		await page.locator(".item.resync.full:not(.expected) .mark").first().click();
		expect(await page.locator("#panel h3").textContent()).toContain("#7 full");
		await expectQuiet(opened);
	});
});
