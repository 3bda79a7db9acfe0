/*
 * What headings above pasted lines say about whose lines they are.
 */

/** Which side of a link a heading speaks of, if of one only. */
export function sideOf(heading: string | null): string | null {
	// A sentence tells what happens, not whose log follows.
	if (heading === null || heading.split(/\s+/).length > 6) return null;
	const primary = /\b(?:master|primary|leader|ma[e\u00ee]s?tr[eo]|mestre)\b|\u4e3b|\u30de\u30b9\u30bf|\ub9c8\uc2a4\ud130|\u043c\u0430\u0441\u0442\u0435\u0440/i.test(heading);
	const replica = /\b(?:slave|replica|secondary|follower|esclav[eo]|escravo)\b|r\u00e9plica|\u4ece|\u30b9\u30ec\u30fc\u30d6|\u30ec\u30d7\u30ea\u30ab|\uc2ac\ub808\uc774\ube0c|\ub808\ud50c\ub9ac\uce74|\u0440\u0435\u043f\u043b\u0438\u043a|\u0441\u043b\u0435\u0439\u0432/i.test(heading);
	const sentinel = /\bsentinel\b|\u54e8\u5175/i.test(heading);
	const sides = [primary && "primary", replica && "replica", sentinel && "sentinel"].filter(Boolean);
	const old = /\b(?:old|former|previous|new)\b/i.test(heading);
	return sides.length === 1 && !old ? (sides[0] as string) : null;
}

const logOf =
	/^(?:the )?(?:full |complete |docker )?logs? (?:output )?(?:of|from|for|on|in) (?:the )?(?:pod|container|node|server|host)?:? ?(\S+)$/i;
const ofLog = /^(\S+?)(?:'s)? (?:log|logs|log output|output)$/i;
const numbered =
	/^(?:redis|valkey|keydb|node|pod|server|host|vm|instance|container|replica|slave|master|primary|sentinel)[ _-]?#?(?:\d{1,3}|[A-Z])$/i;
/** Steps of a story, not names. */
const steps =
	/^(?:step|test|case|try|attempt|scenario|part|figure|example|run|time|day|update|edit|v|version|issue|log|logs)[\d._#:-]*$/i;

/**
 * The name of a server that a heading is: `redis-1`, `logs of 0e9d33c1`, `VM2`, `10.0.0.3:6379`. Null for
 * anything that may tell what happens in the lines below.
 */
export function nameOf(heading: string | null): string | null {
	const text = heading?.trim() ?? "";
	const name = logOf.exec(text)?.[1] ?? ofLog.exec(text)?.[1] ?? text;
	if (numbered.test(name)) return name.toLowerCase();
	if (/^\d{1,3}(?:\.\d{1,3}){3}(?:[ :]\d{1,5})?$/.test(name)) return name;
	// Names of hosts, pods and containers have a number in them.
	const named = /^[^\s]+$/.test(name) && /[a-z]/i.test(name) && /\d/.test(name) && !steps.test(name);
	return named ? name.toLowerCase() : null;
}

/** Whether a heading speaks of another server than the one above it. */
export function tellsApart(heading: string | null, above: string | null): boolean {
	const [side, name] = [sideOf(heading), nameOf(heading)];
	return (side !== null && side !== sideOf(above)) || (name !== null && name !== nameOf(above));
}
