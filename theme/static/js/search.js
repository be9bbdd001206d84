// The search page: looks up the query and filters (from the form or the address) in the index, and
// lists the portraits found with their passages. Nothing is sent to a server.

import { OutOfDate, SearchIndex } from "./search-index.js";
import { KEPT_LETTERS, placedWords } from "./search-words.js";

const SHOWN = 10; // portraits per batch
const PASSAGES = 3; // per portrait
const EXCERPT = 220; // characters
const WAIT = 200; // milliseconds after the last keystroke
const FILTERS = ["etiquette", "annee", "langue"];

const form = document.querySelector(".search");
const field = form.elements.q;
const filters = form.querySelector(".search__filters");
const status = document.getElementById("etat");
const list = document.getElementById("resultats");
const more = document.getElementById("suite");
const suggestions = document.querySelector(".search__suggestions");
const folder = form.dataset.index;
const root = form.dataset.root;
const lang = form.dataset.lang;
const plural = new Intl.PluralRules(lang);
const count = new Intl.NumberFormat(lang);
const day = new Intl.DateTimeFormat(lang, { dateStyle: "long", timeZone: "UTC" });

let index = null;
let turn = 0; // number of the latest search; results of earlier ones are discarded
let waiting = 0;
let shown = []; // results of the search whose portraits are listed
const texts = new Map(); // address -> promise of a portrait's JSON

function opened() {
  index ??= SearchIndex.open(folder);
  return index;
}

function chosen() {
  return Object.fromEntries(FILTERS.map((name) => [name, form.elements[name].value]));
}

function accepts({ etiquette, annee, langue }) {
  return (portrait) =>
    (!etiquette || portrait.tags.includes(etiquette)) &&
    (!annee || portrait.year === annee) &&
    (!langue || portrait.lang === langue);
}

async function search({ final = false } = {}) {
  clearTimeout(waiting);
  const mine = ++turn;
  const query = field.value.trim();
  remember(query);
  if (!query) {
    show([], []);
    say("", "");
    return;
  }
  if (final) say("loading", query);
  try {
    const { wanted, results, meant } = await renewed(() => look(field.value));
    if (mine !== turn) return;
    const last = query.split(/\s/).at(-1);
    const going = !final && last.length < KEPT_LETTERS;
    const message = results.length ? "found" : going ? "" : "none";
    show(results, wanted);
    say(message, query, results.length);
    if (message === "none" && meant) propose(meant);
  } catch (error) {
    if (mine !== turn) return;
    index = null; // retry with the next search
    show([], []);
    unavailable(error);
  }
}

function unavailable(error) {
  console.error(error);
  say("failed", "");
  suggestions.hidden = false;
}

// Runs `read` again, once, if the index was replaced meanwhile.
async function renewed(read) {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof OutOfDate)) throw error;
    index = null;
    texts.clear();
    return read();
  }
}

async function look(query) {
  const current = await opened();
  const wanted = current.wanted(query);
  const accepted = accepts(chosen());
  const { results, missing } = await current.find(wanted, accepted);
  const meant = missing.length ? await corrected(current, query, wanted, missing, accepted) : "";
  return { wanted, results, meant };
}

// Returns the query with the nearest words of the index in the place of those that no portrait
// contains, as the best result spells them; empty if that finds nothing either.
async function corrected(current, query, wanted, missing, accepted) {
  const near = await Promise.all(missing.map((one) => current.nearest(one)));
  if (near.includes(null)) return "";
  const others = wanted.filter((one) => !missing.includes(one));
  const { results } = await current.find([...others, ...near], accepted);
  if (!results.length) return "";
  const { portrait } = results[0];
  const portraitText = await textOf(portrait);
  const passages = passagesOf(portraitText, portrait.sections);
  const said = [portraitText.role, portraitText.organization, ...portraitText.tags]
    .concat(passages.flatMap(({ wording, text }) => [wording, text]))
    .join(" ");
  let meant = query;
  for (const { start, end, word } of placedWords(query).reverse()) {
    const one = near.find((found) => found.word === word);
    if (!one) continue;
    const spellings = placedWords(said)
      .filter((placed) => one.shows(placed.word))
      .map((placed) => said.slice(placed.start, placed.end));
    const spelling = spellings.find((text) => text === text.toLowerCase()) ?? spellings[0];
    if (!spelling) return "";
    meant = meant.slice(0, start) + spelling + meant.slice(end);
  }
  return meant;
}

