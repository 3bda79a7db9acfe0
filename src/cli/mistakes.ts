import { near } from "../report/near.ts";

/** One line for what commander says of a mistake in several, with the near name where one is misspelt. */
export function oneLine(text: string): string {
	return text
		.trim()
		.replace(/^error: /, "")
		.replace(/missing required argument 'input'/, "no input given; name a log file, a folder, or - for standard input")
		.replace(/missing required argument '(\w+)'/, "no <$1> given; --help tells what it is")
		.replace(/unknown command '([^']*[./][^']*)'/, "unknown command '$1'; did you mean: rlog analyze $1")
		.replace(/\s*\(Did you mean (?:one of )?([^?]*)\?\)/, "; did you mean $1?")
		.replace(/^(?:required )?option '(?:-\w, )?(--[\w-]+) ([^']*)' (?:argument missing|not specified)$/, "$1 needs a value: $1 $2")
		.replace(/^option '(?:-\w, )?(--[\w-]+)[^']*' argument '(.*?)' is invalid\. (.*)$/s, (_, option: string, value: string, rest: string) => `${option}: ${notOne(value, rest)}`)
		.replace(/^command-argument value '(.*?)' is invalid for argument '\w+'\. (.*)$/s, (_, value: string, rest: string) => notOne(value, rest));
}

function notOne(value: string, rest: string): string {
	const choices = /^Allowed choices are (.*)\.$/s.exec(rest)?.[1];
	if (choices === undefined) return `'${value}' will not do. ${rest}`;
	const [meant] = near(value, choices.split(", "));
	return `'${value}' is none of ${choices}${meant === undefined ? "" : `; did you mean ${meant}?`}`;
}
