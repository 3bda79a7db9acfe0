import type { chart as Chart, Drawing, Item, Shape } from "./chart.ts";
import type { PageData } from "./data.ts";
import type { PageDocument, PageElement, PageEvent, PageWindow } from "./dom.ts";
import type { teller as Teller } from "./panel.ts";

/**
 * The page's own script: zoom, keyboard, the panel of evidence, and the rest of a long list. Its text is
 * put into the page as it stands here, so that it uses nothing from outside itself. What comes from logs
 * only ever becomes a text node or the value of a label.
 */
export function page(
	document: PageDocument,
	window: PageWindow,
	chart: typeof Chart,
	teller: typeof Teller,
): void {
	const svgNamespace = "http://www.w3.org/2000/svg";
	const byId = (id: string): PageElement => document.getElementById(id) as PageElement;
	const data: PageData = JSON.parse(byId("data").textContent ?? "");
	const { clock, el, resyncOf, tell, entry } = teller(document, data);
	const svg = byId("chart");
	const box = byId("chart-box");
	const panel = byId("panel");
	const hint = byId("hint");
	const restingHint = hint.textContent ?? "";
	/** The shortest stretch of time that can be looked at, ms; and the width of a printed page. */
	const least = 20;
	const paper = 700;
	const margin = Math.max(1, (data.to - data.from) * 0.01);
	const whole = { from: data.from - margin, to: data.to + margin };
	let view = { ...whole };
	let drawing: Drawing = chart(data, { ...view, width: 1000 });
	/** The item that the keyboard is at, by what it stands for: numbers change with every drawing. */
	let current: { kind: Item["kind"]; id: number } | null = null;
	let pending = false;

	// The chart.

	const build = (shape: Shape): PageElement => {
		const element = document.createElementNS(svgNamespace, shape.tag);
		for (const [name, value] of Object.entries(shape.attributes)) element.setAttribute(name, String(value));
		if (shape.text !== undefined) element.append(shape.text);
		for (const child of shape.children ?? []) element.append(build(child));
		if (shape.item !== undefined) {
			element.setAttribute("data-item", String(shape.item));
			element.setAttribute("role", "button");
			element.setAttribute("tabindex", "-1");
			element.setAttribute("aria-label", drawing.items[shape.item]?.label ?? "");
		}
		return element;
	};

	const isCurrent = ({ kind, ids }: Item): boolean =>
		current !== null && kind === current.kind && ids.includes(current.id);

	const draw = (width = box.clientWidth): void => {
		pending = false;
		const focused = svg.contains(document.activeElement) && document.activeElement !== svg;
		drawing = chart(data, { ...view, width: Math.max(280, width) });
		const defs = svg.firstElementChild as PageElement;
		svg.replaceChildren(defs, ...drawing.shapes.map(build));
		svg.setAttribute("viewBox", `0 0 ${drawing.width} ${drawing.height}`);
		svg.setAttribute("width", String(drawing.width));
		svg.setAttribute("height", String(drawing.height));
		const at = drawing.items.findIndex(isCurrent);
		if (at >= 0) {
			const element = svg.querySelector(`[data-item="${at}"]`);
			element?.setAttribute("class", `${element.getAttribute("class")} current`);
			if (focused) element?.focus({ preventScroll: true });
		} else if (focused) svg.focus({ preventScroll: true });
		for (const name of ["out", "all"]) {
			const button = byId(`zoom-${name}`);
			if (view.from <= whole.from && view.to >= whole.to) button.setAttribute("aria-disabled", "true");
			else button.removeAttribute("aria-disabled");
		}
	};

	const redraw = (): void => {
		if (!pending) window.requestAnimationFrame(() => draw());
		pending = true;
	};

	const look = (from: number, to: number): void => {
		const full = whole.to - whole.from;
		const span = Math.min(full, Math.max(least, to - from));
		const middle = (from + to) / 2;
		const start = Math.min(Math.max(middle - span / 2, whole.from), whole.to - span);
		view = { from: start, to: start + span };
		redraw();
	};

	const zoom = (factor: number, at = (view.from + view.to) / 2): void =>
		look(at - (at - view.from) * factor, at + (view.to - at) * factor);
	const pan = (part: number): void => {
		const by = (view.to - view.from) * part;
		look(view.from + by, view.to + by);
	};

	const timeAt = (event: PageEvent): number => {
		const { left, width } = svg.getBoundingClientRect();
		return view.from + ((event.clientX - left) / Math.max(1, width)) * (view.to - view.from);
	};

	const itemOf = (target: PageElement): Item | undefined => {
		const number = target.closest("[data-item]")?.getAttribute("data-item");
		return number == null ? undefined : drawing.items[Number(number)];
	};

	const open = (item: Pick<Item, "kind" | "ids">): void => {
		current = { kind: item.kind, id: item.ids[0] as number };
		const parts = tell(item);
		const close = el("button", "close", "Close");
		close.setAttribute("type", "button");
		close.setAttribute("id", "panel-close");
		panel.replaceChildren(close, ...parts);
		panel.hidden = false;
		redraw();
	};

	const shut = (): void => {
		panel.hidden = true;
		panel.replaceChildren();
		svg.focus({ preventScroll: true });
	};

	/** Brings a resync into view, wide enough to be told from its neighbours, and opens it. */
	const show = (id: number): void => {
		const times = resyncOf(id).at.filter((at) => at !== null);
		if (times.length > 0) {
			const [from, to] = [Math.min(...times), Math.max(...times)];
			const room = Math.max(200, (to - from) * 0.75);
			look(from - room, to + room);
		}
		open({ kind: "resync", ids: [id] });
	};

	// Keyboard: one stop of Tab for the chart; arrows go from one thing to the next.

	const step = (event: PageEvent): void => {
		const order = drawing.items
			.map((one, number) => ({ one, number }))
			.sort((a, b) => a.one.x - b.one.x || a.one.lane - b.one.lane);
		if (order.length === 0) return;
		const at = order.findIndex(({ one }) => isCurrent(one));
		let next = order[at];
		if (event.key === "Home" || (at < 0 && event.key !== "End")) next = order[0];
		else if (event.key === "End") next = order.at(-1);
		else if (event.key === "ArrowRight") next = order[Math.min(at + 1, order.length - 1)];
		else if (event.key === "ArrowLeft") next = order[Math.max(at - 1, 0)];
		else {
			const here = order[at]?.one as Item;
			const sign = event.key === "ArrowDown" ? 1 : -1;
			const others = order.filter(({ one }) => (one.lane - here.lane) * sign > 0);
			const distance = ({ one }: { one: Item }): number =>
				Math.abs(one.lane - here.lane) * 1e5 + Math.abs(one.x - here.x);
			next = others.sort((a, b) => distance(a) - distance(b))[0] ?? next;
		}
		if (next === undefined) return;
		for (const element of svg.querySelectorAll(".current"))
			element.setAttribute("class", (element.getAttribute("class") ?? "").replace(" current", ""));
		current = { kind: next.one.kind, id: next.one.ids[0] as number };
		const element = svg.querySelector(`[data-item="${next.number}"]`);
		element?.setAttribute("class", `${element.getAttribute("class")} current`);
		element?.focus({ preventScroll: true });
		hint.textContent = next.one.label;
	};

	svg.addEventListener("keydown", (event) => {
		if (event.ctrlKey || event.metaKey || event.altKey) return;
		const { key, shiftKey } = event;
		if (/^(Arrow(Left|Right|Up|Down)|Home|End)$/.test(key) && !shiftKey) step(event);
		else if (key === "ArrowLeft" || key === "PageUp") pan(-0.4);
		else if (key === "ArrowRight" || key === "PageDown") pan(0.4);
		else if (key === "+" || key === "=") zoom(0.5);
		else if (key === "-" || key === "_") zoom(2);
		else if (key === "0") look(whole.from, whole.to);
		else if (key === "Enter" || key === " ") {
			const item = itemOf(event.target);
			if (item === undefined) return;
			open(item);
		} else if (key === "Escape" && !panel.hidden) shut();
		else return;
		event.preventDefault();
	});

	// Mouse and touch.

	let pressed: { x: number; view: typeof view; moved: boolean } | null = null;
	svg.addEventListener("pointerdown", (event) => {
		if (event.button === 0) pressed = { x: event.clientX, view: { ...view }, moved: false };
	});
	svg.addEventListener("pointermove", (event) => {
		const item = itemOf(event.target);
		hint.textContent = `${clock(timeAt(event))}${item === undefined ? "" : `  ${item.label}`}`;
		if (pressed === null) return;
		const by = event.clientX - pressed.x;
		if (!pressed.moved && Math.abs(by) < 5) return;
		if (!pressed.moved) svg.setPointerCapture(event.pointerId);
		pressed.moved = true;
		const time =
			(by / Math.max(1, svg.getBoundingClientRect().width)) * (pressed.view.to - pressed.view.from);
		look(pressed.view.from - time, pressed.view.to - time);
	});
	let dragged = false;
	const release = (): void => {
		dragged = pressed?.moved ?? false;
		pressed = null;
	};
	svg.addEventListener("pointerup", release);
	svg.addEventListener("pointercancel", release);
	svg.addEventListener("pointerleave", () => {
		hint.textContent = restingHint;
	});
	svg.addEventListener("click", (event) => {
		const item = itemOf(event.target);
		if (!dragged && item !== undefined) open(item);
		dragged = false;
	});
	svg.addEventListener("dblclick", (event) => zoom(0.4, timeAt(event)));
	svg.addEventListener(
		"wheel",
		(event) => {
			const zooming = event.ctrlKey || event.metaKey || svg.contains(document.activeElement);
			const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
			if (!zooming && !sideways) return;
			event.preventDefault();
			if (sideways) pan((event.deltaX || event.deltaY) / 1000);
			else zoom(1.0015 ** event.deltaY, timeAt(event));
		},
		{ passive: false },
	);

	// The list: what is not written out is built when it is asked for.

	const list = byId("resync-list");
	let built = 0;
	const more = (count: number): void => {
		for (const ids of data.more.slice(built, built + count)) list.append(entry(ids));
		built = Math.min(data.more.length, built + count);
		const button = document.getElementById("more");
		if (button === null) return;
		if (built >= data.more.length) button.remove();
		else button.textContent = `Show more: ${data.more.length - built} are left`;
	};

	/** Goes to the block of a resync, which may not be there yet or be told with others. */
	const follow = (): void => {
		const id = Number(/^#r(\d+)$/.exec(window.location.hash)?.[1] ?? Number.NaN);
		const block = data.blocks[id] ?? -1;
		if (block < 0) return;
		const missing =
			block - (data.blocks.reduce((most, one) => Math.max(most, one), -1) + 1 - data.more.length) + 1 - built;
		if (missing > 0) more(missing);
		const first = data.blocks.indexOf(block);
		(document.getElementById(`r${id}`) ?? document.getElementById(`r${first}`))?.scrollIntoView({
			block: "start",
		});
	};

	document.addEventListener("click", ({ target }) => {
		const opener = target.closest("[data-open]")?.getAttribute("data-open");
		const shower = target.closest("[data-show]")?.getAttribute("data-show");
		if (opener != null) open({ kind: "resync", ids: [Number(opener)] });
		if (shower != null) {
			show(Number(shower));
			box.scrollIntoView({ block: "nearest" });
			panel.focus({ preventScroll: true });
		}
		if (target.closest("#panel-close") !== null) shut();
		if (target.closest("#more") !== null) more(200);
	});
	panel.addEventListener("keydown", (event) => {
		if (event.key === "Escape") shut();
	});

	const buttons: Readonly<Record<string, () => void>> = {
		"zoom-in": () => zoom(0.5),
		"zoom-out": () => zoom(2),
		"zoom-all": () => look(whole.from, whole.to),
		"pan-back": () => pan(-0.4),
		"pan-on": () => pan(0.4),
	};
	for (const [id, act] of Object.entries(buttons)) byId(id).addEventListener("click", act);

	// Print shows all that is on the page.
	let shutBefore: PageElement[] = [];
	window.addEventListener("beforeprint", () => {
		shutBefore = [...document.querySelectorAll("details")].filter((details) => !details.open);
		for (const details of shutBefore) details.open = true;
		draw(paper);
	});
	window.addEventListener("afterprint", () => {
		for (const details of shutBefore) details.open = false;
		draw();
	});
	window.addEventListener("resize", redraw);
	window.addEventListener("hashchange", follow);
	for (const element of document.querySelectorAll("[data-live]")) element.hidden = false;
	draw();
	follow();
}
