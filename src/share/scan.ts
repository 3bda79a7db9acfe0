import { replaceSecrets } from "../input/secrets.ts";
import { isCommon, isNobody, isPublicSite, isSystemPart, type Kind } from "./kinds.ts";

/** Answers what stands in place of a value: the same kind and value always get the same answer. */
export type Replace = (kind: Kind, value: string) => string;

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

const topLevel =
	"(?:svc|local|internal|lan|corp|intra|private|localdomain|consul|com|net|org|io|cloud|dev|app|co|info|de|fr|uk|eu|us|cn|jp|in|br|ru|nl|ch|at|pl|it|es|se|ca|au)";

/** Every shape that a value can have; the first that fits at a place is taken. */
const shapes: Readonly<Record<string, string>> = {
	// The user of a URL; its password is taken out with the other secrets.
	login: String.raw`(?<=\b(?:rediss?|valkeys?|https?):\/\/)[^\s@/:]+(?=(?::[^\s@/]*)?@)`,
	mail: String.raw`(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,253}\w`,
	v4: String.raw`(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.]*\d)`,
	v6: String.raw`(?<![\w:.])(?=[0-9a-f:]*:[0-9a-f:]*:)(?:[0-9a-f]{1,4}:){1,7}(?::|[0-9a-f]{1,4})(?::?[0-9a-f]{1,4}){0,7}(?![\w])`,
	hex: `(?<![0-9a-zA-Z])(?:[0-9a-f]{64}|[0-9a-f]{40}|(?=[0-9]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{12})(?![0-9a-zA-Z])`,
	sentinel: String.raw`(?<=\bname=sentinel-)[0-9a-f]{8}(?=-)`,
	user: String.raw`(?<=\buser=)[^\s'"=,]+`,
	client: String.raw`(?<=(?<![\w-])name=)(?!sentinel-[0-9a-f]{8}-)[^\s'"=,]+`,
	url: String.raw`\bhttps?:\/\/[\w.-]+[^\s"'<>)]*`,
	path: String.raw`(?<![\w/.<>*-]|\w\))(?:[A-Z]:\\{1,2}|\/(?!\/))(?:[\w.@+~-]+[\\/]{1,2})*[\w.@+~-]*\w`,
	fqdn: String.raw`(?<![\w.@/-])(?:[A-Za-z0-9_](?:[\w-]*\w)?\.)+(?:cluster\.local|${topLevel})(?![\w-]|\.\w)`,
};

/** Finds the values in texts and puts others in their place. */
export class Scanner {
	readonly #pattern: RegExp;
	readonly #known: ReadonlyMap<string, Kind>;

	/** `known`: names that no shape tells, such as those of pods or of primaries in Sentinels' logs. */
	constructor(known: ReadonlyMap<string, Kind>) {
		const names = [...known.keys()].filter((name) => name !== "").sort((a, b) => b.length - a.length);
		const all = Object.entries(shapes).map(([name, shape]) => `(?<${name}>${shape})`);
		if (names.length > 0) {
			// In JSON a name may follow an escaped line end.
			const border = String.raw`(?:(?<=\\[nrt])|(?<![\w.-]))`;
			all.push(`(?<known>${border}(?:${names.map(escape).join("|")})(?![\\w-]))`);
		}
		this.#pattern = new RegExp(all.join("|"), "g");
		this.#known = known;
	}

	/** The text with each value replaced: secrets first, so that none is looked at as anything else. */
	replace(text: string, replace: Replace): string {
		const secret = (value: string): string => replace("secret", value);
		const lines = text.split("\n").map((line) => replaceSecrets(line, secret));
		return this.#names(lines.join("\n"), replace);
	}

	#names(text: string, replace: Replace): string {
		return text.replace(this.#pattern, (...found) => {
			const [match] = found as [string];
			const groups = found.at(-1) as Readonly<Record<string, string | undefined>>;
			const shape = Object.keys(groups).find((name) => groups[name] !== undefined) ?? "";
			return this.#one(shape, match, replace);
		});
	}

	#one(shape: string, value: string, replace: Replace): string {
		switch (shape) {
			case "v4":
				return isNobody(value) ? value : replace("address", value);
			case "v6":
				return address6(value, replace);
			case "hex":
			case "sentinel":
				return /^0+$/.test(value) ? value : replace("id", value);
			case "user":
			case "login":
				return isCommon(value) ? value : replace("user", value);
			case "client":
				return isCommon(value) ? value : replace("name", value);
			case "mail": {
				const [user = "", host = ""] = value.split("@");
				const shownUser = isCommon(user) ? user : replace("user", user);
				return `${shownUser}@${host.includes(".") ? this.#host(host, replace) : this.#names(host, replace)}`;
			}
			case "url":
				return value.replace(/(?<=:\/\/)[\w.-]+/, (host) => this.#host(host, replace));
			case "path":
				return this.#path(value, replace);
			case "fqdn":
				return this.#host(value, replace);
			default:
				return replace(this.#known.get(value) ?? "host", value);
		}
	}

	#host(host: string, replace: Replace): string {
		if (/^[\d.]+$/.test(host)) return isNobody(host) ? host : replace("address", host);
		return isPublicSite(host) || isCommon(host) ? host : replace("host", host);
	}

	/** Each part of a path by itself, so that two files of one folder still are. */
	#path(path: string, replace: Replace): string {
		return path.replace(/[^\\/]+/g, (part) => {
			if (isSystemPart(part) || /^[A-Z]:$/.test(part) || isCommon(part.replace(/\.\w+$/, ""))) return part;
			const inner = this.#names(part, replace);
			return inner === part ? replace("path", part) : inner;
		});
	}
}

/** An IPv6 address, with a port behind it where servers print it without brackets; or a time of day. */
function address6(text: string, replace: Replace): string {
	const port = /^(.*::?.*):(\d{4,5})$/.exec(text);
	const address = port?.[1] ?? text;
	const groups = address.split(":").length;
	const whole = address.includes("::") ? groups <= 8 : groups === 8;
	if (!whole || /^(?:::1?|.*::.*::.*)$/.test(address) || address.length < 3) return text;
	return `${replace("address", address.toLowerCase())}${port === null ? "" : `:${port[2]}`}`;
}
