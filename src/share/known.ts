import type { LogEvent } from "../model/event.ts";
import type { LogStream } from "../model/stream.ts";
import { isCommon, isNobody, isPublicSite, type Kind } from "./kinds.ts";

const peer = /^\[?([^\s[\]]+?)\]?:(\d{1,5})$/;
/** `master NAME host port` and `slave NAME host port @ NAME host port` of Sentinels. */
const watched = /\b(?:master|primary) (\S+) (\S+) \d{1,5}\b/g;
const watching = /@ (\S+) (\S+) \d{1,5}\b/g;

/** Names that only their place in a message tells, or their being a label of a wrapper. */
export function knownNames(streams: readonly LogStream[]): Map<string, Kind> {
	const known = new Map<string, Kind>();
	const add = (kind: Kind, name: string | null | undefined): void => {
		if (name == null || name.length < 2 || name.length > 253) return;
		if (/^[\d.]+$/.test(name) || name.includes("::") || /[\s"'\\]/.test(name) || /^[:/]/.test(name)) return;
		if (isCommon(name) || isPublicSite(name) || /^[0-9a-f]{40}$/i.test(name)) return;
		// As bytes: copies are made of the bytes of the inputs.
		known.set(Buffer.from(name, "utf8").toString("latin1"), kind);
	};
	for (const { label, events, snapshots } of streams) {
		for (const part of (label ?? "").split(/[/#]/)) add("host", peer.exec(part)?.[1] ?? part);
		for (const event of events) ofEvent(event, add);
		for (const { address, label: where, reply } of snapshots) {
			add("host", peer.exec(address ?? "")?.[1]);
			add("host", where);
			if (reply.kind === "info") {
				for (const fields of reply.info.sections.values()) {
					for (const { name, text } of fields.values()) {
						if (name === "master_host") add("host", text);
						if (/^slave\d+$/.test(name)) add("host", /\bip=([^,]+)/.exec(text)?.[1]);
						if (/^master\d+$/.test(name)) add("name", /\bname=([^,]+)/.exec(text)?.[1]);
					}
				}
			} else if (reply.role.reply.role === "slave") add("host", reply.role.reply.host);
			else if (reply.role.reply.role === "sentinel")
				for (const name of reply.role.reply.names) add("name", name);
			else for (const { ip } of reply.role.reply.replicas) add("host", ip);
		}
	}
	return known;
}

function ofEvent(event: LogEvent, add: (kind: Kind, name: string | null | undefined) => void): void {
	const { type, fields, text } = event;
	for (const value of Object.values(fields as Readonly<Record<string, unknown>>)) {
		if (typeof value !== "string" || value.length > 260) continue;
		const host = peer.exec(value)?.[1];
		if (host !== undefined && !/^[\d.]+$/.test(host) && !isNobody(host) && /[a-z]/i.test(host))
			add("host", host);
	}
	if (!type.startsWith("sentinel.")) return;
	for (const [, name, host] of text.matchAll(watched)) {
		add("name", name);
		add("host", host);
	}
	for (const [, name, host] of text.matchAll(watching)) {
		add("name", name);
		add("host", host);
	}
}
