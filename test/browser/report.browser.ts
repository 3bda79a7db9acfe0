import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { renderReport } from "../../src/report/formats.ts";
import { rlog } from "../cli/run.ts";
import { scenarios } from "../fixture.ts";
import { evil, hostile, many, poisoned, withInfo } from "../report/html/samples.ts";
import { sample } from "../report/sample.ts";
import { tellScenario } from "../report/timeline/tell.ts";
import { Browsers, count, expectQuiet, hasBrowser } from "./chromium.ts";

/** The marks of resyncs that are nobody's fault are not asked for. */
const fullResync = ".item.resync.full:not(.expected) .mark";

describe.skipIf(!hasBrowser)("the HTML report in Chromium", () => {
	const browsers = new Browsers();

	test.each(scenarios.map(({ name, folder, files }) => ({ name, folder, files })))(
		"$name: it shows, says nothing and asks for nothing",
		async ({ folder, files }) => {
			const { stdout } = await rlog(["analyze", "-f", "html", ...files], { cwd: folder });
			const opened = await browsers.show(stdout);
			const { page } = opened;
			expect(await page.locator("h1").textContent()).toContain("rlog");
			expect(await page.locator("#chart text.lane").count()).toBeGreaterThan(0);
			expect(await page.locator("#resync-list article").count()).toBe(
				await count(
					page,
					"JSON.parse(document.getElementById('data').textContent).blocks.reduce((a, b) => Math.max(a, b), -1) + 1",
				),
			);
			await expectQuiet(opened);
		},
	);

	test("a click on a resync shows its evidence, another on a line that line", async () => {
		const opened = await browsers.show(await renderReport(sample, "html"));
		const { page } = opened;
		const panel = page.locator("#panel");
		expect(await panel.isVisible()).toBe(false);
		await page.locator(fullResync).first().click();
		await panel.waitFor({ state: "visible" });
		expect(await panel.locator("h3").textContent()).toBe(
			"#7 full replica ← primary backlog-overrun (proven)",
		);
		expect(await panel.locator(".evidence li").count()).toBe(3);
		expect(await panel.locator(".evidence").textContent()).toContain(
			"for lack of backlog (Replica request was: 5188).",
		);
		expect(await panel.textContent()).toContain("Set repl-backlog-size to at least 11 MiB");
		await page.locator(".item.line .dot").last().click();
		expect(await panel.locator("h3").textContent()).toMatch(/^Log line|^\d+ log lines$/);
		await panel.locator("button.link").first().click();
		expect(await panel.locator("h3").textContent()).toMatch(/^#\d/);
		await page.locator(".item.finding .flag").first().click();
		expect(await panel.textContent()).toContain("link-flapping");
		await page.locator("#panel-close").click();
		expect(await panel.isVisible()).toBe(false);
		await expectQuiet(opened);
	});

	test("resyncs are found by their numbers, which need not begin at 1", async () => {
		const opened = await browsers.show(
			await renderReport({ ...sample, resyncs: sample.resyncs.slice(4) }, "html"),
		);
		const { page } = opened;
		await page.locator(fullResync).first().click();
		expect(await page.locator("#panel h3").textContent()).toContain("#7 full");
		await expectQuiet(opened);
	});

	test("an arrow is as good to click as its mark", async () => {
		const opened = await browsers.show(await renderReport(sample, "html"));
		const { page } = opened;
		const from = await page.locator(".item.resync.full:not(.expected) .arrow").first().boundingBox();
		if (from === null) throw new Error("no arrow is drawn");
		await page.mouse.click(from.x + 2, from.y + 4);
		expect(await page.locator("#panel h3").textContent()).toContain("#7 full");
	});

	test("the keyboard does all of it", async () => {
		const opened = await browsers.show(await renderReport(sample, "html"));
		const { page } = opened;
		for (let i = 0; i < 40; i++) {
			await page.keyboard.press("Tab");
			if ((await page.evaluate("document.activeElement.id")) === "chart") break;
		}
		expect(await page.evaluate("document.activeElement.id")).toBe("chart");
		await page.keyboard.press("ArrowRight");
		const label = "document.activeElement.getAttribute('aria-label')";
		const first = await page.evaluate(label);
		expect(first).toBeTruthy();
		await page.keyboard.press("ArrowRight");
		expect(await page.evaluate(label)).not.toBe(first);
		await page.keyboard.press("End");
		await page.keyboard.press("ArrowDown");
		await page.keyboard.press("Home");
		expect(await page.evaluate(label)).toBe(first);
		for (let i = 0; i < 60 && !String(await page.evaluate(label)).startsWith("Resync"); i++)
			await page.keyboard.press("ArrowRight");
		await page.keyboard.press("Enter");
		await page.locator("#panel").waitFor({ state: "visible" });
		expect(await page.locator("#panel .evidence li").count()).toBeGreaterThan(0);
		await page.keyboard.press("Escape");
		expect(await page.locator("#panel").isVisible()).toBe(false);
		const ticks = (): Promise<string[]> => page.locator("#chart text.axis").allTextContents();
		const whole = await ticks();
		await page.keyboard.press("+");
		await page.keyboard.press("+");
		await page.evaluate("new Promise(requestAnimationFrame)");
		const near = await ticks();
		expect(near).not.toEqual(whole);
		await page.keyboard.press("Shift+ArrowRight");
		await page.evaluate("new Promise(requestAnimationFrame)");
		expect(await ticks()).not.toEqual(near);
		await page.keyboard.press("0");
		await page.evaluate("new Promise(requestAnimationFrame)");
		expect(await ticks()).toEqual(whole);
		await expectQuiet(opened);
	});

	test("mouse: buttons, wheel with Ctrl, drag", async () => {
		const opened = await browsers.show(await renderReport(sample, "html"));
		const { page } = opened;
		const ticks = async (): Promise<string> => {
			await page.evaluate("new Promise(requestAnimationFrame)");
			return (await page.locator("#chart text.axis").allTextContents()).join(" ");
		};
		const whole = await ticks();
		await page.locator("#zoom-in").click();
		expect(await ticks()).not.toBe(whole);
		await page.locator("#zoom-all").click();
		expect(await ticks()).toBe(whole);
		const box = await page.locator("#chart").boundingBox();
		if (box === null) throw new Error("no chart");
		await page.mouse.move(box.x + box.width * 0.7, box.y + 5);
		const before = await count(page, "scrollY");
		await page.keyboard.down("Control");
		await page.mouse.wheel(0, -600);
		await page.keyboard.up("Control");
		const near = await ticks();
		expect(near).not.toBe(whole);
		expect(await count(page, "scrollY")).toBe(before);
		await page.mouse.down();
		await page.mouse.move(box.x + box.width * 0.2, box.y + 5, { steps: 5 });
		await page.mouse.up();
		expect(await ticks()).not.toBe(near);
		expect(await page.locator("#hint").textContent()).toMatch(/^\d\d:\d\d:\d\d\.\d{3}/);
		await expectQuiet(opened);
	});

	test("what a log holds runs nothing and asks for nothing", async () => {
		const opened = await browsers.show(await renderReport(hostile, "html"));
		const { page } = opened;
		await page.locator(".item.resync .mark").first().click();
		expect(await page.locator("#panel").textContent()).toContain("<img src=x onerror=alert(1)>");
		await page.locator(".item.finding .flag").first().click();
		await page.mouse.move(300, 500);
		expect(
			await count(
				page,
				"document.querySelectorAll('img, iframe, object, embed, link, base, form, svg svg, script:not(#data) ~ script ~ script').length",
			),
		).toBe(0);
		expect(await count(page, "document.scripts.length")).toBe(2);
		expect(await page.title()).toContain("</script><img");
		expect(await page.locator("h2").allTextContents()).toContain("Inputs");
		expect(evil).toContain("onerror");
		await expectQuiet(opened);
	});

	test("nor does a report in which every text is hostile", async () => {
		const opened = await browsers.show(
			await renderReport(poisoned((await tellScenario("sentinel-failover-7.2")).report), "html"),
		);
		const { page } = opened;
		for (const kind of ["resync", "line", "finding"]) {
			await page.locator(`.item.${kind} .target`).last().dispatchEvent("click", { bubbles: true });
			expect(await page.locator("#panel").textContent()).toContain("onerror=alert(1)");
		}
		expect(
			await count(page, "document.querySelectorAll('img, iframe, object, embed, link, base, form').length"),
		).toBe(0);
		await expectQuiet(opened);
	});

	test("its policy stops whatever would get into it", async () => {
		let asked = 0;
		const server = createServer((_, response) => {
			asked++;
			response.end();
		});
		await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
		const { port } = server.address() as AddressInfo;
		const { page } = await browsers.show(await renderReport(sample, "html"), { offline: false });
		await page.evaluate(`
			window.ran = 0;
			window.stopped = [];
			document.addEventListener("securitypolicyviolation", (event) => window.stopped.push(event.effectiveDirective));
			const script = document.createElement("script");
			script.textContent = "window.ran++";
			document.body.append(script);
			const image = '<img src="http://127.0.0.1:${port}/a.png" onerror="window.ran++">';
			const frame = '<iframe src="http://127.0.0.1:${port}/"></iframe>';
			document.body.insertAdjacentHTML("beforeend", image + frame + '<p style="color: red">x</p>');
			fetch("http://127.0.0.1:${port}/").catch(() => {});
		`);
		await page.waitForTimeout(300);
		server.close();
		expect(await count(page, "window.ran")).toBe(0);
		expect(asked).toBe(0);
		const stopped = new Set((await page.evaluate("window.stopped")) as string[]);
		for (const directive of ["script-src-elem", "img-src", "style-src-attr", "connect-src", "frame-src"]) {
			expect(stopped).toContain(directive);
		}
	});

	test("ten thousand resyncs stay usable", async () => {
		const opened = await browsers.show(await renderReport(many(10_000), "html", { detail: "verbose" }));
		const { page } = opened;
		expect(await count(page, "document.querySelectorAll('#resync-list > article').length")).toBe(300);
		expect(await count(page, "document.getElementsByTagName('*').length")).toBeLessThan(40_000);
		await page.locator("#more").click();
		expect(await count(page, "document.querySelectorAll('#resync-list > article').length")).toBe(500);
		const drawing = await count(
			page,
			`(async () => {
			const begin = performance.now();
			for (let i = 0; i < 10; i++) {
				document.getElementById("zoom-in").click();
				await new Promise(requestAnimationFrame);
			}
			return (performance.now() - begin) / 10;
		})()`,
		);
		expect(drawing).toBeLessThan(500);
		await page.evaluate("location.hash = '#r9001'");
		await page.locator("#r9001").waitFor();
		expect(await page.locator("#r9001").textContent()).toContain("#9001");
		await expectQuiet(opened);
	});

	test.each([
		["#r5", "r2"],
		["#r7", "r7"],
	])("a link to %s leads to the entry that tells it", async (hash, id) => {
		const { page } = await browsers.show(await renderReport(sample, "html"), {
			hash,
			viewport: { width: 1280, height: 300 },
		});
		await page.waitForTimeout(600);
		expect(
			Math.abs(await count(page, `document.getElementById("${id}").getBoundingClientRect().top`)),
		).toBeLessThan(250);
	});

	test("an entry of the list shows itself in the chart", async () => {
		const opened = await browsers.show(await renderReport(sample, "html"));
		const { page } = opened;
		await page.locator('#r7 [data-show="7"]').click();
		expect(await page.locator("#panel h3").textContent()).toContain("#7");
		expect(await page.locator(".item.resync.current").count()).toBe(1);
		await expectQuiet(opened);
	});

	describe.each(["light", "dark"] as const)("in %s", (colorScheme) => {
		test.each([1280, 420])("at %i columns nothing overflows and all text can be read", async (width) => {
			const opened = await browsers.show(await renderReport(withInfo, "html"), {
				colorScheme,
				viewport: { width, height: 800 },
			});
			const { page } = opened;
			await page.locator(fullResync).first().click();
			await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true");
			expect(await count(page, "document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
			expect(await page.evaluate(lowContrast)).toEqual([]);
			await expectQuiet(opened);
		});
	});

	test("on paper all of it is there", async () => {
		const opened = await browsers.show(await renderReport(sample, "html"));
		const { page } = opened;
		const pdf = await page.pdf({ format: "A4" });
		expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
		await page.emulateMedia({ media: "print" });
		await page.evaluate("dispatchEvent(new Event('beforeprint'))");
		expect(await count(page, "document.querySelectorAll('details:not([open])').length")).toBe(0);
		expect(await page.locator(".toolbar").isVisible()).toBe(false);
		expect(await page.locator("#chart").isVisible()).toBe(true);
		await page.evaluate("dispatchEvent(new Event('afterprint'))");
		expect(await count(page, "document.querySelectorAll('details:not([open])').length")).toBeGreaterThan(0);
		await expectQuiet(opened);
	});

	test("without script the report is there, and the picture", async () => {
		const { page } = await browsers.show(await renderReport(sample, "html"), { javaScriptEnabled: false });
		expect(await page.locator("#resync-list article").count()).toBe(3);
		expect(await page.locator("#chart .item").count()).toBeGreaterThan(5);
		expect(await page.locator("button:visible").count()).toBe(0);
	});

	test("it is a page that assistive software finds its way in", async () => {
		const { page } = await browsers.show(await renderReport(sample, "html"));
		for (const landmark of ["header", "nav", "main", "footer"])
			expect(await page.locator(landmark).count()).toBeGreaterThan(0);
		expect(await page.locator("html").getAttribute("lang")).toBe("en");
		const levels = (await page.evaluate(
			"[...document.querySelectorAll('h1, h2, h3')].map((h) => Number(h.tagName[1]))",
		)) as number[];
		expect(levels[0]).toBe(1);
		expect(levels.every((level, i) => i === 0 || level <= (levels[i - 1] ?? 0) + 1)).toBe(true);
		const nameless =
			"[...document.querySelectorAll('button, a, [role=button], [role=group], [role=img], section')].filter((e) => !e.textContent.trim() && !e.getAttribute('aria-label') && !e.getAttribute('aria-labelledby')).length";
		expect(await count(page, nameless)).toBe(0);
		await page.keyboard.press("Tab");
		expect(await page.evaluate("document.activeElement.className")).toBe("skip");
	});
});

/** Texts of the page whose contrast to what is behind them is below AA. */
const lowContrast = `(() => {
	const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
	const rgba = (color) => {
		canvas.clearRect(0, 0, 1, 1);
		canvas.fillStyle = color;
		canvas.fillRect(0, 0, 1, 1);
		return [...canvas.getImageData(0, 0, 1, 1).data];
	};
	const light = ([r, g, b]) => {
		const [x, y, z] = [r, g, b].map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
		return 0.2126 * x + 0.7152 * y + 0.0722 * z;
	};
	const behind = (element) => {
		for (let e = element; e !== null; e = e.parentElement) {
			const color = rgba(getComputedStyle(e).backgroundColor);
			if (color[3] === 255) return color;
		}
		return [255, 255, 255];
	};
	const low = [];
	for (const element of document.querySelectorAll("body *")) {
		const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== "");
		if (!own || element.closest("script, style, noscript, [hidden], .skip, .sign") || element.getClientRects().length === 0) continue;
		const style = getComputedStyle(element);
		const [a, b] = [light(rgba(element.closest("svg") ? style.fill : style.color)), light(behind(element))];
		const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
		const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
		if (ratio < (large ? 3 : 4.5)) low.push(element.tagName + "." + element.getAttribute("class") + " " + ratio.toFixed(2) + " " + element.textContent.slice(0, 30));
	}
	return low;
})()`;
