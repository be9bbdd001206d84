// Splits text into words and reduces them to stems, with the same rules as
// plugins/portraits/series/search/words.py, for queries and for highlighting.

export const KEPT_LETTERS = 4;

const ENDINGS = ["ere", "ee", "er", "e"];
const LETTERS = /^\p{L}+$/u;

export function folded(text) {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\u0300-\u036f]+/g, "")
    .replaceAll("œ", "oe")
    .replaceAll("æ", "ae");
}

export function words(text) {
  return folded(text).match(/[\p{L}\p{N}_]+/gu) ?? [];
}

// Returns the words of a text with their start and end positions.
export function placedWords(text) {
  return [...text.matchAll(/[\p{L}\p{N}\p{M}_]+/gu)].map((found) => ({
    start: found.index,
    end: found.index + found[0].length,
    word: folded(found[0]),
  }));
}

export function stem(word) {
  if (word.length <= KEPT_LETTERS || !LETTERS.test(word)) return word;
  let term = word;
  if (term.endsWith("eaux")) term = term.slice(0, -1);
  else if (term.endsWith("aux") && term.length > KEPT_LETTERS + 1) term = `${term.slice(0, -3)}al`;
  else if (term.endsWith("s") || term.endsWith("x")) term = term.slice(0, -1);
  for (const ending of ENDINGS) {
    if (term.endsWith(ending) && term.length - ending.length >= KEPT_LETTERS) {
      term = term.slice(0, -ending.length);
      break;
    }
  }
  return term.length > KEPT_LETTERS && term.at(-1) === term.at(-2) ? term.slice(0, -1) : term;
}
