/** What a code means, in the words of its page in `rlog explain`. */
export interface Words {
	/** A few words for headings, in lower case. */
	readonly title: string;
	/** What happened. */
	readonly means: string;
	/** Which lines prove it. */
	readonly proof: string;
	/** What to do. */
	readonly remedy: string;
	/** How to see it on a running server. */
	readonly live: string;
}
