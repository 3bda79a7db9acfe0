export {
	type Analysis,
	type AnalyzeOptions,
	analyze,
	analyzeLive,
	inspect,
	type LiveAnalysis,
	type LogZone,
} from "./analyze.ts";
export type { FollowOptions } from "./input/follow.ts";
export type { InputSource, NamedData, ReadOptions } from "./input/index.ts";
export type { WrittenRecord } from "./input/written.ts";
export type * from "./model/event.ts";
export type * from "./model/info.ts";
export type * from "./model/report.ts";
export {
	type ParsedEvent,
	type ParseOptions,
	type ParseOutcome,
	parseEvents,
	parseRecords,
} from "./parse.ts";
export { type Format, formatNames, renderReport } from "./report/formats.ts";
export type { RenderOptions } from "./report/options.ts";
export { version } from "./version.ts";
