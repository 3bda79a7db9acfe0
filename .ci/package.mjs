// Checks the package as its users get it: what is in it, that its command runs and its library
// imports and compiles where nothing but the package is installed.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const scratch = resolve(process.argv[2]);
const { version } = JSON.parse(readFileSync("package.json", "utf8"));
const run = (command, args, cwd = ".") => execFileSync(command, args, { cwd, encoding: "utf8" });

const [pack] = JSON.parse(run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", scratch]));
const names = pack.files.map(({ path }) => path);
const strangers = names.filter((name) => !/^(bin\/|dist\/|package\.json$|README\.md$|LICENSE$)/.test(name));
assert.deepEqual(strangers, [], "only what users need is packed");
assert.deepEqual(
	names.filter((name) => /test|fixture/i.test(name)),
	[],
	"no test or fixture is packed",
);
assert.ok(pack.unpackedSize < 3 * 1024 * 1024, `the package takes ${pack.unpackedSize} bytes`);

const empty = join(scratch, "empty");
mkdirSync(empty);
writeFileSync(join(empty, "package.json"), '{ "private": true, "type": "module" }\n');
run("npm", ["install", "--no-audit", "--no-fund", join(scratch, pack.filename)], empty);
assert.equal(run("npx", ["rlog", "--version"], empty).trim(), version);
assert.match(run("npx", ["rlog", "explain", "backlog-overrun"], empty), /repl-backlog-size/);

writeFileSync(
	join(empty, "use.ts"),
	`import { analyze, type Report, renderReport, type Resync } from "rlog";
const { report }: { report: Report } = await analyze(["missing.log"]);
const resyncs: readonly Resync[] = report.resyncs;
const text: string = await renderReport(report, "json");
export { resyncs, text };
`,
);
const flags = [
	"--noEmit",
	"--strict",
	"--skipLibCheck",
	"false",
	"--module",
	"nodenext",
	"--target",
	"es2023",
];
// The empty folder has no types of Node.js; the package's own must do without, but for its streams.
const types = ["--types", "node", "--typeRoots", resolve("node_modules/@types")];
run(resolve("node_modules/.bin/tsc"), [...flags, ...types, "use.ts"], empty);

writeFileSync(
	join(empty, "use.mjs"),
	`import { analyze, renderReport } from "rlog";
const { report } = await analyze(["missing.log"]);
console.log(JSON.parse(await renderReport(report, "json")).generator.version);
`,
);
assert.equal(run("node", ["use.mjs"], empty).trim(), version);
