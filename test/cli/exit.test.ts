import { expect, test } from "vitest";
import { exitCode } from "../../src/cli/exit.ts";

test.each([
	[{ nothingRead: false, unreadable: false, gateHit: false }, 0],
	[{ nothingRead: true, unreadable: true, gateHit: false }, 1],
	[{ nothingRead: false, unreadable: false, gateHit: true }, 2],
	[{ nothingRead: false, unreadable: true, gateHit: true }, 2],
	[{ nothingRead: false, unreadable: true, gateHit: false }, 3],
])("%j gives %d", (outcome, code) => expect(exitCode(outcome)).toBe(code));
