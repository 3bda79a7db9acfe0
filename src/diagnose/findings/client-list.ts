/** Fields of a CLIENT LIST line as the server prints it into its log. */
export interface ClientInfo {
	readonly host: string | null;
	readonly name: string | null;
	readonly age: number | null;
	/** Bytes in the list of output buffers. */
	readonly omem: number | null;
	/** Bytes in the fixed output buffer. */
	readonly obl: number | null;
	readonly command: string | null;
}

export function readClient(client: string): ClientInfo {
	const field = (key: string): string | null =>
		new RegExp(`(?:^|\\s)${key}=(\\S*)`).exec(client)?.[1] ?? null;
	const number = (key: string): number | null => {
		const value = field(key);
		return value === null || !/^\d+$/.test(value) ? null : Number(value);
	};
	return {
		host: hostOf(field("addr")),
		name: field("name"),
		age: number("age"),
		omem: number("omem"),
		obl: number("obl"),
		command: field("cmd"),
	};
}

/** The host of "host:port"; IPv6 in brackets or bare. */
export function hostOf(address: string | null): string | null {
	if (address === null || address === "") return null;
	const bracketed = /^\[(.+)\]:\d+$/.exec(address)?.[1];
	if (bracketed !== undefined) return bracketed;
	const colon = address.lastIndexOf(":");
	return colon < 0 ? address : address.slice(0, colon);
}
