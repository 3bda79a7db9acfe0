import type { Item } from "./chart.ts";
import type { PageData, ResyncData } from "./data.ts";
import type { PageDocument, PageElement } from "./dom.ts";

/** What the page can say of the things in its chart. */
export interface Teller {
	/** `20:30:57.601`, on the clock of the report. */
	readonly clock: (at: number | null) => string;
	/** An element with a class and what is in it. */
	readonly el: (tag: string, css: string, ...children: (PageElement | string)[]) => PageElement;
	readonly resyncOf: (id: number) => ResyncData;
	/** What the panel shows of an item. */
	readonly tell: (item: Pick<Item, "kind" | "ids">) => PageElement[];
	/** An entry of the list, for equal resyncs told as one. */
	readonly entry: (ids: readonly number[]) => PageElement;
}

/**
 * Builds what the page says from its data, as text nodes and elements without attributes of a log's
 * making. Its text is put into the page as it stands here, so that it uses nothing from outside itself.
 */
export function teller(document: PageDocument, data: PageData): Teller {
	const el = (tag: string, css: string, ...children: (PageElement | string)[]): PageElement => {
		const element = document.createElement(tag);
		if (css !== "") element.className = css;
		element.append(...children);
		return element;
	};

	const pad = (value: number, digits = 2): string => String(value).padStart(digits, "0");
	const clock = (at: number | null): string => {
		if (at === null) return "";
		const date = new Date(at + data.zone * 60_000);
		return `${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())}:${pad(date.getUTCSeconds())}.${pad(date.getUTCMilliseconds(), 3)}`;
	};
	const say = (number: number): string => data.texts[number] ?? "";

	const about = (pairs: ResyncData["about"]): PageElement => {
		const list = el("dl", "about");
		for (const [label, text] of pairs)
			list.append(el("dt", "", say(label)), el("dd", say(label) === "do" ? "do" : "", say(text)));
		return list;
	};

	const evidence = (lines: readonly number[]): PageElement => {
		const list = el("ol", "evidence");
		for (const number of lines) {
			const [input, line, lane, time, text] = data.evidence[number] as PageData["evidence"][number];
			const where = el("span", "place", `${say(input)}:${line}`);
			const who = el(
				"span",
				"when",
				[data.lanes[lane]?.name ?? "", clock(time)].filter((part) => part !== "").join(" · "),
			);
			list.append(el("li", "", where, " ", who, el("code", "", say(text))));
		}
		return list;
	};

	const byNumber = new Map(data.resyncs.map((one) => [one.id, one]));
	const resyncOf = (id: number): ResyncData => byNumber.get(id) as ResyncData;

	const titleOf = ({ id, verdict, link, code, proof, expected }: ResyncData): PageElement =>
		el(
			"h3",
			"",
			`#${id} `,
			el("span", `verdict ${verdict}${expected ? " expected" : ""}`, verdict),
			` ${say(link)} `,
			el("span", "code", say(code)),
			say(proof) === "unknown" ? "" : ` (${say(proof)})`,
		);

	const goTo = (id: number): PageElement => {
		const button = el("button", "link", `#${id}`);
		button.setAttribute("type", "button");
		button.setAttribute("data-open", String(id));
		return button;
	};

	const resyncParts = (one: ResyncData): PageElement[] => [
		about(one.about),
		el("p", "label", "Evidence"),
		evidence(one.evidence),
	];

	const several = (ids: readonly number[]): PageElement => {
		const list = el("ul", "several");
		for (const id of ids.slice(0, 200)) {
			const { verdict, code, link } = resyncOf(id);
			list.append(el("li", "", goTo(id), ` ${verdict}, ${say(code)}, ${say(link)}`));
		}
		if (ids.length > 200)
			list.append(el("li", "", `and ${ids.length - 200} more: zoom in to tell them apart`));
		return list;
	};

	const tell = ({ kind, ids }: Pick<Item, "kind" | "ids">): PageElement[] => {
		const parts: PageElement[] = [];
		if (kind === "resync" && ids.length === 1) {
			const one = resyncOf(ids[0] as number);
			parts.push(titleOf(one), ...resyncParts(one));
			if ((data.blocks[one.id] ?? -1) >= 0) {
				const link = el("a", "", "Whole entry in the list");
				link.setAttribute("href", `#r${one.id}`);
				parts.push(el("p", "", link));
			}
		} else if (kind === "resync") {
			parts.push(el("h3", "", `${ids.length} resyncs`), several(ids));
		} else if (kind === "line") {
			const about = data.resyncs.filter((one) => ids.some((id) => one.evidence.includes(id)));
			parts.push(
				el("h3", "", ids.length === 1 ? "Log line" : `${ids.length} log lines`),
				evidence(ids.slice(0, 300)),
			);
			if (about.length > 0) parts.push(el("p", "label", "Evidence of"), several(about.map(({ id }) => id)));
		} else {
			const finding = data.findings[ids[0] as number] as PageData["findings"][number];
			parts.push(
				el("h3", "", el("span", `severity ${finding.severity}`, finding.severity), ` ${say(finding.code)}`),
				about(finding.about),
			);
			if (finding.resyncs.length > 0) parts.push(several(finding.resyncs));
			parts.push(el("p", "label", "Evidence"), evidence(finding.evidence));
		}
		return parts;
	};

	const entry = (ids: readonly number[]): PageElement => {
		const first = resyncOf(ids[0] as number);
		const css = `resync ${first.verdict}${first.expected ? " expected" : ""}`;
		const block = el("article", css, titleOf(first));
		block.setAttribute("id", `r${first.id}`);
		if (ids.length > 1) {
			block.append(
				el("p", "", `${ids.length} equal ones; what is said here is of the first`),
				several(ids.slice(1)),
			);
		}
		block.append(...resyncParts(first));
		return block;
	};

	return { clock, el, resyncOf, tell, entry };
}
