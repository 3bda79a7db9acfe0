import { MessageGrammar } from "../../grammars/message-grammar.ts";

let grammar: MessageGrammar | undefined;

/** The grammar of all messages, built when the first line needs it. */
export const messages = (): MessageGrammar => (grammar ??= new MessageGrammar());
