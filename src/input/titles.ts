import { portIn } from "./paste/marks.ts";
import { noName, type SegmentName } from "./segment.ts";

/** What stands above the lines of a document: headings and prompts, as they come. */
export class Titles {
	#name = noName;
	/** What stood above the lines before the last heading. */
	#above = noName;

	get name(): SegmentName {
		return this.#name;
	}

	/** The same where `remark`, if that is the last heading, was but a remark on the lines around it. */
	without(remark: SegmentName | undefined): SegmentName {
		return remark === this.#name ? this.#above : this.#name;
	}

	/** A heading stands here. */
	heading(text: string, remark: SegmentName | undefined): SegmentName {
		this.#above = this.without(remark);
		this.#name = { ...noName, heading: text, port: portIn(text), apart: this.#name.apart };
		return this.#name;
	}

	/** A block begins or ends, or a prompt names what follows. */
	begin(name: SegmentName): void {
		this.#name = name;
	}
}
