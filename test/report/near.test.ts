import { expect, test } from "vitest";
import { near } from "../../src/report/near.ts";

const names = ["backlog-expired", "backlog-overrun", "no-backlog", "first-sync", "unknown"];

test.each([
	["backlog-overun", ["backlog-overrun"]],
	["frist-sync", ["first-sync"]],
	["First-Sync", ["first-sync"]],
	["backlog", ["backlog-expired", "backlog-overrun", "no-backlog"]],
	["quite-something-else", []],
	["un", []],
])("%s may have meant %j", (word, expected) => expect(near(word, names)).toEqual(expected));
