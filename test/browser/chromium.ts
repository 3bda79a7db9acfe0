import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";

/** Debian's Chromium, or the one that the environment names. */
const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

const flags = [
	"--no-sandbox",
	"--disable-gpu",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
];

async function load(): Promise<typeof import("playwright-core") | string> {
	if (!existsSync(executablePath)) return `there is no ${executablePath}`;
	try {
		return await import("playwright-core");
	} catch {
		return "playwright-core is not installed";
	}
}

const loaded = await load();

/** Whether there is a browser to test in; said once where there is none. */
export const hasBrowser: boolean = typeof loaded !== "string";
// Where the tests were asked for, none of them running is no success.
if (typeof loaded === "string" && process.env["RLOG_REQUIRE_BROWSER"] === "1") throw new Error(`browser tests cannot run: ${loaded}`);
if (typeof loaded === "string") console.log(`SKIP  browser tests: ${loaded}`);

/** A page as it was opened, and all that must not have happened in it. */
export interface Opened {
	readonly page: Page;
	/** Console messages, errors, requests, dialogs, violations of the policy: nothing of it is wanted. */
	readonly unwanted: string[];
}

/** Opens pages from disk, each in an empty profile of its own, with no network. */
export class Browsers {
	readonly #folder = mkdtempSync(join(tmpdir(), "rlog-browser-"));
	#browser: Browser | undefined;
	#context: BrowserContext | undefined;
	#count = 0;

	constructor() {
		beforeAll(async () => {
			if (typeof loaded !== "string")
				this.#browser = await loaded.chromium.launch({ executablePath, headless: true, args: flags });
		});
		afterAll(async () => {
			await this.#browser?.close();
			rmSync(this.#folder, { recursive: true, force: true });
		});
	}

	/** Opens the text of a page; what happens in it is watched from before its first line. */
	async show(
		html: string,
		options: BrowserContextOptions & { readonly hash?: string } = {},
	): Promise<Opened> {
		const { hash = "", ...rest } = options;
		const file = join(this.#folder, `page-${++this.#count}.html`);
		writeFileSync(file, html);
		await this.#context?.close();
		this.#context = await (this.#browser as Browser).newContext({
			viewport: { width: 1280, height: 900 },
			offline: true,
			...rest,
		});
		const unwanted: string[] = [];
		const page = await this.#context.newPage();
		page.on("console", (message) => unwanted.push(`console: ${message.text()}`));
		page.on("pageerror", (error) => unwanted.push(`error: ${error.message}`));
		page.on("dialog", (dialog) => {
			unwanted.push(`dialog: ${dialog.message()}`);
			dialog.dismiss().catch(() => {});
		});
		page.on("request", (request) => {
			if (request.url() !== `${pathToFileURL(file)}${hash}`) unwanted.push(`request: ${request.url()}`);
		});
		await page.goto(`${pathToFileURL(file)}${hash}`);
		return { page, unwanted };
	}
}

/** The number that a script of the page's world comes to. Written as text: its types are not those of this world. */
export const count = async (page: Page, script: string): Promise<number> =>
	Number(await page.evaluate(script));

export async function expectQuiet({ page, unwanted }: Opened): Promise<void> {
	// What was under way comes to its end first.
	await page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))");
	expect(unwanted).toEqual([]);
}
