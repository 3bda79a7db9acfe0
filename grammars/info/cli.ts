/** What a shell command line says of the redis-cli it runs. */
export interface CliCall {
	/** `host:port` from its options, where they name one. */
	readonly address: string | undefined;
	/** The pod, container or machine it runs in, when that is not the shell's own. */
	readonly inside: string | undefined;
	/** The server's command behind the options; "" when it opens a session. */
	readonly command: string;
	/** Whether the command runs more than once (`-r`, `watch`, a loop). */
	readonly repeats: boolean;
	/** Whether it has no command and reads them from the terminal. */
	readonly opens: boolean;
}

const isCli = /^(?:\S*[/\\])?(?:redis|valkey|keydb)-cli(?:\.exe)?$/;
const loops = new Set(["watch", "while", "for", "until"]);
/** What ends a command inside a shell line. */
const isOperator = /^(?:[|;&><#`()]|\d>)/;
const port = /^\d{1,5}$/;
const host = /^[\w.:[\]-]{1,253}$/;

/** Options of redis-cli that take a value. */
const valued = new Set(
	"-h -p -s -a -u -r -i -n -D -X --user --pass --cacert --cacertdir --cert --key --tls-ciphers --tls-ciphersuites --sni -t --eval --cluster --rdb --functions-rdb --pattern --quoted-pattern --cursor --show-pushes --memkeys-samples --lru-test".split(
		" ",
	),
);
/** Options of kubectl, docker and the like that take a value. */
const valuedOutside = new Set(
	"-n --namespace -c --container --context --cluster --kubeconfig -e --env --env-file -u --user -w --workdir -f --file -p --project-name --profile -i.key -l -o --index -H --host".split(
		" ",
	),
);

/** Splits a command line into its words and operators; quotes hold a word together. */
export function shellWords(line: string): string[] {
	const words: string[] = [];
	for (const match of line.matchAll(/"([^"]*)"|'([^']*)'|[;|&`()]+|[^\s"';|&`()]+/g)) {
		const quoted = match[1] ?? match[2];
		// `watch 'redis-cli info'`, `sh -c "redis-cli info"`: a command line inside the command line.
		if (quoted?.includes("-cli ")) words.push(...shellWords(quoted));
		else words.push(quoted ?? match[0]);
	}
	return words;
}

/**
 * Finds the one redis-cli that a shell line runs. Undefined when there is none; with several, no
 * single address or command can be told, so only `inside` is set.
 */
export function cliCall(line: string): CliCall | undefined {
	const words = shellWords(line);
	const at = words.findIndex((word) => isCli.test(word));
	if (at < 0) return undefined;
	const before = words.slice(0, at);
	const inside = place(before);
	if (words.slice(at + 1).some((word) => isCli.test(word))) {
		return { address: undefined, inside, command: "", repeats: true, opens: false };
	}
	const looped = before.some((word) => loops.has(word));
	const { address, command, repeats } = readOptions(words.slice(at + 1));
	// `echo info | redis-cli`
	const piped = before.at(-1) === "|" && before[0] === "echo" ? before.slice(1, -1).join(" ") : undefined;
	const fed = before.at(-1) === "|" || words.slice(at + 1).some((word) => word.startsWith("<"));
	return {
		address,
		inside,
		command: piped ?? command,
		repeats: repeats || looped,
		opens: command === "" && !fed,
	};
}

/** The container or machine that `docker exec`, `kubectl exec` or `ssh` names. */
function place(words: readonly string[]): string | undefined {
	const verb = words.findIndex((word) => word === "exec" || word === "rsh" || word === "ssh");
	if (verb < 0) return undefined;
	for (let i = verb + 1; i < words.length; i++) {
		const word = words[i] as string;
		if (word === "--") continue;
		if (valuedOutside.has(word)) i++;
		else if (!word.startsWith("-")) return word.replace(/^[a-z]{1,20}\//, "");
	}
	return undefined;
}

function readOptions(words: readonly string[]): Pick<CliCall, "address" | "command" | "repeats"> {
	let name: string | undefined;
	let number: string | undefined;
	let repeats = false;
	const command: string[] = [];
	for (let i = 0; i < words.length; i++) {
		const word = words[i] as string;
		if (isOperator.test(word)) break;
		if (command.length > 0 || !word.startsWith("-") || word === "-") {
			command.push(word);
			continue;
		}
		if (!valued.has(word)) continue;
		const value = words[++i] ?? "";
		if (word === "-h" && host.test(value)) name = value;
		if (word === "-p" && port.test(value)) number = value;
		if (word === "-r") repeats = true;
		if (word === "-u") {
			const uri = /^\w{1,10}:\/\/(?:[^@\s]*@)?([\w.:[\]-]{1,253}?)(?::(\d{1,5}))?(?:\/|$)/.exec(value);
			name = uri?.[1];
			number = uri?.[2];
		}
	}
	// redis-cli's own defaults, but only where the line names the other half.
	const address =
		name === undefined && number === undefined ? undefined : `${name ?? "127.0.0.1"}:${number ?? "6379"}`;
	return { address, command: command.join(" "), repeats };
}
