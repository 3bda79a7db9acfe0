// Prints "PASSED FAILED" from vitest's JSON report. A run that failed outside of any test, or left
// no report, counts as one failure.
import { existsSync, readFileSync } from "node:fs";

const [file, status] = process.argv.slice(2);
const report = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
const passed = report.numPassedTests ?? 0;
let failed = report.numFailedTests ?? 0;
if (failed === 0 && (passed === 0 || status !== "0" || report.success !== true)) failed = 1;
console.log(passed, failed);