// Writes the search into the address, so that it can be bookmarked and shared.
function remember(query) {
  history.replaceState(null, "", addressOf(query));
}

function addressOf(query) {
  const address = new URL(location.href);
  address.search = "";
  if (query) address.searchParams.set("q", query);
  for (const [name, value] of Object.entries(chosen())) {
    if (value) address.searchParams.set(name, value);
  }
  return address;
}

function say(message, query, results = 0) {
  const forms = message === "found" ? [plural.select(results), "other"] : [];
  const found = forms.map((form) => status.getAttribute(`data-found-${form}`)).find(Boolean);
  const words = found ?? status.dataset[message] ?? "";
  status.textContent = words.replace("{count}", count.format(results)).replace("{query}", query);
}

// Adds a link that searches for what was probably meant.
function propose(meant) {
  const [before, after] = status.dataset.near.split("{query}");
  const search = element("a");
  search.href = addressOf(meant);
  search.textContent = meant;
  status.append(" ", before, search, after);
}

function show(results, wanted) {
  shown = results;
  list.replaceChildren();
  suggestions.hidden = results.length > 0;
  const proceed = async () => {
    list.ariaBusy = "true";
    const from = list.childElementCount;
    const items = results.slice(from, from + SHOWN).map(shell);
    try {
      await Promise.all(items.map(({ item, result }) => fill(item, result, wanted)));
    } catch (error) {
      unavailable(error);
    }
    if (results !== shown) return null; // another search came between
    // Only what is filled goes into the page: results that grow would move those below.
    const filled = items.map(({ item }) => item).filter((item) => item.hasChildNodes());
    list.append(...filled);
    more.hidden = from + items.length >= results.length;
    list.ariaBusy = "false";
    return filled[0];
  };
  more.onclick = async () => (await proceed())?.querySelector("a")?.focus();
  proceed();
}

function shell(result) {
  const item = element("li", "search__result");
  if (result.portrait.lang !== lang) item.lang = result.portrait.lang;
  return { item, result };
}

async function fill(item, { portrait, passages }, wanted) {
  const marked = (word) => wanted.some((one) => one.shows(word));
  const portraitText = await textOf(portrait);
  const page = root + portrait.page;
  const heading = element("h2", "search__name");
  heading.append(link(page, portraitText.name, marked));
  item.append(heading);
  const person = element("p", "search__person");
  const facts = [portraitText.role, portraitText.organization].filter(Boolean).join(", ");
  if (facts) person.append(...highlighted(facts, marked), " · ");
  const date = element("time");
  date.dateTime = portraitText.date;
  date.textContent = day.format(new Date(portraitText.date)).replace(/^1 (?=\p{L})/u, "1er ");
  person.append(date);
  item.append(person);
  const all = passagesOf(portraitText, portrait.sections);
  const introduction = all[0].text;
  const inside = passages.filter((number) => number > 0 && all[number]).slice(0, PASSAGES);
  if (introduction && (!inside.length || (passages[0] === 0 && holds(introduction, marked)))) {
    item.append(excerpt(introduction, marked));
  }
  if (!inside.length) return;
  const answers = element("ol", "search__passages");
  answers.setAttribute("role", "list");
  for (const number of inside) {
    const { id, wording, text } = all[number];
    const answer = element("li");
    const question = element("h3", "search__question");
    question.append(link(`${page}#${encodeURIComponent(id)}`, wording, marked));
    answer.append(question);
    if (text) answer.append(excerpt(text, marked));
    answers.append(answer);
  }
  item.append(answers);
}

function textOf(portrait) {
  if (!texts.has(portrait.json)) {
    texts.set(
      portrait.json,
      fetch(root + portrait.json).then((response) => {
        if (response.ok) return response.json();
        texts.delete(portrait.json);
        throw new Error(`${response.status} ${response.url}`);
      }),
    );
  }
  return texts.get(portrait.json);
}

