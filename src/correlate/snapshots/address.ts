/** "ip:port" with every name of the own machine made one: localhost, ::1, 127.x. */
export function sameHost(address: string): string {
	const at = address.lastIndexOf(":");
	if (at < 0) return address;
	const host = address.slice(0, at).replace(/^\[|\]$/g, "");
	return `${/^(?:localhost|::1|127(?:\.\d{1,3}){3})$/i.test(host) ? "127.0.0.1" : host}${address.slice(at)}`;
}

/** Whether the address is that of the own machine, which is another one for each reader. */
export function isLoopback(address: string): boolean {
	return sameHost(address).startsWith("127.0.0.1:");
}
