import { execFileSync, spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { builtInto } from "../cli/built.ts";
import { primaryLog, replicaLog } from "../cli/logs.ts";
import { limit } from "./harness.ts";

/* What can go wrong with files: one clear line, the right exit code, and whatever can be analysed is. */

let folder: string;
let script: string;
let socket: Server;
beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), "rlog-files-"));
	script = await builtInto(join(folder, ".build"));
	writeFileSync(join(folder, "primary.log"), primaryLog);
	writeFileSync(join(folder, "replica.log"), replicaLog);
	writeFileSync(join(folder, "secret.log"), replicaLog);
	chmodSync(join(folder, "secret.log"), 0);
	symlinkSync("loop.log", join(folder, "loop.log"));
	symlinkSync("gone.log", join(folder, "dangling.log"));
	mkdirSync(join(folder, "folder", "inner"), { recursive: true });
	symlinkSync("..", join(folder, "folder", "inner", "up"));
	writeFileSync(join(folder, "folder", "replica.log"), replicaLog);
	execFileSync("mkfifo", [join(folder, "pipe.log"), join(folder, "folder", "pipe.log")]);
	socket = createServer().listen(join(folder, "socket.log"));
}, limit);
afterAll(() => {
	socket.close();
	rmSync(folder, { recursive: true, force: true });
});

interface Ran {
	readonly code: number | null;
	readonly stdout: string;
	readonly errors: string[];
}

function run(args: readonly string[]): Ran {
	const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { cwd: folder, encoding: "utf8", timeout: 30_000 });
	return { code: status, stdout, errors: stderr.split("\n").filter((line) => line !== "") };
}

/** Runs a command of the shell, in which `rlog` is ours. */
function shell(command: string): Ran {
	const whole = `rlog() { "${process.execPath}" "${script}" "$@"; }; ${command}`;
	const { status, stdout, stderr } = spawnSync("bash", ["-c", whole], { cwd: folder, encoding: "utf8", timeout: 30_000 });
	return { code: status, stdout, errors: stderr.split("\n").filter((line) => line !== "") };
}

describe("beside a good file, a bad one costs exit code 3 and one line", () => {
	test.each([
		["gone.log", /no such file/],
		["loop.log", /go in a circle/],
		["dangling.log", /no such file/],
		["socket.log", /socket or a device/],
		["primary.log/x", /no folder/],
		[`${"x".repeat(300)}.log`, /too long/],
	])("%s", (name, said) => {
		const { code, stdout, errors } = run(["analyze", "primary.log", name]);
		expect(code).toBe(3);
		expect(stdout).toMatch(/^full/m);
		expect(errors).toHaveLength(1);
		expect(errors[0]).toMatch(/^rlog: /);
		expect(errors[0]).toMatch(said);
	});

	test.skipIf(process.getuid?.() === 0)("one that must not be read", () => {
		const { code, errors } = run(["analyze", "primary.log", "secret.log"]);
		expect([code, errors.length]).toEqual([3, 1]);
		expect(errors[0]).toContain("no permission");
	});

	test("alone, it costs exit code 1", () => {
		expect(run(["analyze", "gone.log"])).toMatchObject({ code: 1, stdout: "" });
		expect(run(["analyze", "socket.log"]).code).toBe(1);
	});
});

