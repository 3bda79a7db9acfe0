import { MessageGrammar } from "../../grammars/message-grammar.ts";
import { openings } from "../../grammars/openings.ts";
import { ByteSieve, type ByteTable, byteTable, TextSieve } from "../../grammars/sieve.ts";
import { Memo } from "./memo.ts";

let grammar: MessageGrammar | undefined;
let remembered: Memo | undefined;
let table: ByteTable | undefined;
let texts: TextSieve | undefined;

/** The grammar of all messages, built when the first line needs it. */
export const messages = (): MessageGrammar => (grammar ??= new MessageGrammar());

/** What messages say that were read lately. */
export const memo = (): Memo => (remembered ??= new Memo(messages()));

/** The sieve for the bytes of one input: it remembers where it has looked. */
export const byteSieve = (): ByteSieve => new ByteSieve(sieveTable());

/** What sieves are made of: it can be handed to another thread. */
export const sieveTable = (): ByteTable => (table ??= byteTable(openings()));

/** The sieve for strings. */
export const textSieve = (): TextSieve => (texts ??= new TextSieve(sieveTable()));
