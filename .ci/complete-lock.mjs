// Completes package-lock.json after a dependency was added: `node .ci/complete-lock.mjs`.
//
// npm leaves out optional packages (other platforms' binaries) that the registry at hand does not
// serve, and `npm ci` then refuses the lock for not naming them. They are written down here by their
// parents' exact versions; they are only fetched on the platforms that they are for.
import { readFileSync, writeFileSync } from "node:fs";

const file = "package-lock.json";
const lock = JSON.parse(readFileSync(file, "utf8"));
const { packages } = lock;
const added = [];

/** Where the package at `path` finds `name`: in its own node_modules or in one above. */
function find(path, name) {
	for (let at = path; ; ) {
		const place = `${at === "" ? "" : `${at}/`}node_modules/${name}`;
		if (packages[place] !== undefined) return place;
		if (at === "") return undefined;
		const up = at.lastIndexOf("/node_modules/");
		at = up < 0 ? "" : at.slice(0, up);
	}
}

/** `@rolldown/binding-linux-x64-musl` is for linux, x64 and musl. */
function platform(name) {
	const parts = name.split(/[/-]/);
	const os = [
		"aix",
		"android",
		"darwin",
		"freebsd",
		"linux",
		"netbsd",
		"openbsd",
		"openharmony",
		"sunos",
		"win32",
	];
	const cpu = ["arm", "arm64", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "wasm32", "x64"];
	const libc = parts.includes("musl")
		? ["musl"]
		: parts.some((part) => /^gnu/.test(part))
			? ["glibc"]
			: undefined;
	return {
		cpu: cpu.filter((one) => parts.includes(one)),
		os: parts.includes("wasm32") ? undefined : os.filter((one) => parts.includes(one)),
		libc,
	};
}

for (const [path, parent] of Object.entries(packages)) {
	for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
		const place = find(path, name);
		if (place !== undefined && (packages[place].version === version || !/^\d/.test(version))) continue;
		if (!/^\d/.test(version)) continue;
		// Beside its parent, so that two versions of one parent do not get in each other's way.
		const up = path.lastIndexOf("node_modules/");
		const target = `${path.slice(0, up)}node_modules/${name}`;
		const { cpu, os, libc } = platform(name);
		packages[target] = {
			version,
			cpu,
			dev: true,
			libc,
			license: parent.license,
			optional: true,
			os,
			engines: parent.engines,
		};
		added.push(`${target}@${version}`);
	}
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, "en")));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(added.length === 0 ? "package-lock.json is complete" : added.join("\n"));
