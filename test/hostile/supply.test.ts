import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

/* What is installed to build rlog: exact versions, each with its checksum, none that runs code by being installed. */

interface Locked {
	readonly version?: string;
	readonly resolved?: string;
	readonly integrity?: string;
	readonly hasInstallScript?: boolean;
	readonly optional?: boolean;
	readonly dev?: boolean;
	readonly link?: boolean;
}
const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), "utf8");
const manifest = JSON.parse(read("package.json")) as Record<string, Record<string, string> | undefined>;
const lock = JSON.parse(read("package-lock.json")) as { packages: Record<string, Locked> };
const installed = Object.entries(lock.packages).filter(([path]) => path !== "");

describe("dependencies", () => {
	test("users of rlog install none", () => {
		for (const kind of ["dependencies", "optionalDependencies", "peerDependencies", "bundledDependencies"]) {
			expect(manifest[kind], kind).toBeUndefined();
		}
		expect(installed.filter(([, { dev }]) => dev !== true).map(([path]) => path)).toEqual([]);
	});

	test("each is pinned, and the lock file agrees", () => {
		for (const [name, version] of Object.entries(manifest["devDependencies"] ?? {})) {
			expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
			expect(lock.packages[`node_modules/${name}`]?.version, name).toBe(version);
		}
	});

	test("each comes from the registry, with its checksum", () => {
		for (const [path, { resolved, integrity, optional }] of installed) {
			// Binaries of other platforms that a registry does not serve are named without.
			if (integrity === undefined && optional === true) continue;
			expect(integrity, path).toMatch(/^sha512-/);
			// The checksum tells what is installed; an address need not be there, but may be no other.
			if (resolved !== undefined) expect(resolved, path).toMatch(/^https:\/\/registry\.npmjs\.org\//);
		}
	});

	test("none runs a script when it is installed", () => {
		expect(installed.filter(([, { hasInstallScript }]) => hasInstallScript === true).map(([path]) => path)).toEqual([]);
	});
});
