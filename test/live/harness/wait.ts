import { setTimeout as sleep } from "node:timers/promises";

export { sleep };

/** Asks again until the answer is not false, null or undefined; throws when that takes too long. */
export async function until<T>(what: string, ask: () => Promise<T> | T, timeoutMs = 30_000): Promise<Exclude<T, false | null | undefined>> {
	const end = Date.now() + timeoutMs;
	let last: unknown;
	for (let wait = 5; Date.now() < end; wait = Math.min(100, wait * 1.5)) {
		try {
			const answer = await ask();
			if (answer !== false && answer != null) return answer as Exclude<T, false | null | undefined>;
			last = answer;
		} catch (error) {
			last = error;
		}
		await sleep(wait);
	}
	throw new Error(`not within ${timeoutMs} ms: ${what} (${last instanceof Error ? last.message : String(last)})`);
}
