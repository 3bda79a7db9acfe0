/** Other scripts than that of the servers: those of people. */
const script = "[\\u0370-\\u{10ffff}]";
/** What sets a remark off from the message before it: an arrow, or a sign for comments with something behind it. */
export const remark = new RegExp(
	`(?:<-{2,}|<={2,}|\\u2190|\\s(?:#{1,9}|//)\\s|(?:#{1,9}|//|[(\\[\\uff08\\u3010])\\s{0,3}${script}).*$`,
	"u",
);
/** What may do so as well, where the message cannot be read: a dash, an arrow or a mark, a wide gap, another script. */
export const vagueRemark = new RegExp(`\\s+(?:#|/[/*]|--|<+|->|=>|;|!!|\\^\\^)|\\s{3,}(?=\\S)|\\s*(?:-{2,}|->|=>)?\\s*${script}`, "gu");
