/** Ranges that only private networks use (RFC 1918, 3927, 6598), and this host itself. */
const privateV4 = [
	/^0\./,
	/^10\./,
	/^127\./,
	/^169\.254\./,
	/^192\.168\./,
	/^172\.(?:1[6-9]|2\d|3[01])\./,
	/^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./,
];
const v4 = /^(?:\d{1,3}\.){3}\d{1,3}$/;
const privateV6 = /^(?:::1?$|f[cd]|fe[89ab])/i;

/** An address of the public internet. Names are no addresses: nothing is concluded from them. */
export function isPublic(host: string): boolean {
	if (v4.test(host)) return !privateV4.some((range) => range.test(host));
	return host.includes(":") && /^[0-9a-f:.]+$/i.test(host) && !privateV6.test(host);
}

/** A public address that is no member, where the members do not have public addresses themselves. */
export function isForeign(host: string, members: ReadonlySet<string>): boolean {
	return isPublic(host) && !members.has(host) && ![...members].some(isPublic);
}

export const isLoopback = (host: string): boolean => /^127\.|^::1$|^localhost$/.test(host);
