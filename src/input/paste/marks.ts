import { fileLabel } from "../wrappers/grep.ts";

/** What a line of a document says about the lines that follow it. */
export type Mark =
	/** A block of pasted text begins or ends. */
	| { readonly kind: "fence" }
	/** A name for what follows: a heading, a caption; or a remark, where it stands like a comment among log lines. */
	| { readonly kind: "heading"; readonly text: string; readonly remark: boolean }
	/** `==> redis-1.log <==`: what follows is another file. */
	| { readonly kind: "file"; readonly label: string }
	/** A shell's prompt with a command. */
	| { readonly kind: "command"; readonly label: string | null; readonly port: number | null };

const file = /^\s*==> (.{1,500}) <==\s*$/;
const supervisor = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} DEBG '([^']{1,100})' std(?:out|err) output:$/;
const fence =
	/^\s{0,3}(?:[>\s]*)(?:`{3,}|~{3,})[\w+-]*\s*$|^\s*(?:-{5,}|={5,}|\*{5,}|_{5,})\s*$|^\s*\[\/?code\]\s*$/i;
const shell = /^(?:\([\w.-]+\) )?(?:[\w.@~:/\\[\]-]+(?: [\w.~/@:-]+)?\]?[$#%>]|[$#%\u276f\u279c]) ?(\S.*)?$/;
const program =
	/\b(?:redis-|valkey-|keydb-)?(?:server|sentinel|cli)\b|\b(?:docker|podman|kubectl|tail|less|cat|more|head|grep|zcat|journalctl|vi|vim|ssh|stern|oc)\b/;
const words = /[A-Za-z\u00c0-\uffff]/;
const address = /\b\d{1,3}(?:\.\d{1,3}){3}\b/;

/** Reads a line of a document that is no log line. */
export function markOf(line: string): Mark | undefined {
	// A page that shows a file as a table leaves the borders of its cells behind.
	const text = line.endsWith("|") ? line.replace(/^\s*\|\s|(?:\s+\|)+$/g, "").trim() : line.trim();
	const first = text[0] ?? "";
	if (first === "=" || (first >= "0" && first <= "9")) {
		const header = file.exec(text) ?? supervisor.exec(text);
		if (header !== null) return { kind: "file", label: fileLabel(header[1] as string) };
	}
	if ("`~-=*_>[".includes(first) && fence.test(text)) return { kind: "fence" };
	if (/[$#%>\u276f\u279c]/.test(text)) {
		const prompt = shell.exec(text);
		if (prompt !== null && (prompt[1] === undefined || program.test(prompt[1])))
			return command(prompt[1] ?? "");
	}
	const named = heading(text);
	return named === undefined ? undefined : { kind: "heading", text: named, remark: isRemark(text, named) };
}

/** What a command's words say about whose lines follow. */
function command(text: string): Mark {
	const port =
		/(?:--port|-p|-P)[ =](\d{1,5})\b/.exec(text)?.[1] ??
		/[-_@:](\d{4,5})(?:\.(?:log|conf))?\b/.exec(text)?.[1];
	const container = /\b(?:logs|exec)\b(?:\s+-\S+(?:[ =]\d+\w?)?)*\s+([a-z0-9][\w.-]*)/i.exec(text)?.[1];
	const path = /\b(?:tail|less|cat|more|head|vi|vim|zcat)\b.*?([^\s'"]+\.log[\w.]*)/.exec(text)?.[1];
	const unit = /\s-u\s?(\S+)/.exec(text)?.[1];
	const label = container ?? (path === undefined ? undefined : fileLabel(path)) ?? unit;
	return { kind: "command", label: label ?? null, port: port === undefined ? null : Number(port) };
}

/** A short line that names what follows. */
function heading(text: string): string | undefined {
	const last = text.at(-1) ?? "";
	if (!"#=-*_</".includes(text[0] ?? " ") && !":\uff1a-\u2013".includes(last)) return undefined;
	if (text.length < 2 || text.length > 120 || !(words.test(text) || address.test(text))) return undefined;
	const marked =
		/^(?:#{1,6}\s+|={2,}\s*|-{2,}\s*|\*\*|__|<h\d>|<summary>|\/\/\s*)(.+?)\s*(?:#+|={2,}|-{2,}|\*\*|__|<\/h\d>|<\/summary>)?:?$/.exec(
			text,
		);
	const caption = /^(.{1,119}?)\s*(?::|\uff1a|-|\u2013)$/.exec(text);
	const named = marked?.[1] ?? caption?.[1];
	return named === undefined
		? undefined
		: named
				.replace(/[*_`:#]+/g, " ")
				.replace(/\s+/g, " ")
				.trim();
}

const comment = /^(?:#(?!#)|\/\/)/;
/** One word is a name; a log is somebody's. */
const names = /^[\w.:@/-]+$|\blogs?\b|\u65e5[\u5fd7\u8a8c]|\u30ed\u30b0|\ub85c\uadf8|\u043b\u043e\u0433|\b(?:node|pod|server|host|instance|container)\b|\u8282\u70b9/i;

/** Whether a line that looks like a heading may be a comment on the lines around it: it is written so, and names nobody. */
const isRemark = (text: string, named: string): boolean => comment.test(text) && !names.test(named);

/** The port that a heading names: `:7001`, `(port 7001)`, and in Chinese "the node 7001", "the primary 7001". */
export function portIn(text: string): number | null {
	const found =
		/(?:\bport\D{0,3}|:|\()(\d{4,5})\b/i.exec(text)?.[1] ??
		/(?<![\d.])([1-9]\d{3,4})(?=\u4e3b|\u4ece|\u8282\u70b9|\u7aef\u53e3)/.exec(text)?.[1] ??
		/(?:\u8282\u70b9|\u7aef\u53e3)\u4e3a?([1-9]\d{3,4})(?!\d|\u5e74)/.exec(text)?.[1];
	return found === undefined ? null : Number(found);
}
