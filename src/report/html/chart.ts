import type { PageData } from "./data.ts";

/** Something drawn. `item` is the number of what it stands for in `Drawing.items`. */
export interface Shape {
	readonly tag: "circle" | "g" | "line" | "path" | "rect" | "text";
	readonly attributes: Readonly<Record<string, string | number>>;
	readonly text?: string;
	readonly children?: readonly Shape[];
	readonly item?: number;
}

/** What can be chosen in the chart: one or several resyncs or lines of logs, or a finding. */
export interface Item {
	readonly kind: "resync" | "line" | "finding";
	readonly ids: readonly number[];
	readonly x: number;
	readonly lane: number;
	readonly label: string;
}

export interface Drawing {
	readonly width: number;
	readonly height: number;
	readonly shapes: readonly Shape[];
	readonly items: readonly Item[];
}

/** The stretch of time that is shown, and how wide it is drawn. */
export interface View {
	readonly from: number;
	readonly to: number;
	readonly width: number;
}

/**
 * Draws the lanes of the nodes over time. It runs twice: here, for the picture that is in the page from
 * the start, and in the page, whose script holds this function's own text. So it uses nothing from
 * outside itself.
 */
export function chart(data: PageData, view: View): Drawing {
	const edge = 10;
	const top = 38;
	const laneHeight = 74;
	const barTop = 29;
	const barHeight = 12;
	const plotHeight = 112;
	const units = [...new Set(data.series.map(({ unit }) => unit))];
	/** What the lines of a plot are, in rows below its title. A key is as wide as it ever gets: zooming moves none. */
	const keysOf = (unit: string) => {
		let at = edge;
		let row = 0;
		return data.series.flatMap((one, index) => {
			if (one.unit !== unit) return [];
			const name = `${data.lanes[one.lane]?.name} ${one.name}`;
			const values = one.points.map(([, value]) => value.toLocaleString("en-US"));
			const width = 34 + 6.4 * (name.length + 1 + Math.max(0, ...values.map((value) => value.length)));
			if (at > edge && at + width > view.width - edge) {
				at = edge;
				row++;
			}
			const key = { ...one, index, title: name, at, row };
			at += width;
			return [key];
		});
	};
	const plots = units.map((unit) => {
		const keys = keysOf(unit);
		return { unit, keys, height: plotHeight + 15 * ((keys.at(-1)?.row ?? 0) + 1) };
	});
	const height = top + data.lanes.length * laneHeight + plots.reduce((sum, plot) => sum + plot.height, 0) + 8;
	const span = Math.max(1, view.to - view.from);
	const scale = (view.width - 2 * edge) / span;
	const x = (at: number): number => Math.round((edge + (at - view.from) * scale) * 10) / 10;
	const laneTop = (lane: number): number => top + lane * laneHeight;
	const barMiddle = (lane: number): number => laneTop(lane) + barTop + barHeight / 2;
	const inView = (at: number | null): at is number => at !== null && at >= view.from && at <= view.to;
	const shapes: Shape[] = [];
	/** Texts lie over all that is drawn, with a rim that keeps them readable. */
	const texts: Shape[] = [];
	const items: Item[] = [];
	const bottom = height - 8;

	const pad = (value: number, digits = 2): string => String(value).padStart(digits, "0");
	const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
	const local = (at: number): Date => new Date(at + data.zone * 60_000);
	const day = (at: number): string => {
		const date = local(at);
		return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
	};
	const clock = (at: number, step: number): string => {
		const date = local(at);
		const minutes = `${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())}`;
		if (step >= 60_000) return minutes;
		const seconds = `${minutes}:${pad(date.getUTCSeconds())}`;
		return step >= 1000 ? seconds : `${seconds}.${pad(date.getUTCMilliseconds(), 3)}`;
	};

	const text = (content: string, at: number, y: number, css: string, anchor = "start"): void => {
		texts.push({ tag: "text", attributes: { x: at, y, class: css, "text-anchor": anchor }, text: content });
	};

	const line = (x1: number, y1: number, x2: number, y2: number, css: string): Shape => ({
		tag: "line",
		attributes: { x1, y1, x2, y2, class: css },
	});
	const disc = (cx: number, cy: number, r: number, css: string): Shape => ({
		tag: "circle",
		attributes: { cx, cy, r, class: css },
	});
	const path = (d: string, css: string): Shape => ({ tag: "path", attributes: { d, class: css } });
	const bar = (left: number, y: number, width: number, height: number, css: string): Shape => ({
		tag: "rect",
		attributes: { x: left, y, width, height, rx: 2, class: css },
	});

	/** Time axis. */
	const drawAxis = (): void => {
		const hour = 3_600_000;
		const milliseconds = "1 2 5 10 20 50 100 200 500 1000 2000 5000 10000 15000 30000".split(" ").map(Number);
		const minutes = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720].map((count) => count * 60_000);
		const steps = [...milliseconds, ...minutes];
		for (let days = 1; days < 4000; days *= 2) steps.push(days * 24 * hour);
		const step =
			steps.find((candidate) => candidate * scale >= (candidate < 1000 ? 130 : 96)) ??
			(steps.at(-1) as number);
		const offset = data.zone * 60_000;
		let lastDay = "";
		for (let at = Math.ceil((view.from + offset) / step) * step - offset; at <= view.to; at += step) {
			shapes.push(line(x(at), top - 6, x(at), bottom, "tick"));
			const near = x(at) > view.width - 44 ? "end" : x(at) < 44 ? "start" : "middle";
			const left = near === "start" ? edge : near === "end" ? view.width - edge : x(at);
			if (step < 24 * hour) text(clock(at, step), left, top - 12, "axis", near);
			const today = day(at);
			if (today !== lastDay) text(today, left, top - 26, "axis day", near);
			lastDay = today;
		}
		if (lastDay === "") text(`${day(view.from)} ${clock(view.from, 1)}`, edge, top - 26, "axis day");
	};

	/** The bars: what each node was. What is too short to be seen is drawn a little wider. */
	const drawBars = (): void => {
		const thinner: Readonly<Record<string, number>> = { online: 3, log: 4.5, sentinel: 4.5 };
		for (const [lane, { name, about, segments, turns }] of data.lanes.entries()) {
			const y = laneTop(lane);
			if (lane > 0) shapes.push(line(0, y - 3, view.width, y - 3, "rule"));
			text(name, edge, y + 13, "lane");
			const room = Math.floor((view.width - 2 * edge) / 7) - name.length * 1.25 - 2;
			if (about !== "" && room > 8) {
				const shown = about.length > room ? `${about.slice(0, Math.max(1, Math.floor(room) - 1))}…` : about;
				text(shown, edge + name.length * 8.4 + 10, y + 13, "lane-about");
			}
			shapes.push(line(edge, barMiddle(lane), view.width - edge, barMiddle(lane), "empty"));
			const short = new Map<number, number>();
			for (const [from, to, state] of segments) {
				if (to < view.from || from > view.to) continue;
				const left = x(Math.max(from, view.from));
				const right = x(Math.min(to, view.to));
				if (right - left < 2) {
					const pixel = Math.floor(left / 2);
					short.set(pixel, Math.max(short.get(pixel) ?? 0, state));
				} else {
					const name = data.states[state] ?? "";
					const thin = thinner[name] ?? 0;
					const width = Math.round((right - left) * 10) / 10;
					shapes.push(bar(left, y + barTop + thin, width, barHeight - 2 * thin, `bar ${name}`));
				}
			}
			for (const [pixel, state] of short) {
				shapes.push(bar(pixel * 2, y + barTop, 2.5, barHeight, `bar ${data.states[state]}`));
			}
			for (const [at, what] of turns) {
				if (!inView(at)) continue;
				const css = `turn ${["start", "stop", "crash"][what]}`;
				shapes.push(line(x(at), y + barTop - 4, x(at), y + barTop + barHeight + 4, css));
			}
		}
	};

	const flags: Shape[] = [];
	const item = (one: Item, css: string, children: readonly Shape[], y: number): void => {
		items.push(one);
		const layer = one.kind === "finding" ? flags : shapes;
		const parts = [disc(one.x, y, 12, "target"), ...children];
		layer.push({ tag: "g", attributes: { class: `item ${css}` }, children: parts, item: items.length - 1 });
	};

	/** A mark whose shape tells the verdict: diamond full, disc partial, cross failed, ring open. */
	const mark = (verdict: string, at: number, y: number): Shape[] => {
		if (verdict === "full")
			return [path(`M${at} ${y - 7}L${at + 7} ${y}L${at} ${y + 7}L${at - 7} ${y}Z`, "mark")];
		if (verdict !== "failed") return [disc(at, y, 5.5, verdict === "open" ? "mark ring" : "mark")];
		const cross = `M${at - 5} ${y - 5}L${at + 5} ${y + 5}M${at + 5} ${y - 5}L${at - 5} ${y + 5}`;
		return [path(cross, "ground"), path(cross, "mark cross")];
	};

	/** A try that failed: a small cross. */
	const attempt = (at: number, y: number): Shape[] => {
		const cross = `M${at - 3} ${y - 3}L${at + 3} ${y + 3}M${at + 3} ${y - 3}L${at - 3} ${y + 3}`;
		return [path(cross, "ground small"), path(cross, "try")];
	};

	/** Resyncs: arrows from primary to replica. Those that would lie on each other are one, counted. */
	const drawResyncs = (): void => {
		const bins = new Map<string, number[]>();
		for (const [index, { primary, replica, verdict, at, expected }] of data.resyncs.entries()) {
			const [lost, asked, decided, online] = at;
			const when = decided ?? asked ?? lost ?? online ?? null;
			if (!inView(when) && !inView(online ?? null)) continue;
			const key = `${primary} ${replica} ${verdict} ${expected} ${Math.floor(x(when ?? (online as number)) / 10)}`;
			const bin = bins.get(key);
			if (bin === undefined) bins.set(key, [index]);
			else bin.push(index);
		}
		const labelled: number[] = [];
		for (const bin of bins.values()) {
			const first = data.resyncs[bin[0] as number];
			if (first === undefined) continue;
			const { primary, replica, verdict, at, expected, sent, failed } = first;
			const [lost, asked, decided, online] = at;
			const begin = sent ?? decided ?? asked ?? lost ?? online ?? view.from;
			const end = Math.min(Math.max(online ?? begin, begin), view.to);
			const lane = replica >= 0 ? replica : primary;
			if (lane < 0) continue;
			const y = barMiddle(lane);
			const tip = x(end);
			const children: Shape[] = [];
			if (primary !== replica || primary < 0) {
				const down = primary < 0 || primary < lane;
				const y0 =
					primary < 0 ? laneTop(lane) + 2 : barMiddle(primary) + (down ? barHeight / 2 : -barHeight / 2);
				const y1 = y + (down ? -9 : 9);
				const head = down ? -5 : 5;
				const shaft = `M${x(Math.max(begin, view.from))} ${y0}L${tip} ${y1}`;
				const point = `M${tip - 4} ${y1 + head}L${tip} ${y1}L${tip + 4} ${y1 + head}`;
				children.push(path(shaft, "reach"), path(shaft + point, "arrow"));
			}
			for (const tried of failed) if (inView(tried)) children.push(...attempt(x(tried), y));
			children.push(...mark(verdict, tip, y));
			const numbers =
				bin.length === 1 ? `#${first.id}` : `#${first.id}–#${data.resyncs[bin.at(-1) as number]?.id}`;
			const code = data.texts[first.code] ?? "";
			const before = labelled[lane] ?? Number.NEGATIVE_INFINITY;
			const short = bin.length === 1 ? `${numbers} ${verdict}` : `${bin.length}× ${verdict}`;
			const width = short.length * 6.2;
			const start = Math.max(edge, Math.min(tip - width / 2, view.width - edge - width));
			if (start > before) {
				labelled[lane] = start + width + 6;
				text(short, Math.round(start), laneTop(lane) + 55, "note");
			}
			const link = data.texts[first.link] ?? "";
			const label =
				bin.length === 1
					? `Resync ${numbers}: ${verdict}, ${code}, ${link}`
					: `${bin.length} resyncs ${numbers}: ${verdict}, ${link}`;
			const ids = bin.map((index) => data.resyncs[index]?.id ?? 0);
			item(
				{ kind: "resync", ids, x: tip, lane, label },
				`resync ${verdict}${expected ? " expected" : ""}`,
				children,
				y,
			);
		}
	};

	/** Lines of logs that answers rest on: dots. */
	const drawLines = (): void => {
		const bins = new Map<string, number[]>();
		for (const [index, [, , lane, at]] of data.evidence.entries()) {
			if (lane < 0 || !inView(at)) continue;
			const key = `${lane} ${Math.floor(x(at) / 9)}`;
			const bin = bins.get(key);
			if (bin === undefined) bins.set(key, [index]);
			else bin.push(index);
		}
		for (const bin of bins.values()) {
			const [, , lane, at, said] = data.evidence[bin[0] as number] ?? [0, 0, 0, 0, 0];
			const many = bin.length > 1;
			const y = laneTop(lane) + 64;
			const content = data.texts[said] ?? "";
			const label = many
				? `${bin.length} log lines of ${data.lanes[lane]?.name}`
				: `Log line of ${data.lanes[lane]?.name}: ${content.slice(0, 120)}`;
			const dot = disc(x(at ?? 0), y, many ? 3.6 : 2.6, "dot");
			item({ kind: "line", ids: bin, x: x(at ?? 0), lane, label }, "line", [dot], y);
		}
	};

	/** Findings: flags above the bar. */
	const drawFindings = (): void => {
		for (const [index, { lane, time, severity, code }] of data.findings.entries()) {
			if (!inView(time)) continue;
			const y = lane < 0 ? top - 8 : laneTop(lane) + barTop - 8;
			const at = x(time);
			const flag = path(`M${at} ${y + 6}L${at - 6} ${y - 6}L${at + 6} ${y - 6}Z`, "flag");
			const sign: Shape = {
				tag: "text",
				attributes: { x: at, y: y + 1.5, class: "sign", "text-anchor": "middle" },
				text: severity === "info" ? "i" : "!",
			};
			const label = `Finding, ${severity}: ${data.texts[code]}`;
			const one: Item = { kind: "finding", ids: [index], x: at, lane: Math.max(lane, 0), label };
			item(one, `finding ${severity}`, [flag, sign], y);
		}
	};

	/** Figures of INFO over time: one plot a unit, each with its own scale. */
	const drawSeries = ({ unit, keys: own, height: tall }: (typeof plots)[number], above: number): void => {
		const y0 = above + tall - plotHeight + 26;
		const y1 = above + tall - 10;
		shapes.push(line(0, above, view.width, above, "rule"));
		text(unit === "bytes" ? "INFO: offsets and backlog" : "INFO: lag in seconds", edge, above + 15, "lane");
		let low = unit === "bytes" ? Number.POSITIVE_INFINITY : 0;
		let high = Number.NEGATIVE_INFINITY;
		for (const { points } of own) {
			for (const [, value] of points) {
				low = Math.min(low, value);
				high = Math.max(high, value);
			}
		}
		const y = (value: number): number =>
			Math.round((y1 - ((value - low) / Math.max(1, high - low)) * (y1 - y0)) * 10) / 10;
		for (const { name, points, index, title, at: left, row } of own) {
			const css = `series series-${index % 6}${name === "offset" || name === "lag" ? "" : " window"}`;
			const near = points.filter(
				([at], i) => inView(at) || inView(points[i + 1]?.[0] ?? null) || inView(points[i - 1]?.[0] ?? null),
			);
			if (near.length > 1)
				shapes.push(path(`M${near.map(([at, value]) => `${x(at)} ${y(value)}`).join("L")}`, css));
			const shown = near.filter(([at]) => inView(at));
			for (const [at, value] of shown) shapes.push(disc(x(at), y(value), 2.5, css));
			const last = shown.at(-1);
			const beneath = above + 31 + 15 * row;
			shapes.push(path(`M${left} ${beneath - 3.5}h18`, css));
			text(`${title}${last === undefined ? "" : ` ${last[1].toLocaleString("en-US")}`}`, left + 23, beneath, "note");
		}
	};

	drawAxis();
	drawBars();
	drawLines();
	drawResyncs();
	drawFindings();
	let above = top + data.lanes.length * laneHeight;
	for (const plot of plots) {
		drawSeries(plot, above);
		above += plot.height;
	}
	return { width: view.width, height, shapes: [...shapes, ...texts, ...flags], items };
}
