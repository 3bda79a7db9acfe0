const port = /(?:^|\s|\|)Port: (\d{1,5})\s*$/;

/** The port in the picture that servers print when they start. */
export function bannerPort(line: string): number | null {
	const found = line.length < 120 && line.includes("Port: ") ? port.exec(line)?.[1] : undefined;
	return found === undefined ? null : Number(found);
}
