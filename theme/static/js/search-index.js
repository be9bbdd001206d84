// Reads the search index written by the build. plugins/portraits/series/search/listing.py and
// postings.py define the format of its files.

import { KEPT_LETTERS, folded, stem, words } from "./search-words.js";

const PREFIX_WEIGHT = 0.6;
const HEADING_WEIGHT = 2;
const NAME_WEIGHT = 4;
const SPELLING_FILES = 32;
const IN_PORTRAIT = 0.5; // factor for the weight of words elsewhere in the portrait
const letters = new TextEncoder();
const text = new TextDecoder();

// Thrown when the index was replaced by a new one while this page was open.
export class OutOfDate extends Error {}

// One word of a query: `term` is its key in the index; `prefix` is set while the word may still
// be incomplete.
class Wanted {
  constructor(word, term, prefix = "") {
    this.word = word;
    this.term = term;
    this.prefix = prefix;
  }

  weight(term) {
    if (term === this.term) return 1;
    return this.prefix && term.startsWith(this.prefix) ? PREFIX_WEIGHT : 0;
  }

  shows(word) {
    return stem(word) === this.term || (this.prefix !== "" && word.startsWith(this.prefix));
  }
}

export class SearchIndex {
  static async open(folder) {
    const files = ["portraits.json", "mots.json"].map(async (name) => {
      const response = await fetch(folder + name, { cache: "no-cache" });
      if (!response.ok) throw new Error(`${response.status} ${response.url}`);
      return response.json();
    });
    const [listing, words] = await Promise.all(files);
    if (listing.edition !== words.edition) throw new OutOfDate();
    return new SearchIndex(folder, listing, words.buckets);
  }

  constructor(folder, listing, buckets) {
    this.folder = folder;
    this.buckets = buckets;
    this.loaded = new Map();
    this.stopWords = new Set(listing.stop_words);
    this.tags = new Map(listing.tags); // slug -> label
    this.portraits = [];
    this.first = [];
    for (const shard of listing.shards) {
      this.first.push(this.portraits.length);
      for (const [slug, language, day, tags, recommendations, readings] of shard) {
        const lang = listing.languages[language];
        const [page, json] = listing.addresses[lang].map((at) => at.replace("{slug}", slug));
        this.portraits.push({
          page,
          json,
          lang,
          day,
          year: String(new Date(day * 86400000).getUTCFullYear()),
          tags: tags.map((tag) => listing.tags[tag][0]),
          sections: [recommendations, readings]
            .filter((section) => section >= 0)
            .map((section) => listing.sections[section]),
        });
      }
    }
  }

  // Returns the words of a query to search for, without stop words.
  wanted(query) {
    const known = words(query).filter((word) => word.length > 1 && !this.stopWords.has(word));
    const going = /[\p{L}\p{N}\p{M}_]$/u.test(query);
    const ends = folded(query);
    return [...new Set(known)].map((word) => {
      const unfinished = going && ends.endsWith(word) && word.length >= KEPT_LETTERS;
      return new Wanted(word, stem(word), unfinished ? word : "");
    });
  }

  // Returns `results`, the portraits that contain every word, best first, each with its passages,
  // best first, and `missing`, the words that no portrait contains. A portrait's score is that of
  // its best passage, plus a share of each word's best elsewhere.
  async find(wanted, accepts) {
    const found = await Promise.all(wanted.map((one) => this.occurrences(one, accepts)));
    const missing = wanted.filter((_, position) => !found[position].size);
    if (missing.length || !wanted.length) return { results: [], missing };
    const rarity = found.map((places) => Math.log(1 + this.portraits.length / (places.size || 1)));
    const results = [];
    for (const number of found[0].keys()) {
      if (!found.every((places) => places.has(number))) continue;
      const passages = new Map();
      let everywhere = 0;
      found.forEach((places, position) => {
        let best = 0;
        for (const [passage, weight] of places.get(number)) {
          const worth = weight * rarity[position];
          passages.set(passage, (passages.get(passage) ?? 0) + worth);
          best = Math.max(best, worth);
        }
        everywhere += best;
      });
      const ranked = [...passages].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
      results.push({
        portrait: this.portraits[number],
        passages: ranked.map(([passage]) => passage),
        score: ranked[0][1] + IN_PORTRAIT * everywhere,
      });
    }
    results.sort(
      (a, b) =>
        b.score - a.score ||
        b.portrait.day - a.portrait.day ||
        (a.portrait.page < b.portrait.page ? -1 : 1),
    );
    return { results, missing };
  }