// Returns the passages of a portrait, numbered as in plugins/portraits/series/search/passages.py.
function passagesOf(portrait, sections) {
  const passages = [{ id: "", wording: portrait.name, text: portrait.introduction.text }];
  const add = (asked) =>
    passages.push({ id: asked.id, wording: asked.question, text: asked.answer.text });
  for (const asked of portrait.questions) {
    add(asked);
    asked.follow_ups.forEach(add);
  }
  const lists = [
    portrait.recommendations.map(({ account, reason }) => `${account.label} ${reason.text}`.trim()),
    portrait.readings.map(({ title, note }) => `${title} ${note.text}`.trim()),
  ].filter((entries) => entries.length);
  sections.forEach(([id, wording], position) => {
    passages.push({ id, wording, text: (lists[position] ?? []).join(" · ") });
  });
  return passages;
}

function holds(text, marked) {
  return placedWords(text).some(({ word }) => marked(word));
}

// Returns the part of a text with most of the words searched for, cut between words.
function excerpt(text, marked) {
  const placed = placedWords(text);
  const hits = placed.filter(({ word }) => marked(word));
  let best = { start: 0, hits: 0 };
  hits.forEach(({ start }, position) => {
    const inside = hits.slice(position).filter((hit) => hit.end - start <= EXCERPT / 2).length;
    if (inside > best.hits) best = { start, hits: inside };
  });
  const from = best.start < EXCERPT / 2 ? 0 : best.start - EXCERPT / 4;
  const first = from ? (placed.find(({ start }) => start >= from)?.start ?? 0) : 0;
  const last = placed.findLast(({ end }) => end <= first + EXCERPT)?.end ?? text.length;
  const whole = text.length <= first + EXCERPT;
  const paragraph = element("p", "search__excerpt");
  if (first) paragraph.append("… ");
  paragraph.append(...highlighted(text.slice(first, whole ? text.length : last), marked));
  if (!whole) paragraph.append(" …");
  return paragraph;
}

function highlighted(text, marked) {
  const nodes = [];
  let done = 0;
  for (const { start, end, word } of placedWords(text)) {
    if (!marked(word)) continue;
    const mark = element("mark");
    mark.textContent = text.slice(start, end);
    nodes.push(text.slice(done, start), mark);
    done = end;
  }
  return [...nodes, text.slice(done)];
}

function link(address, text, marked) {
  const anchor = element("a");
  anchor.href = address;
  anchor.append(...highlighted(text, marked));
  return anchor;
}

function element(name, className = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  return made;
}

// Fills the filters from the index; hides a filter with fewer than two values.
async function offerFilters() {
  const { portraits, tags } = await opened();
  const names = new Intl.DisplayNames([lang], { type: "language" });
  const order = new Intl.Collator(lang).compare;
  const years = new Set(portraits.map(({ year }) => year));
  const languages = new Set(portraits.map((portrait) => portrait.lang));
  const offered = {
    etiquette: [...tags].sort((a, b) => order(a[1], b[1])),
    annee: [...years].sort().reverse().map((year) => [year, year]),
    langue: [...languages].sort().map((language) => [language, names.of(language)]),
  };
  for (const name of FILTERS) {
    const choice = form.elements[name];
    for (const [value, label] of offered[name]) choice.add(new Option(label, value));
    choice.value = new URLSearchParams(location.search).get(name) ?? "";
    if (choice.selectedIndex < 0) choice.value = "";
    choice.closest("label").hidden = offered[name].length < 2;
  }
}

// Moves the focus: up and down through the field and the result links, Escape back to the field.
function move(event) {
  const links = [...list.querySelectorAll("a")];
  const at = links.indexOf(document.activeElement);
  if (event.key === "Escape" && at >= 0) field.focus();
  else if (event.key === "ArrowDown" && (at >= 0 || document.activeElement === field)) {
    links[at + 1]?.focus();
  } else if (event.key === "ArrowUp" && at >= 0) (links[at - 1] ?? field).focus();
  else return;
  event.preventDefault();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  search({ final: true });
});
field.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(search, WAIT);
});
filters.addEventListener("change", () => search({ final: true }));
document.addEventListener("keydown", move);

field.value = new URLSearchParams(location.search).get("q") ?? "";
try {
  await renewed(offerFilters);
} catch (error) {
  index = null; // the next search reports the failure
  console.error(error);
}
if (field.value) search({ final: true });