describe("folders, pipes and links", () => {
	test("a folder with a link back up and a pipe that nobody writes to", () => {
		const { code, stdout } = run(["analyze", "folder"]);
		expect(code).toBe(0);
		expect(stdout).toMatch(/^full/m);
	});

	test("a pattern that fits pipes and sockets as well", () => {
		const { code, stdout } = run(["analyze", "{pipe,primary,socket}*.log"]);
		expect([code, /^full/m.test(stdout)]).toEqual([0, true]);
	});

	test("a pipe that is named is read to its end", () => {
		// A writer that is gone before it could be opened again: three tries, as it is a matter of moments.
		for (let tries = 0; tries < 3; tries++) {
			const { code, stdout } = shell("cat primary.log > pipe.log & rlog analyze pipe.log");
			expect([code, /^full/m.test(stdout)]).toEqual([0, true]);
		}
	});

	test.each([
		["cut", (file: string) => writeFileSync(file, "")],
		["gone", (file: string) => rmSync(file)],
		["another", rotate],
	])("a file that is %s while it is read: what was read of it counts, and the other file", async (name, change) => {
		const file = join(folder, `${name}.log`);
		writeFileSync(file, primaryLog.repeat(1000));
		const child = spawn(process.execPath, [script, "analyze", "-q", file, "primary.log"], { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
		const said = text(child.stderr);
		const code = new Promise((done) => child.on("exit", done));
		while (child.exitCode === null && !isOpen(child.pid, file)) await sleep(1);
		change(file);
		expect([0, 3]).toContain(await code);
		expect(await said).not.toMatch(/\n\s+at |Error/);
		for (const left of [file, `${file}.1`]) rmSync(left, { force: true });
	}, limit);
});

/** Another file takes its name. */
function rotate(file: string): void {
	renameSync(file, `${file}.1`);
	writeFileSync(file, replicaLog);
}

/** Whether a process has a file open; where the system does not tell, that is not waited for. */
function isOpen(pid: number | undefined, file: string): boolean {
	try {
		return readdirSync(`/proc/${pid}/fd`).some((fd) => linkOf(`/proc/${pid}/fd/${fd}`) === file);
	} catch {
		return process.platform !== "linux";
	}
}

function linkOf(path: string): string {
	try {
		return readlinkSync(path);
	} catch {
		return "";
	}
}

describe("output", () => {
	test("no space left: one line, exit code 1", () => {
		for (const command of ["rlog analyze primary.log > /dev/full", "rlog events primary.log > /dev/full", "rlog analyze -f json primary.log > /dev/full"]) {
			const { code, errors } = shell(command);
			expect([code, errors.length], command).toEqual([1, 1]);
			expect(errors[0]).toContain("no space left");
		}
		const { code, errors } = run(["analyze", "primary.log", "-f", "json", "-o", "/dev/full"]);
		expect([code, errors.length]).toEqual([1, 1]);
		expect(errors[0]).toContain("no space left");
	});

	test("a reader that goes early is no error", () => {
		for (const command of ["rlog events primary.log replica.log | head -1", "rlog analyze -f json primary.log | true"]) {
			const { errors } = shell(`set -o pipefail; ${command}`);
			expect(errors, command).toEqual([]);
		}
	});

	test("errors that nobody can be told do not crash it", () => {
		const { code, stdout } = shell("rlog analyze primary.log gone.log 2>/dev/full");
		expect(code).toBe(3);
		expect(stdout).toMatch(/^full/m);
		expect(shell("rlog analyze primary.log gone.log 2>&-").code).toBe(3);
	});

	test("a file appears whole or not at all, and leaves nothing beside it", () => {
		expect(run(["analyze", "primary.log", "-o", "report.json"]).code).toBe(0);
		expect(JSON.parse(readFileSync(join(folder, "report.json"), "utf8")).schemaVersion).toBe(1);
		const before = readFileSync(join(folder, "report.json"), "utf8");
		const { code, errors } = run(["analyze", "primary.log", "-o", "report.json/x.json"]);
		expect([code, errors.length]).toEqual([1, 1]);
		expect(readFileSync(join(folder, "report.json"), "utf8")).toBe(before);
		expect(existsSync(join(folder, "x.json"))).toBe(false);
		expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
	});

	test("killed while it works, it leaves no part of a file", async () => {
		const file = join(folder, "big.log");
		writeFileSync(file, primaryLog.repeat(20_000));
		const child = spawn(process.execPath, [script, "analyze", file, "-o", join(folder, "late.json")], { stdio: "ignore" });
		const gone = new Promise((done) => child.on("exit", done));
		setTimeout(() => child.kill("SIGTERM"), 200);
		await gone;
		const late = join(folder, "late.json");
		if (existsSync(late)) expect(() => JSON.parse(readFileSync(late, "utf8"))).not.toThrow();
		rmSync(file);
	}, limit);
});
