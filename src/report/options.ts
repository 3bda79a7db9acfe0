/** What a renderer may be told besides the report. */
export interface RenderOptions {
	/** Columns that a line may fill. */
	readonly width: number;
	/** Whether colour and other terminal attributes may be used. */
	readonly color: boolean;
	/** quiet: the answers only. verbose: also why we believe them. */
	readonly detail: "quiet" | "normal" | "verbose";
}
