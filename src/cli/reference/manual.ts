import { type ProgramInfo, remarks } from "./describe.ts";

/** Text as roff takes it: nothing in it is a request or an escape. */
const roff = (text: string): string =>
	text
		.replaceAll("\\", "\\e")
		.replaceAll("-", "\\-")
		.replace(/^(?=[.'])/gm, "\\&")
		.replace(
			/[^\n -~]/gu,
			(character) => `\\[u${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")}]`,
		);

/** Sections that the program's help ends with: `Exit code:`, `Examples:`. */
function section(text: string): string[] {
	const [title = "", ...lines] = text.trim().split("\n");
	return [`.SH ${title.replace(/:$/, "").toUpperCase()}`, ".nf", ...lines.map(roff), ".fi"];
}

/** The manual page `rlog.1`; `texts` are further sections, each with its title in the first line. */
export function manual(program: ProgramInfo, version: string, texts: readonly string[]): string {
	const { name, description, commands } = program;
	const lines = [
		`.TH ${name.toUpperCase()} 1 "" "${name} ${version}" "User Commands"`,
		".SH NAME",
		`${name} \\- ${roff(description.replace(/\.$/, "").replace(/^./, (letter) => letter.toLowerCase()))}`,
		".SH SYNOPSIS",
		...commands.flatMap(({ usage }) => [`.B ${name} ${roff(usage)}`, ".br"]),
		".SH DESCRIPTION",
		roff(`${description} It sends nothing anywhere and changes no input.`),
		".SH COMMANDS",
	];
	for (const command of commands) {
		lines.push(`.SS "${name} ${roff(command.usage).replaceAll('"', "\\(dq")}"`, roff(command.description));
		for (const { name: argument, description: meaning } of command.arguments) {
			if (meaning !== "") lines.push(".TP", `.I ${roff(argument)}`, roff(meaning));
		}
		for (const option of command.options) {
			const more = remarks(option);
			const text = `${option.description}${more === "" ? "" : ` (${more})`}`;
			lines.push(".TP", `.B ${roff(option.flags)}`, roff(text));
		}
	}
	return `${[...lines, ...texts.flatMap(section)].join("\n")}\n`;
}
