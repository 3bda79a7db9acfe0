import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeWhole } from "../../src/cli/output.ts";

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "rlog-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("a file is written, and nothing else is left", async () => {
	await writeWhole(join(folder, "a.json"), "{}\n");
	expect(await readdir(folder)).toEqual(["a.json"]);
	expect(await readFile(join(folder, "a.json"), "utf8")).toBe("{}\n");
});

test("a file that is there is replaced and keeps its permissions", async () => {
	const file = join(folder, "a.json");
	await writeFile(file, "old");
	await chmod(file, 0o640);
	await writeWhole(file, "new");
	expect(await readFile(file, "utf8")).toBe("new");
	expect((await stat(file)).mode & 0o777).toBe(0o640);
});

test("a symbolic link stays one", async () => {
	await writeFile(join(folder, "real.json"), "old");
	await symlink("real.json", join(folder, "link.json"));
	await writeWhole(join(folder, "link.json"), "new");
	expect(await readFile(join(folder, "real.json"), "utf8")).toBe("new");
});

test("what cannot be written is said in one line, and leaves nothing behind", async () => {
	await mkdir(join(folder, "sub"));
	await expect(writeWhole(join(folder, "sub"), "x")).rejects.toThrow(/cannot write .*sub: it is a folder/);
	await expect(writeWhole(join(folder, "no", "a.json"), "x")).rejects.toThrow(/its folder does not exist/);
	expect(await readdir(folder)).toEqual(["sub"]);
});
