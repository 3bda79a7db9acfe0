/** What the exit code is made of. */
export interface Outcome {
	readonly nothingRead: boolean;
	readonly unreadable: boolean;
	readonly gateHit: boolean;
}

/**
 * 0 analysed, no gate hit · 1 nothing could be read (or wrong usage, which never gets here) ·
 * 2 a gate was hit · 3 analysed, but some input could not be read.
 */
export function exitCode({ nothingRead, unreadable, gateHit }: Outcome): 0 | 1 | 2 | 3 {
	if (nothingRead) return 1;
	if (gateHit) return 2;
	return unreadable ? 3 : 0;
}
