import { expect, test } from "vitest";
import { idA, idB, Scene } from "./scene.ts";

/** The old primary goes on for some bytes after the replica was promoted, then follows it. */
function divergence(bytes: number, after: number, client?: string): Scene {
	const scene = new Scene()
		.node("primary", "M")
		.node("replica", "S")
		.full("replica", "primary", 1000, null, `${idA}:0`);
	scene
		.promote("replica", 5000, idA, 101, idB, client)
		.demote("primary", 5000 + after, scene.address("replica"), client);
	return scene.full(
		"primary",
		"replica",
		5010 + after,
		`${idA}:${101 + bytes}`,
		`${idB}:200`,
		`Partial resynchronization not accepted: Requested offset for second ID was ${101 + bytes}, but I can reply up to 101`,
	);
}

test("bytes beyond the fork, on which node, and from where", () => {
	const [finding, ...rest] = divergence(51_613, 300).tell().of("data-discarded");
	expect(rest).toEqual([]);
	expect(finding).toMatchObject({ severity: "critical", node: "primary", resyncs: [2] });
	expect(finding?.facts).toMatchObject({
		bytes: 51_613,
		forkOffset: 101,
		replid: idA,
		side: "old-side",
		detail: "writes",
	});
	expect(finding?.facts["at"]).toBe("2026-11-21T20:00:05.310Z");
});

test("heartbeats alone are said to be that", () => {
	const [finding] = divergence(134, 1000).tell().of("data-discarded");
	expect(finding).toMatchObject({ severity: "info", facts: { detail: "heartbeat-only", bytes: 134 } });
	expect(finding?.remedy).toEqual(["Nothing needs to be recovered."]);
});

test("a Sentinel's hellos add up while nobody is demoted", () => {
	const sentinel = "id=8 addr=10.0.0.9:59250 name=sentinel-1cc19560-cmd flags=x cmd=exec";
	expect(divergence(818, 12_000, sentinel).tell().of("data-discarded")[0]?.severity).toBe("info");
	expect(divergence(818, 12_000).tell().of("data-discarded")[0]?.severity).toBe("critical");
	expect(divergence(818, 12_000, sentinel).tell("replica").of("data-discarded")[0]?.severity).toBe("info");
});

test("a node that was promoted and sent back discards what it added", () => {
	const scene = new Scene()
		.node("primary", "M")
		.node("replica", "S")
		.full("replica", "primary", 1000, null, `${idA}:0`);
	scene.promote("replica", 5000, idA, 101, idB).demote("replica", 6000, scene.address("primary"));
	scene.full(
		"replica",
		"primary",
		6010,
		`${idB}:20101`,
		`${idA}:500`,
		`Partial resynchronization not accepted: Replication ID mismatch (Replica asked for '${idB}', my replication IDs are '${idA}' and '${"0".repeat(40)}')`,
	);
	const [finding] = scene.tell().of("data-discarded");
	expect(finding).toMatchObject({
		severity: "critical",
		node: "replica",
		facts: { bytes: 20_000, side: "promoted-side", forkOffset: 101 },
	});
});
