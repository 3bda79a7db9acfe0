import { type ProgramInfo, remarks } from "./describe.ts";

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
const code = (text: string): string => `\`${text.replaceAll("|", "\\|")}\``;

/** The reference of all commands and options as Markdown. */
export function markdownReference({ name, commands }: ProgramInfo): string {
	const overview = commands.map(
		({ usage, description }) => `| ${code(`${name} ${usage}`)} | ${cell(description)} |`,
	);
	const parts = [["| command | what it does |", "|---|---|", ...overview].join("\n")];
	for (const command of commands) {
		if (command.options.length === 0) continue;
		const rows = command.options.map((option) => {
			const more = remarks(option);
			return `| ${code(option.flags)} | ${cell(option.description)}${more === "" ? "" : ` (${cell(more)})`} |`;
		});
		parts.push(`#### Options of \`${name} ${command.name}\``);
		parts.push(["| option | what it does |", "|---|---|", ...rows].join("\n"));
	}
	return `${parts.join("\n\n")}\n`;
}
