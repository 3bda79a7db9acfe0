import { expect, test } from "vitest";
import { GateSyntaxError } from "../../grammars/fail-on.ts";
import { applyGate, readGate } from "../../src/report/gate.ts";
import { flapping, sample } from "./sample.ts";

const critical = { ...flapping, code: "split-brain" as const, severity: "critical" as const };
const report = { ...sample, findings: [flapping, critical] };
const hits = (gate: string) => applyGate(readGate(gate), report).map(({ hit }) => hit);

test.each([
	["full", [true]],
	["failed", [false]],
	["resync>6", [true]],
	["resync>7", [false]],
	["full:backlog-overrun", [true]],
	["full:backlog-overrun>0", [true]],
	["full:backlog-overrun > 1", [false]],
	["full:no-backlog|backlog-overrun>=1", [true]],
	["full!=first-sync", [true]],
	["full!=first-sync|backlog-overrun", [false]],
	["partial<5", [false]],
	["partial<=5", [true]],
	["partial=5, partial==4", [true, false]],
	["full=0", [false]],
	["open<1", [true]],
	["finding", [true]],
	["finding:critical", [true]],
	["finding:warning>1", [true]],
	["finding:link-flapping", [true]],
	["finding:data-discarded", [false]],
	["finding!=link-flapping|split-brain", [false]],
	["problem", [true]],
	["problem:no-log", [true]],
	["problem:unreadable", [false]],
])("%s", (gate, expected) => expect(hits(gate)).toEqual(expected));

test("says what a rule was hit by", () => {
	const [result] = applyGate(readGate("full!=first-sync"), report);
	expect(result).toMatchObject({
		rule: { text: "full!=first-sync" },
		matches: [{ name: "#7 (backlog-overrun)" }],
	});
});

test.each([
	["", 0, "a rule is expected here"],
	["full:", 5, "a word is expected here"],
	["full>", 5, "a number is expected here"],
	["full partial", 5, "a comma is expected here"],
	["full,", 5, "a word is expected here"],
	["full;partial", 4, "this has no meaning here"],
	["fulll", 0, "there is no 'fulll'; there is full, partial, failed, open, resync, finding, problem"],
	["full:backlog-overun", 5, "'full' has no 'backlog-overun'; there is backlog-overrun"],
	["finding:severe", 8, "'finding' has no 'severe'"],
	["partial, full!=1", 15, "a word is expected here"],
])("%j is answered with a caret at %d", (gate, offset, message) => {
	const error = (() => {
		try {
			return readGate(gate);
		} catch (thrown) {
			return thrown;
		}
	})();
	expect(error).toBeInstanceOf(GateSyntaxError);
	expect(error).toMatchObject({ offset });
	expect((error as GateSyntaxError).message).toMatch(new RegExp(`^${message.replace(/[|.]/g, "\\$&")}`));
});
