import type { Report } from "../model/report.ts";
import type { RenderOptions } from "./options.ts";
import type { Pieces } from "./pieces.ts";

/** Turns a report into text, as a whole or in pieces. Equal reports and options give equal text. */
export type Renderer = (report: Report, options: RenderOptions) => string | Pieces;

interface FormatEntry {
	/** File extensions that mean this format for `--output`. */
	readonly extensions: readonly string[];
	/** Loads the renderer when it is needed, so that no format costs the others' start-up. */
	readonly load: () => Promise<Renderer>;
}

/** Every output format: the one place where a format is added. */
export const formats = {
	text: { extensions: ["txt", "log"], load: async () => (await import("./text/index.ts")).renderText },
	lines: { extensions: [], load: async () => (await import("./lines.ts")).renderLines },
	json: { extensions: ["json"], load: async () => (await import("./json.ts")).renderJson },
	ndjson: { extensions: ["ndjson", "jsonl"], load: async () => (await import("./ndjson.ts")).renderNdjson },
	markdown: {
		extensions: ["md", "markdown"],
		load: async () => (await import("./markdown.ts")).renderMarkdown,
	},
	html: { extensions: ["html", "htm"], load: async () => (await import("./html/index.ts")).renderHtml },
	junit: { extensions: ["xml"], load: async () => (await import("./junit.ts")).renderJunit },
	sarif: { extensions: ["sarif"], load: async () => (await import("./sarif.ts")).renderSarif },
	github: { extensions: [], load: async () => (await import("./github.ts")).renderGithub },
} as const satisfies Record<string, FormatEntry>;

export type Format = keyof typeof formats;

/** Names of the formats, in the order of the table. */
export const formatNames = Object.keys(formats) as readonly Format[];

/** The format that a file's extension stands for. */
export function formatOfFile(name: string): Format | undefined {
	const dot = name.lastIndexOf(".");
	const extension = dot < 0 ? "" : name.slice(dot + 1).toLowerCase();
	return formatNames.find((format) => (formats[format].extensions as readonly string[]).includes(extension));
}

/** Renders a report in one of the formats. */
export async function renderReport(
	report: Report,
	format: Format,
	options: Partial<RenderOptions> = {},
): Promise<string> {
	return [...(await renderPieces(report, format, options))].join("");
}

/** The same in pieces, to be written one after the other. */
export async function renderPieces(
	report: Report,
	format: Format,
	options: Partial<RenderOptions> = {},
): Promise<Iterable<string>> {
	const render: Renderer = await formats[format].load();
	const text = render(report, { width: 100, color: false, detail: "normal", ...options });
	return typeof text === "string" ? [text] : text;
}
