/** Sizes and durations as people say them. */

const units = ["KiB", "MiB", "GiB", "TiB"] as const;

/** `0 bytes`, `1 byte`, `812 bytes`, `5.17 MiB`. */
export function size(bytes: number): string {
	if (Math.abs(bytes) < 1024) return `${bytes} ${Math.abs(bytes) === 1 ? "byte" : "bytes"}`;
	let value = bytes;
	let unit = -1;
	// 1023.996 KiB would be printed as 1024 KiB.
	while (Math.abs(value) >= 1023.995 && unit < units.length - 1) {
		value /= 1024;
		unit++;
	}
	return `${significant(value)} ${units[unit]}`;
}

/** Three digits are enough for people: 5.17, 51.7, 517. */
function significant(value: number): string {
	const magnitude = Math.abs(value);
	return value.toFixed(magnitude < 9.995 ? 2 : magnitude < 99.95 ? 1 : 0);
}

const pad = (value: number): string => String(value).padStart(2, "0");

/** `850 ms`, `1.592 s`, `23.1 s`, `4 min 05 s`, `2 h 07 min`, `3 d 04 h`. */
export function duration(milliseconds: number): string {
	const sign = milliseconds < 0 ? "−" : "";
	const ms = Math.round(Math.abs(milliseconds));
	if (ms < 1000) return `${sign}${ms} ms`;
	if (ms < 10_000) return `${sign}${(ms / 1000).toFixed(3)} s`;
	if (ms < 59_950) return `${sign}${(ms / 1000).toFixed(1)} s`;
	const seconds = Math.round(ms / 1000);
	if (seconds < 3600) return `${sign}${Math.floor(seconds / 60)} min ${pad(seconds % 60)} s`;
	const minutes = Math.round(seconds / 60);
	if (minutes < 1440) return `${sign}${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`;
	const hours = Math.round(minutes / 60);
	return `${sign}${Math.floor(hours / 24)} d ${pad(hours % 24)} h`;
}

/** A duration that is only roughly so: `2.2 s` where `duration` says `2.204 s`. */
export function roughly(milliseconds: number): string {
	return milliseconds >= 1000 && milliseconds < 10_000
		? `${(milliseconds / 1000).toFixed(1)} s`
		: duration(milliseconds);
}

/** `+37.500 s`, `−12 ms`: how far clocks are apart, to the millisecond as far as that says anything. */
export function clockOffset(milliseconds: number): string {
	const sign = milliseconds > 0 ? "+" : milliseconds < 0 ? "−" : "";
	const ms = Math.abs(milliseconds);
	const exact = ms >= 1000 && ms < 600_000 ? `${(ms / 1000).toFixed(3)} s` : duration(ms);
	return `${sign}${exact}`;
}

/** `1 file`, `3 files`: a count and its noun. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
	return `${number.toLocaleString("en-US")} ${number === 1 ? noun : plural}`;
}

/** A replication ID as short as people quote it; whatever is no whole ID is left alone. */
export function shortId(id: string): string {
	return /^[0-9a-f]{40}$/i.test(id) ? `${id.slice(0, 8)}…` : id;
}
