import process from "node:process";

/** Below this little is kept of what is read (bytes). */
const MUCH = 64 * 1024 * 1024;

let small = false;
let alone = false;

const tell = (flag: string): void => process.getBuiltinModule("node:v8").setFlagsFromString(flag);

/**
 * Keeps V8's young generation as small as it is once so many bytes were read. What is read is kept, so that
 * room for what is soon let go saves no time; left alone it grows to 48 MB. The setting is a number that V8 asks
 * for whenever that would grow (heap/new-spaces.cc, NewSpace::Grow). `node:v8` is loaded only then.
 */
export function keepMemorySmall(bytes: number): void {
	if (small || bytes < MUCH) return;
	small = true;
	tell("--semi-space-growth-factor=1");
}

/**
 * Has the young generation collected on the one thread that uses it, while others need the cores: V8 spreads it over
 * its own, and then waits for one that has no core. Asked for at each collection (heap/scavenger.cc,
 * ScavengerCollector::NumberOfScavengeTasks).
 */
export function collectAlone(yes: boolean): void {
	if (alone === yes) return;
	alone = yes;
	tell(yes ? "--no-parallel-scavenge" : "--parallel-scavenge");
}
