/*
 * The little of a browser that the page's script uses. The types of the whole platform would be
 * everyone's: with them a forgotten import of `Event` or `Node` would compile anywhere in rlog.
 */

export interface PageNode {
	readonly tagName?: string;
}

export interface PageElement extends PageNode {
	textContent: string | null;
	hidden: boolean;
	open: boolean;
	className: string;
	readonly clientWidth: number;
	readonly firstElementChild: PageElement | null;
	append(...children: readonly (PageNode | string)[]): void;
	replaceChildren(...children: readonly (PageNode | string)[]): void;
	setAttribute(name: string, value: string): void;
	getAttribute(name: string): string | null;
	removeAttribute(name: string): void;
	closest(selector: string): PageElement | null;
	contains(other: PageNode | null): boolean;
	querySelectorAll(selector: string): Iterable<PageElement>;
	querySelector(selector: string): PageElement | null;
	getBoundingClientRect(): { readonly left: number; readonly width: number };
	scrollIntoView(options: { readonly block: "nearest" | "start" }): void;
	focus(options?: { readonly preventScroll: boolean }): void;
	remove(): void;
	setPointerCapture(pointer: number): void;
	addEventListener(
		type: string,
		listener: (event: PageEvent) => void,
		options?: { readonly passive: boolean },
	): void;
}

export interface PageEvent {
	readonly target: PageElement;
	readonly key: string;
	readonly shiftKey: boolean;
	readonly ctrlKey: boolean;
	readonly metaKey: boolean;
	readonly altKey: boolean;
	readonly button: number;
	readonly clientX: number;
	readonly deltaX: number;
	readonly deltaY: number;
	readonly pointerId: number;
	preventDefault(): void;
}

export interface PageDocument {
	readonly activeElement: PageElement | null;
	getElementById(id: string): PageElement | null;
	querySelectorAll(selector: string): Iterable<PageElement>;
	createElement(tag: string): PageElement;
	createElementNS(namespace: string, tag: string): PageElement;
	addEventListener(type: string, listener: (event: PageEvent) => void): void;
}

export interface PageWindow {
	readonly location: { readonly hash: string };
	addEventListener(type: string, listener: (event: PageEvent) => void): void;
	requestAnimationFrame(draw: () => void): number;
}
