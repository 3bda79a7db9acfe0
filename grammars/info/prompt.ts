import { cliCall } from "./cli.ts";

/** A line on which somebody typed a command, and what it says of the node that answers. */
export interface Prompt {
	/** `cli`: redis-cli's own prompt. `shell`: a shell's. `bare`: a command with no prompt at all. */
	readonly kind: "cli" | "shell" | "bare";
	/** `host:port` of the server, where the prompt or an option of redis-cli names it. */
	readonly address: string | undefined;
	/** The pod, container or machine it was typed in (`redis-0`, `user@host`). */
	readonly label: string | undefined;
	/**
	 * The server's command as typed, without the options of redis-cli and without secrets; "" for an
	 * empty prompt. Of other programs only the name.
	 */
	readonly command: string;
	/** Whether the command runs more than once, so that several replies belong to it. */
	readonly repeats: boolean;
	/** Whether it starts redis-cli without a command, so that prompts of redis-cli follow. */
	readonly opens: boolean;
}

const nobody = { address: undefined, label: undefined, repeats: false, opens: false } as const;

const cliPrompt =
	/^(?:(?:redis|valkey|keydb) )?(?:([\w.*:[\]-]{1,253}:\d{1,5})|(\/\S{1,200}\.sock)|not connected|(?:redis|valkey|keydb)(?:-cli)?)(?:\[\d{1,5}\])?(?:\([\w ]{1,30}\))?>(?: (.*)|)$/;

/** `[user@host dir]$`, `user@host:dir$`, macOS's `host:dir user$`: who, where, and what was typed. */
const shellPrompts = [
	/^\[([^\s@[\]]{1,64})@([^\s[\]]{1,253})(?: [^[\]]{0,255})?\][#$%>] ?(.*)$/,
	/^(I have no name!|[\w.+-]{1,64})@([\w.-]{1,253})(?::[^\s#$%>]{0,255})?(?: [^\s#$%>]{1,80})?[#$%>](?: (.*)|)$/,
	/^(?=[\w.-]{1,253}:\S{1,255} ([\w.-]{1,64})[$#%] )([\w.-]{1,253}):\S{1,255} \S{1,65} (.*)$/,
] as const;

/** Prompts that name nobody: `$ `, `# `, `bash-5.1$ `, `/data # `, `PS C:\> `, `C:\redis>`. */
const plainPrompt =
	/^(?:(?:(?:ba|z|k)?sh-\d[\d.]{0,8}|[~/][\w~./-]{0,255}|root|PS [A-Z]:[^>]{0,255}|[A-Z]:\\[^>]{0,255}) ?)?(?:[$#%>❯λ]|➜ {1,2}\S{1,80} ) ?(.*)$/;

/** Words that may open a command line that has no prompt in front of it. */
const commandWord =
	/^(?:sudo|kubectl|oc|docker|docker-compose|podman|nerdctl|crictl|ssh|watch|while|for|echo|timeout|time|export|env|[A-Z_]{1,40}=\S*|\.?[\w./\\:-]{0,200}(?:redis|valkey|keydb)-cli(?:\.exe)?)$/;

/** What redis-cli may be asked without a prompt; other words behind it are prose. */
const serverCommand =
	/^(?:|(?:info|role|ping|config|client|cluster|sentinel|hello|replicaof|slaveof|failover|monitor|get|set|keys|debug|memory|latency|acl|wait|auth)\b.*)$/i;

const bareCommand =
	/^(?:info(?: (?:all|everything|default|server|clients|memory|persistence|threads|stats|replication|cpu|modules|commandstats|errorstats|latencystats|cluster|keyspace|keysizes|sentinel|debug|tls))*|role)$/i;

/** Commands whose arguments are secrets. */
const secret = /^(?:auth|hello|acl|migrate|config\s+set)\b/i;

const shown = (command: string): string => {
	const text = command.trim();
	return secret.exec(text)?.[0] ?? text;
};

/**
 * Recognises a line on which a command was typed: redis-cli's prompt (`127.0.0.1:6379> INFO`,
 * `redis 127.0.0.1:6379[3]> info`, `not connected>`), a shell's (`[user@host ~]$ redis-cli -p 6380
 * role`), `kubectl exec redis-0 -- redis-cli info` and the like with or without a prompt, and a
 * lone `INFO replication`. Undefined for anything else: log lines, prose, comments.
 */
export function prompt(text: string): Prompt | undefined {
	const line = text.trim();
	if (line.length === 0 || line.length > 4000) return undefined;
	const cli = cliPrompt.exec(line);
	if (cli !== null) {
		const [, address, socket, command = ""] = cli;
		// A host is more than a number, else the time in "12:30> hello" would be one.
		if (address === undefined || /[a-z.]|::/i.test(address)) {
			return { ...nobody, kind: "cli", address: address ?? socket, command: shown(command) };
		}
	}
	for (const pattern of shellPrompts) {
		const shell = pattern.exec(line);
		if (shell === null) continue;
		const [, user = "", host = "", typed = ""] = shell;
		return shellLine(user.includes(" ") ? host : `${user}@${host}`, typed);
	}
	// From here on only a line that runs redis-cli counts, or one that is nothing but a command.
	if (bareCommand.test(line)) return { ...nobody, kind: "bare", command: line };
	if (!line.includes("-cli")) return undefined;
	const typed = plainPrompt.exec(line)?.[1] ?? line;
	const first = /^\S*/.exec(typed)?.[0] ?? "";
	if (!commandWord.test(first)) return undefined;
	const found = shellLine(undefined, typed);
	return found !== undefined && (typed !== line || serverCommand.test(found.command)) ? found : undefined;
}

function shellLine(who: string | undefined, typed: string): Prompt {
	const call = cliCall(typed);
	if (call === undefined)
		return { ...nobody, kind: "shell", label: who, command: typed.split(" ", 1)[0] ?? "" };
	const { inside, command, ...rest } = call;
	return { ...rest, kind: "shell", label: inside ?? who, command: shown(command) };
}

/** Whether a prompt asks for INFO (CLUSTER INFO counts) or for ROLE. */
export function asks(typed: Prompt, command: "info" | "role"): boolean {
	const pattern = command === "info" ? /^(?:cluster )?info\b/i : /^role\b/i;
	return pattern.test(typed.command);
}

/**
 * Follows the prompts of a transcript: redis-cli's prompt often says only `127.0.0.1:6379`, and the
 * shell line that opened the session says in which container that is.
 */
export class Session {
	#opened: Prompt | undefined;

	/** The prompt with what the session before it tells. */
	enter(typed: Prompt): Prompt {
		if (typed.kind === "shell") {
			this.#opened = typed.opens ? typed : undefined;
			return typed;
		}
		const opened = this.#opened;
		if (opened === undefined) return typed;
		if (typed.address !== undefined && opened.address !== undefined && typed.address !== opened.address)
			return typed;
		return { ...typed, address: typed.address ?? opened.address, label: typed.label ?? opened.label };
	}

	/** Ends the session, as the end of a code block does. */
	leave(): void {
		this.#opened = undefined;
	}
}
