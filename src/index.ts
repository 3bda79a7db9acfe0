export { type Analysis, type AnalyzeOptions, analyze } from "./analyze.ts";
export type * from "./model/event.ts";
export type * from "./model/report.ts";
export { type Format, formatNames, renderReport } from "./report/formats.ts";
export type { RenderOptions } from "./report/options.ts";
export { version } from "./version.ts";
