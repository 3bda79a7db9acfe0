import { join } from "node:path";
import { correlate, type Story } from "../../../src/correlate/index.ts";
import { buildReport } from "../../../src/diagnose/report.ts";
import { buildTimeline, type Timeline } from "../../../src/diagnose/timeline/index.ts";
import { readInputs } from "../../../src/input/index.ts";
import type { Report } from "../../../src/model/report.ts";
import { scenarios } from "../../fixture.ts";

export interface Told {
	readonly story: Story;
	readonly report: Report;
	readonly timeline: Timeline;
}

/** The story of files of this machine. */
export async function tell(files: readonly string[]): Promise<Told> {
	const readings = await readInputs(files);
	const story = correlate(readings.streams);
	return { story, report: buildReport(readings, story, "0.0.0"), timeline: buildTimeline(story) };
}

/** The story of a scenario of `fixtures/`. */
export async function tellScenario(name: string): Promise<Told> {
	const scenario = scenarios.find((one) => one.name === name);
	if (scenario === undefined) throw new Error(`there is no scenario ${name}`);
	return tell(scenario.files.map((file) => join(scenario.folder, file)));
}
