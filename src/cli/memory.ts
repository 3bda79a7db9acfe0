import process from "node:process";

/** Below this little is kept of what is read (bytes). */
const MUCH = 64 * 1024 * 1024;

let told = false;

/**
 * Keeps V8's young generation as small as it is once so many bytes were read. What is read is kept, so that
 * room for what is soon let go saves no time; left alone it grows to 48 MB. The setting is a number that V8 asks
 * for whenever that would grow (heap/new-spaces.cc, NewSpace::Grow). `node:v8` is loaded only then.
 */
export function keepMemorySmall(bytes: number): void {
	if (told || bytes < MUCH) return;
	told = true;
	process.getBuiltinModule("node:v8").setFlagsFromString("--semi-space-growth-factor=1");
}
