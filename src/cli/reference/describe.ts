import type { Command } from "commander";

/** An option as help, completion and manual need it. */
export interface OptionInfo {
	/** `-f, --format <format>`. */
	readonly flags: string;
	/** `["-f", "--format"]`. */
	readonly names: readonly string[];
	readonly description: string;
	readonly takesValue: boolean;
	readonly choices: readonly string[];
	readonly byDefault: string | undefined;
	readonly required: boolean;
}

export interface CommandInfo {
	readonly name: string;
	/** `analyze <input...>`. */
	readonly usage: string;
	readonly description: string;
	readonly arguments: readonly { readonly name: string; readonly description: string }[];
	readonly options: readonly OptionInfo[];
}

export interface ProgramInfo {
	readonly name: string;
	readonly description: string;
	readonly commands: readonly CommandInfo[];
}

/** What the program itself says of its commands and options: the one source of every reference. */
export function describeProgram(program: Command): ProgramInfo {
	return {
		name: program.name(),
		description: program.description(),
		commands: program.commands.map(describeCommand),
	};
}

function describeCommand(command: Command): CommandInfo {
	const args = command.registeredArguments;
	const shown = args.map((arg) => {
		const name = `${arg.name()}${arg.variadic ? "..." : ""}`;
		return arg.required ? `<${name}>` : `[${name}]`;
	});
	return {
		name: command.name(),
		usage: [command.name(), ...shown].join(" "),
		description: command.description(),
		arguments: args.map((arg) => ({ name: arg.name(), description: arg.description })),
		options: command.options.map((option) => ({
			flags: option.flags,
			names: [option.short, option.long].filter((name) => name !== undefined && name !== null),
			description: option.description,
			takesValue: option.required || option.optional,
			choices: option.argChoices ?? [],
			byDefault: typeof option.defaultValue === "string" ? option.defaultValue : undefined,
			required: option.mandatory,
		})),
	};
}

/** What an option's description leaves out: its choices and its default. */
export function remarks({ choices, byDefault, required }: OptionInfo): string {
	const parts = [
		...(choices.length > 1 ? [choices.join(", ")] : []),
		...(byDefault !== undefined ? [`default ${byDefault}`] : []),
		...(required ? ["needed"] : []),
	];
	return parts.join("; ");
}
