import { MessageGrammar } from "../../grammars/message-grammar.ts";
import { openings } from "../../grammars/openings.ts";
import { LineScanner } from "../../grammars/scanner.ts";
import { Memo } from "./memo.ts";

let grammar: MessageGrammar | undefined;
let remembered: Memo | undefined;
let found: { readonly scanner: LineScanner | undefined } | undefined;

/** The grammar of all messages, built when the first line needs it. */
export const messages = (): MessageGrammar => (grammar ??= new MessageGrammar());

/** What messages say that were read lately. */
export const memo = (): Memo => (remembered ??= new Memo(messages()));

/** The scanner of this thread, for one chunk at a time; undefined where the platform cannot run it. */
export const lineScanner = (): LineScanner | undefined =>
	(found ??= { scanner: LineScanner.of(openings()) }).scanner;

/** Whether any template may fit a message: most lines of a busy server end here, unread. */
export const mayMatter = (message: string): boolean => lineScanner()?.mayMatter(message) ?? true;
