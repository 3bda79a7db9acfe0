/** What PINGs, SELECT and GETACK add to a stream around a change of primary, in bytes. */
export const heartbeatBytes = 300;
/** A PING of 14 bytes a second at most (repl-ping-replica-period, 10 s by default). */
const pingRate = 14;
/** Each Sentinel publishes a hello of some 150 bytes every two seconds. */
const helloRate = 75;
/** Sentinels where their logs do not tell how many there are. */
export const usualSentinels = 3;

/** Bytes by which an idle server's stream grows in some seconds under the watch of some Sentinels. */
export function idleGrowth(seconds: number, sentinels: number): number {
	return heartbeatBytes + seconds * (pingRate + sentinels * helloRate);
}

/**
 * Bytes that Sentinels' commands may add at once when a primary that stood still moves again: while no reply
 * comes, each Sentinel asks with every tick, up to 100 commands of some 160 bytes (sentinel.c, sentinelSendHello,
 * SENTINEL_MAX_PENDING_COMMANDS). Seen on a live 7.0: 7.8 KB within a second of SIGCONT.
 */
export function queuedHellos(sentinels: number): number {
	return sentinels * 100 * 160;
}
