/** "host:port"; null where either is not told, as where a paste's addresses were taken out. */
export function addressOf({ host, port }: { readonly host?: string; readonly port?: number }): string | null {
	return host === undefined || port === undefined ? null : `${host}:${port}`;
}
