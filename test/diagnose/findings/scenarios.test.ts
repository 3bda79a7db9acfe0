import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { correlate } from "../../../src/correlate/index.ts";
import { findAll } from "../../../src/diagnose/findings/index.ts";
import { explainAll } from "../../../src/diagnose/resync.ts";
import { readInputs } from "../../../src/input/index.ts";
import type { Finding } from "../../../src/model/report.ts";

const data = fileURLToPath(new URL("../data", import.meta.url));

async function findingsOf(scenario: string): Promise<readonly Finding[]> {
	const folder = join(data, scenario);
	const { streams } = await readInputs(readdirSync(folder).map((name) => join(folder, name)));
	const story = correlate(streams);
	return findAll(story, explainAll(story));
}

/** What logs of real servers with faults caused on purpose raise, and nothing else. */
const expected: Readonly<Record<string, readonly string[]>> = {
	"first-sync@redis-7.2": [],
	"brief-disconnect@redis-7.2": ["warning link-flapping replica"],
	"split-brain-writes@redis-7.2": [
		"critical split-brain primary",
		"critical data-discarded primary",
		"warning failover-needs-full-resync replica",
	],
	"sentinel-failover-live@redis-7.2": ["warning failover-needs-full-resync replica1", "info data-discarded"],
	"output-buffer-overrun@valkey-8.0": ["warning output-buffer-limit-too-small primary"],
	"primary-restart-no-persistence@redis-6.2": ["critical dataset-lost primary"],
	"replica-of-itself@redis-7.2": ["critical no-primary node1"],
	"rogue-primary@redis-7.2": ["critical rogue-primary victim"],
	"primary-stalled@redis-2.8": ["warning server-stalled primary"],
	"replica-stalled@redis-6.2": ["warning server-stalled replica"],
	"backlog-overrun@valkey-8.0": ["warning server-stalled replica", "warning backlog-too-small primary"],
	"two-failovers-missed@redis-7.0": ["warning failover-needs-full-resync primary"],
};

test("every recorded run is expected to raise something, or nothing", () => {
	expect(readdirSync(data).sort()).toEqual(Object.keys(expected).sort());
});

test.each(Object.entries(expected))("%s", async (scenario, findings) => {
	const told = await findingsOf(scenario);
	expect(
		told.map((f) => [f.severity, f.code, f.node].filter((part) => part !== undefined).join(" ")),
	).toEqual(findings);
	for (const { text, remedy } of told)
		expect([text, ...remedy].join(" ")).not.toMatch(/undefined|NaN|null|Infinity/);
});
