// Splits text into words and reduces them to stems, with the same rules as
// plugins/portraits/series/search/words.py, for queries and for highlighting.

export const KEPT_LETTERS = 4;

const ENDINGS = ["ere", "ee", "er", "e"];
const AIL = /^(?:b|cor|em|soupir|trav|vant|vitr)aux$/; // plurals of nouns in -ail
const LETTERS = /^\p{L}+$/u;

// The Latin letters that NFKD does not decompose, up to U+2C7F, after what they are written with.
const LATIN = new Map(
  `
  ƹɂʔʕʡʢʭᴤᴥ 2ƨ 5ƽ 6ƅ aɐɑɒʌᴀᶏᶐⱥ aeæᴁᴂ bƀƃɓʙᴃᵬᶀ cƈǀȼɕᴄↄ dðđƌȡɖɗᴅᴆᵭᶁᶑẟ dbȸ dzƻʣʥ dzhʤ
  eǝɇɘəɛɜᴇᴈᶒᶓᶔᶕⱸⱻ erɚɝ fƒɸᵮᶂ fngʩ gǥɠɡɢɣʛᵷᵹᶃ ghƣ hħɦɧʜⱨⱶ hwƕ iıɨɩɪɿʅᴉᵻᵼᶖ jȷɉɟʄʝᴊ kƙʞᴋᶄⱪ
  lłƚƛȴɫɬɭʟᴌᶅⱡ llỻ lsʪ lzʫ lzhɮ mɱᴍᵯᶆ nƞȵɲɳɴᴎᵰᶇ ngŋ oøɔɞɵᴏᴐᴑᴒᴓᴖᴗᶗⱷⱺ oeœɶʚᴔ ouȣᴕ pƥᴘᵱᵽᶈ pcʘ
  qĸǃɋʗʠ qcǂ qpȹ rɍɹɺɻɼɽɾʀʁᴙᴚᵲᵳᶉⱹ sȿʂᵴᶊẜẝ shƪʃʆᶋᶘ ssß tŧƫƭȶʇʈᴛᵵⱦ tcʨ thþᵺ tsƾʦ tshʧ
  uɤɷʉʊᴜᴝᴞᵾᵿᶙ ueᵫ vʋᴠᶌỽⱱⱴ wƿɯɰʍᴟᴡⱳ wwʬ xǁʖᶍ yƴȝɏɥʎʏʮʯỿ zƍƶȥɀʐʑᴢᵶᶎⱬ zhƺʒʓᴣᶚ
  `
    .trim()
    .split(/\s+/)
    .flatMap((group) => {
      const [, plain, letters] = group.match(/^(\w*)(.+)$/);
      return [...letters].map((letter) => [letter, plain]);
    }),
);

export function folded(text) {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\u02b0-\u02ff\u0300-\u036f]+/g, "")
    .replace(/[\u00df-\u2c7f]/g, (letter) => LATIN.get(letter) ?? letter);
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

function singular(word) {
  if (AIL.test(word)) return `${word.slice(0, -3)}ail`;
  if (word.endsWith("aux") && !word.endsWith("eaux")) {
    return word.length > KEPT_LETTERS ? `${word.slice(0, -3)}al` : word;
  }
  return /(?:eau|eu|ou)x$|(?<!s)s$/.test(word) ? word.slice(0, -1) : word;
}

export function stem(word) {
  if (word.length < KEPT_LETTERS || !LETTERS.test(word)) return word;
  let term = singular(word);
  for (const ending of ENDINGS) {
    if (term.endsWith(ending) && term.length - ending.length >= KEPT_LETTERS) {
      term = term.slice(0, -ending.length);
      break;
    }
  }
  if (term.length >= KEPT_LETTERS) term = term.replace(/y$/, "i");
  return term.length > KEPT_LETTERS && term.at(-1) === term.at(-2) ? term.slice(0, -1) : term;
}
