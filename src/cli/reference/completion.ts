import type { CommandInfo, OptionInfo, ProgramInfo } from "./describe.ts";

export const shells = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof shells)[number];

/** Words that the arguments of a command may be, where they are no files. */
export type ArgumentWords = Readonly<Record<string, readonly string[]>>;

/** A script that completes the program's command line in a shell. */
export function completion(shell: Shell, program: ProgramInfo, words: ArgumentWords): string {
	return scripts[shell](program, words);
}

const scripts: Readonly<Record<Shell, (program: ProgramInfo, words: ArgumentWords) => string>> = {
	bash,
	zsh,
	fish,
};

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
const optionNames = ({ options }: CommandInfo): string[] => [
	...options.flatMap(({ names }) => names),
	"--help",
];
const withChoices = ({ options }: CommandInfo): OptionInfo[] =>
	options.filter(({ choices }) => choices.length > 0);
const withFiles = ({ options }: CommandInfo): OptionInfo[] =>
	options.filter(({ takesValue, choices }) => takesValue && choices.length === 0);

function bash({ name, commands }: ProgramInfo, words: ArgumentWords): string {
	const values = commands.flatMap((command) =>
		withChoices(command).map((option) => {
			const patterns = option.names.map((flag) => `${command.name}:${flag}`).join("|");
			return `\t\t${patterns}) COMPREPLY=($(compgen -W ${quote(option.choices.join(" "))} -- "$cur")); return ;;`;
		}),
	);
	const options = commands.map(
		(command) => `\t\t${command.name}) options=${quote(optionNames(command).join(" "))} ;;`,
	);
	const args = commands
		.filter((command) => words[command.name] !== undefined)
		.map((command) => {
			const list = quote((words[command.name] ?? []).join(" "));
			return `\t\t${command.name}) COMPREPLY=($(compgen -W ${list} -- "$cur")); return ;;`;
		});
	return `# bash completion of ${name}: source <(${name} completion bash)
_${name}() {
	local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command=\${COMP_WORDS[1]} options=--help
	COMPREPLY=()
	if [ "$COMP_CWORD" -eq 1 ]; then
		COMPREPLY=($(compgen -W ${quote([...commands.map((one) => one.name), "--help", "--version"].join(" "))} -- "$cur"))
		return
	fi
	case $command:$prev in
${values.join("\n")}
	esac
	case $command in
${options.join("\n")}
	esac
	if [[ $cur == -* ]]; then
		COMPREPLY=($(compgen -W "$options" -- "$cur"))
		return
	fi
	case $command in
${args.join("\n")}
	esac
	COMPREPLY=($(compgen -f -- "$cur"))
}
complete -o filenames -F _${name} ${name}
`;
}

/** Colons and brackets steer zsh's descriptions. */
const zshText = (text: string): string => text.replace(/[[\]:\\]/g, "\\$&");

function zsh({ name, commands }: ProgramInfo, words: ArgumentWords): string {
	const list = commands.map((one) => `\t\t${quote(`${zshText(one.name)}:${zshText(one.description)}`)}`);
	const cases = commands.map((command) => {
		const specs = command.options.flatMap(({ names, description, takesValue, choices }) =>
			names.map((flag) => {
				const value =
					choices.length > 0 ? `:value:(${choices.join(" ")})` : takesValue ? ":value:_files" : "";
				return quote(`*${flag}[${zshText(description)}]${value}`);
			}),
		);
		const own = words[command.name];
		const rest = own === undefined ? "*:file:_files" : `*:word:(${own.join(" ")})`;
		return `\t${command.name}) _arguments ${[...specs, quote(rest)].join(" \\\n\t\t\t")} ;;`;
	});
	return `#compdef ${name}
# zsh completion of ${name}: source <(${name} completion zsh)
_${name}() {
	local -a commands=(
${list.join("\n")}
	)
	if (( CURRENT == 2 )); then
		_describe command commands
		return
	fi
	local command=$words[2]
	shift words
	(( CURRENT-- ))
	case $command in
${cases.join("\n")}
	esac
}
compdef _${name} ${name}
`;
}

const fishQuote = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

function fish({ name, commands }: ProgramInfo, words: ArgumentWords): string {
	const lines = [`# fish completion of ${name}: ${name} completion fish | source`];
	for (const { name: command, description } of commands) {
		lines.push(`complete -c ${name} -n __fish_use_subcommand -f -a ${command} -d ${fishQuote(description)}`);
	}
	for (const command of commands) {
		const when = `-n ${fishQuote(`__fish_seen_subcommand_from ${command.name}`)}`;
		for (const option of command.options) {
			const flags = option.names.map((flag) =>
				flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`,
			);
			const value =
				option.choices.length > 0
					? ` -x -a ${fishQuote(option.choices.join(" "))}`
					: withFiles(command).includes(option)
						? " -r"
						: "";
			lines.push(
				`complete -c ${name} ${when} ${flags.join(" ")}${value} -d ${fishQuote(option.description)}`,
			);
		}
		const own = words[command.name];
		if (own !== undefined) lines.push(`complete -c ${name} ${when} -f -a ${fishQuote(own.join(" "))}`);
	}
	return `${lines.join("\n")}\n`;
}
