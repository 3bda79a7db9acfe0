import type { Offset } from "./answer.ts";

/** Figures as people read them. */

const sizes = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

/** `5420292` → "5.17 MiB". */
export function humanBytes(bytes: number): string {
	let value = Math.abs(bytes);
	let unit = 0;
	// What would be printed as 1024 of one unit is 1.00 of the next.
	while (Math.round(value) >= 1024 && unit < sizes.length - 1) {
		value /= 1024;
		unit++;
	}
	const digits = unit === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
	return `${bytes < 0 ? "−" : ""}${value.toFixed(digits)} ${sizes[unit]}`;
}

/** `41300` → "41.3 s"; `3725000` → "1 h 2 min". */
export function humanDuration(ms: number): string {
	const sign = ms < 0 ? "−" : "";
	const value = Math.abs(ms);
	if (value < 1000) return `${sign}${Math.round(value)} ms`;
	const seconds = value / 1000;
	if (seconds < 59.95) return `${sign}${seconds < 10 ? seconds.toFixed(2) : seconds.toFixed(1)} s`;
	const whole = Math.round(seconds);
	const minutes = Math.floor(whole / 60);
	if (minutes < 60) return `${sign}${minutes} min ${whole % 60} s`;
	const hours = Math.floor(minutes / 60);
	if (hours < 48) return `${sign}${hours} h ${minutes % 60} min`;
	return `${sign}${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** A size as configuration files take it: rounded up to whole mb (or gb from 10 GiB on). */
export function configBytes(bytes: number): string {
	const mib = Math.ceil(bytes / 1024 ** 2);
	return mib >= 10 * 1024 ? `${Math.ceil(mib / 1024)}gb` : `${Math.max(1, mib)}mb`;
}

/** The first eight digits of a replication ID: enough to tell histories apart. */
export function shortId(replid: string): string {
	return replid.length > 12 ? replid.slice(0, 8) : replid;
}

/** A 64-bit number as a fact: exact up to 2⁵³, beyond that a decimal string. */
export function exact(value: bigint): Offset {
	const number = Number(value);
	return Number.isSafeInteger(number) ? number : value.toString();
}

/** Time zones differ by multiples of this (ms). */
export const quarterHour = 900_000;

/** A difference of two clocks as one of their zones, in minutes. */
export function zoneMinutes(ms: number): number {
	return Math.round(ms / quarterHour) * 15;
}

/** What is left of a difference of two clocks without their zones (ms). */
export function withoutZones(ms: number): number {
	return ms - Math.round(ms / quarterHour) * quarterHour;
}