  // Returns the word of the index that is nearest to a word without results, or null: one slip of
  // the keyboard away, or two for a long word.
  async nearest(one) {
    const slips = one.term.length > 6 ? 2 : one.term.length < KEPT_LETTERS ? 0 : 1;
    const number = bucketOf(one.term[0], Math.min(this.buckets.length, SPELLING_FILES));
    const response = await this.get(`voisins/${number}.json`, { cache: "no-cache" });
    let nearest = null;
    let least = slips + 1;
    for (const term of await response.json()) {
      const far = distance(one.term, term);
      if (far < least) [nearest, least] = [term, far];
    }
    return nearest && new Wanted(one.word, nearest);
  }

  // Returns portrait number -> passage number -> weight of a word there.
  async occurrences(one, accepts) {
    const places = new Map();
    // A stem may begin otherwise than its word: « amis » is « ami », and begins « amiste ».
    const names = new Set([one.term, one.prefix || one.term].map((term) => this.nameOf(term)));
    const files = await Promise.all([...names].map((name) => this.bucket(name)));
    for (const { term, shard, local, passage, heading } of files.flatMap((bytes) => [
      ...occurrencesIn(bytes, (term) => one.weight(term) > 0),
    ])) {
      const number = this.first[shard] + local;
      if (!accepts(this.portraits[number])) continue;
      const boost = heading ? (passage ? HEADING_WEIGHT : NAME_WEIGHT) : 1;
      const passages = places.get(number) ?? new Map();
      places.set(number, passages);
      passages.set(passage, Math.max(passages.get(passage) ?? 0, one.weight(term) * boost));
    }
    return places;
  }

  nameOf(term) {
    return this.buckets[bucketOf(term, this.buckets.length)];
  }

  bucket(name) {
    if (!this.loaded.has(name)) this.loaded.set(name, this.load(name));
    return this.loaded.get(name);
  }

  async load(name) {
    return new Uint8Array(await (await this.get(name)).arrayBuffer());
  }

  async get(name, options) {
    const response = await fetch(this.folder + name, options);
    if (response.status === 404) throw new OutOfDate(name);
    if (!response.ok) throw new Error(`${response.status} ${response.url}`);
    return response;
  }
}

// Returns how many letters must be added, dropped, replaced or exchanged with the next one to make
// one word of another (optimal string alignment).
function distance(one, other) {
  let before = [];
  let above = [...Array(other.length + 1).keys()];
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const replaced = above[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1);
      row[j] = Math.min(replaced, above[j] + 1, row[j - 1] + 1);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        row[j] = Math.min(row[j], before[j - 2] + 1);
      }
    }
    [before, above] = [above, row];
  }
  return above[other.length];
}

// FNV-1a over the first letters of a term, as in plugins/portraits/series/search/postings.py.
function bucketOf(term, buckets) {
  let state = 0x811c9dc5;
  const beginning = [...term].slice(0, KEPT_LETTERS).join("");
  for (const byte of letters.encode(beginning)) state = Math.imul(state ^ byte, 0x01000193);
  return ((state ^ (state >>> 16)) & (buckets - 1)) >>> 0;
}

// Decodes a bucket (LEB128 numbers, see postings.py) and yields the occurrences of wanted terms.
function* occurrencesIn(bytes, isWanted) {
  let at = 0;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const shard = number();
    const length = number();
    const end = at + length;
    let term = new Uint8Array();
    while (at < end) {
      const shared = number();
      const rest = number();
      const spelt = new Uint8Array(shared + rest);
      spelt.set(term.subarray(0, shared));
      spelt.set(bytes.subarray(at, at + rest), shared);
      at += rest;
      term = spelt;
      const readable = text.decode(term);
      const wanted = isWanted(readable);
      let local = -1;
      for (let step = number(); step; step = number()) {
        local += step;
        for (let count = number(); count; count--) {
          const code = number();
          if (!wanted) continue;
          yield { term: readable, shard, local, passage: code >> 1, heading: (code & 1) === 1 };
        }
      }
    }
  }
}
