import type { HoleKind } from "./tokens.ts";

/** A template is fixed text and typed holes in turn. */
export type Segment = { readonly text: string } | { readonly name: string; readonly kind: HoleKind };

const hole = /\{(\w+):(\w+)\}/g;

/**
 * Splits a template into its segments. Blanks at either end are dropped, as they are in the lines
 * that are held against it.
 */
export function segments(template: string): Segment[] {
	const out: Segment[] = [];
	const trimmed = template.trim();
	let at = 0;
	for (const found of trimmed.matchAll(hole)) {
		if (found.index > at) out.push({ text: trimmed.slice(at, found.index) });
		out.push({ name: found[1] as string, kind: found[2] as HoleKind });
		at = found.index + found[0].length;
	}
	if (at < trimmed.length) out.push({ text: trimmed.slice(at) });
	return out;
}

/** The fixed text a template opens with, all of it where it has no holes; empty when it opens with one. */
export function opening(template: string): string {
	const trimmed = template.trim();
	const at = trimmed.search(/\{\w+:\w+\}/);
	return at === -1 ? trimmed : trimmed.slice(0, at);
}
