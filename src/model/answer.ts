/** What every answer of the report is made of: codes, proof, figures and the lines it rests on. */

export type NodeId = string;
/** How sure an answer is; see `Why.proof`. */
export type Proof = "proven" | "supported" | "inferred" | "unknown";

/** A 64-bit offset: a number as far as those of JSON are exact (2⁵³), beyond that its decimal digits. */
export type Offset = number | string;

export type Fact = string | number | null;
export type Facts = Readonly<Record<string, Fact>>;

/** An answer with its ground. */
export interface Why<Code extends string = string> {
	readonly code: Code;
	/**
	 * proven: the deciding line says it, or both sides do with the same replication ID and offset.
	 * supported: one side's log says it. inferred: from timing or from what is absent.
	 * unknown: not to be told from what was given; `Resync.missing` says what would tell.
	 */
	readonly proof: Proof;
	/** One sentence for people. */
	readonly text: string;
	readonly facts: Facts;
}

/** A line that an answer rests on. */
export interface Evidence {
	readonly input: string;
	readonly line: number;
	readonly node: NodeId | null;
	readonly time: string | null;
	/** The line's message as logged. */
	readonly text: string;
}
