import { isNotKnown, plainWords } from "./plain-words.ts";
import type { Coded, Vocabulary } from "./vocabulary.ts";

const yes = ["y", "yes", "true", "t", "1", "01"];
const no = ["n", "no", "false", "f", "0", "2", "02"];

/** Reads "Yes" and "No" however a system writes them, and the given words for each. */
function yesNo(yesWords: RegExp, noWords: RegExp): Vocabulary {
  const read = (text: string): Coded => {
    const plain = plainWords(text);
    if (isNotKnown(text) && plain !== "none") return { group: null };
    if (["x", "z", "9", "99", "u"].includes(plain)) return { group: null };
    if (yes.includes(plain)) return { group: "Yes" };
    if (no.includes(plain)) return { group: "No" };
    if (noWords.test(plain)) return { group: "No" };
    if (yesWords.test(plain) || plain.startsWith("yes ")) return { group: "Yes" };
    return undefined;
  };
  return {
    read,
    words: [...yes, ...no, "unknown", "not known", "not stated", "x", "z", "9"],
    open: false,
  };
}

/** Whether a person is disabled. */
export const disability = yesNo(
  /^(disabled|has (a )?disability|disability|registered disabled|limited (a lot|a little)|day to day activities limited.*|disabled under the equality act.*)$/,
  /^(no\b.*|not disabled.*|non disabled|none|without (a )?disability|not limited)$/,
);

/** Whether a person cares for another without pay. */
export const carer = yesNo(
  /^(carer|unpaid carer|is (a |an unpaid )?carer|young carer|provides (unpaid )?care|has caring responsibilities)$/,
  /^(no\b.*|not (a |an unpaid )?carer|non carer|none|does not provide care)$/,
);
