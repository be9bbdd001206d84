// Read a portrait file into fields, and write edited fields back into its text.
//
// What nobody edited keeps its bytes: comments, order, quotes, folded lines. The text of the file
// travels with its fields (`source`); when they are saved, each key is compared with what the text
// says, and only the characters of values that differ are replaced. A key that cannot be edited in
// place (a list that was put in another order) is written anew, and nothing else.
//
// Values are read as portraits.reader.front_matter does: YAML without types, and the two forms that
// people write without quotation marks (`a: b : c`, `a: @b`).

import { isMap, isScalar, isSeq, parseDocument, visit } from "./yaml/index.js";

const OPENING = /^---[^\S\n]*\n/;
const CLOSING = /\n---[^\S\n]*(?=\n|$)/;
const REPAIRABLE =
  /^([ ]*(?:-[ ]+)?[^\s:#"'[\]{},&*!|>@`%-][^:#"'[\]{}]*?[ ]?:)[ ]+([^\s"'[\]{},&*!|>#-].*|-[^\s].*)$/;
const ITEM = /^([ ]*-)[ ]+([@`%].*)$/;
const BEFORE_VALUE = /^\s*(?:-\s+)*(?:[\w.-]+\s*:(?:\s+|$))?/;
const NO_BREAK = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;
const MOST_REPAIRS = 40;
const NULLS = new Set(["", "~", "null", "Null", "NULL"]);
const WIDTH = 100;

// -- the text of a file

const plain = (text) => String(text ?? "").replace(/[ \t\r\n]+/g, " ").trim();

// Return an error in the editor's language; `values` fill the braces of the message.
const fault = (forms, name, values = {}) =>
  new Error(forms.messages[name].replace(/\{(\w+)\}/g, (_, value) => values[value] ?? ""));

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function quotedValue(line) {
  const found = REPAIRABLE.exec(line) ?? ITEM.exec(line);
  if (!found) return null;
  const value = found[2].trim();
  if (!value.includes(": ") && !value.endsWith(":") && !"@`%".includes(value[0])) return null;
  return `${found[1]} '${value.replaceAll("'", "''")}'`;
}

const plainSpaces = (line) => {
  const before = BEFORE_VALUE.exec(line)[0];
  return before.replace(NO_BREAK, " ") + line.slice(before.length);
};

// Return the front matter as YAML, and the lines that were repaired to make it so.
function parsed(text, forms) {
  const typed = text.split("\n");
  const lines = typed.map(plainSpaces);
  for (let round = 0; ; round++) {
    const yaml = `${lines.join("\n")}\n`;
    const document = parseDocument(yaml, { schema: "failsafe", prettyErrors: true });
    const error = document.errors[0];
    if (!error) {
      const repaired = lines.flatMap((line, at) => (line === typed[at] ? [] : [[line, typed[at]]]));
      return { document, yaml, repaired };
    }
    const at = (error.linePos?.[0].line ?? 0) - 1;
    const line = quotedValue(lines[at] ?? "");
    if (line === null || round === MOST_REPAIRS) {
      throw fault(forms, "unreadable", { line: at + 2, reason: error.message });
    }
    lines[at] = line;
  }
}

function read(text, forms) {
  const opening = OPENING.exec(text);
  const start = opening?.[0].length;
  const closing = opening && CLOSING.exec(text.slice(start - 1));
  if (!closing) throw fault(forms, "not_closed");
  const end = start - 1 + closing.index;
  const rest = text.slice(end + closing[0].length);
  const { document, yaml, repaired } = parsed(text.slice(start, end), forms);
  visit(document, {
    Alias() {
      throw fault(forms, "alias");
    },
  });
  const root = document.contents;
  if (root !== null && !isMap(root)) throw fault(forms, "not_keys");
  return {
    before: text.slice(0, start),
    after: text.slice(end + 1, end + closing[0].length),
    rest,
    body: rest.replace(/^\n+/, "").trimEnd(),
    yaml,
    repaired,
    pairs: root?.items ?? [],
  };
}

// A scalar is a text, a sequence an array, a mapping a Map.
function valueOf(node) {
  if (node === null || node === undefined) return "";
  if (isScalar(node)) return node.source === "" && node.value === null ? "" : String(node.value ?? "");
  if (isSeq(node)) return node.items.map(valueOf);
  return new Map(node.items.map((pair) => [valueOf(pair.key), valueOf(pair.value)]));
}

const isNothing = (value) => typeof value === "string" && NULLS.has(value);

// -- values as fields show them

const unaccented = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function isoDate(text, months) {
  const said = unaccented(plain(text.replace(/\u00a0/g, " ")));
  const [, year, month, day] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(said) ?? [];
  const first = /^(?:\p{L}+ )?(\d{1,2})(?:er|st|nd|rd|th)? (\p{L}+) (\d{4})$/u.exec(said);
  const second = /^(?:\p{L}+,? )?(\p{L}+) (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/u.exec(said);
  const numbers =
    (year && [year, month, day]) ||
    (first && [first[3], months[first[2]], first[1]]) ||
    (second && [second[3], months[second[1]], second[2]]);
  if (!numbers || !numbers[1]) return plain(text);
  return numbers.map((number, at) => String(number).padStart(at ? 2 : 4, "0")).join("-");
}

const mapping = (value, key, forms) => {
  if (value instanceof Map) return value;
  throw fault(forms, "expects_keys", { key });
};

const textOf = (value, key, forms) => {
  if (typeof value === "string") return plain(value);
  throw fault(forms, "expects_text", { key });
};

function accountsOf(value, key, forms) {
  const groups = Array.isArray(value) ? value : [value];
  return groups.flatMap((group) =>
    [...mapping(group, key, forms)].map(([network, account]) => ({
      network: forms.networks[network.toLowerCase()] ?? network.toLowerCase(),
      account: textOf(account, key, forms),
    })),
  );
}

// A day is edited without its hour, which stays in the file as long as the day does.
const withoutHour = (text) => text.replace(/[\sT]+(?:à\s*)?\d{1,2}\s*(?::|h)\s*\d{0,2}\s*$/u, "");

const SHOWN = {
  text: textOf,
  date: (value, key, forms) => isoDate(withoutHour(textOf(value, key, forms)), forms.months),
  texts: (value, key, forms) =>
    (Array.isArray(value) ? value : textOf(value, key, forms).split(","))
      .map((one) => textOf(one, key, forms))
      .filter(Boolean),
  numbers: (value, key, forms) =>
    Array.isArray(value) ? value.map((one) => textOf(one, key, forms)).join(", ") : textOf(value, key, forms),
  photo: (value, key, forms) => fieldsOf(mapping(value, key, forms), forms.photo, forms),
  accounts: accountsOf,
  managed: (value, key, forms) =>
    (Array.isArray(value) ? value : [value]).map((entry) => {
      const accounts = new Map(mapping(entry, key, forms));
      const label = accounts.get("label");
      accounts.delete("label");
      return { label: label ? textOf(label, key, forms) : "", accounts: accountsOf(accounts, key, forms) };
    }),
  copies: (value, key, forms) =>
    [...mapping(value, key, forms)].map(([address, copy]) => ({ address, copy: textOf(copy, key, forms) })),
};

const fieldsOf = (values, shapes, forms) =>
  Object.fromEntries(
    Object.entries(shapes)
      .filter(([key]) => values.has(key) && !isNothing(values.get(key)))
      .map(([key, shape]) => [key, SHOWN[shape](values.get(key), key, forms)]),
  );

// -- what was typed in fields, in the same form; undefined if it is empty

const texts = (value) => (value ?? []).map(plain).filter(Boolean);

const accounts = (value) =>
  (value ?? [])
    .map(({ network, account }) => ({ network: plain(network), account: plain(account) }))
    .filter(({ network, account }) => network && account);

const filled = (list) => (list.length ? list : undefined);

const TYPED = {
  text: (value) => plain(value) || undefined,
  date: (value) => plain(value) || undefined,
  texts: (value) => filled(texts(value)),
  numbers: (value) => plain(value) || undefined,
  photo: (value, { photo }) => {
    const given = Object.entries(photo).map(([key, shape]) => [key, TYPED[shape](value?.[key])]);
    const kept = given.filter(([, one]) => one !== undefined);
    return kept.length ? Object.fromEntries(kept) : undefined;
  },
  accounts: (value) => filled(accounts(value)),
  managed: (value) =>
    filled(
      (value ?? [])
        .map((one) => ({ label: plain(one.label), accounts: accounts(one.accounts) }))
        .filter((one) => one.accounts.length),
    ),
  copies: (value) =>
    filled(
      (value ?? [])
        .map(({ address, copy }) => ({ address: plain(address), copy: plain(copy) }))
        .filter(({ address, copy }) => address && copy),
    ),
};

// -- fields as values of YAML

// The name that the file uses for a network is kept where it stands for the same one.
function accountsToYaml(list, was, { networks }) {
  const named = new Map();
  for (const group of [was].flat()) {
    if (!(group instanceof Map)) continue;
    for (const name of group.keys()) named.set(networks[name.toLowerCase()] ?? name.toLowerCase(), name);
  }
  const pairs = list.map(({ network, account }) => [named.get(network) ?? network, account]);
  const distinct = new Set(pairs.map(([network]) => network)).size === pairs.length;
  if (distinct && !Array.isArray(was)) return new Map(pairs);
  return pairs.map((pair) => new Map([pair]));
}

const TO_YAML = {
  text: (value) => value,
  date: (value) => value,
  texts: (value) => value,
  numbers: (value) => value.split(/\s*,\s*/),
  photo: (value, was, forms) =>
    new Map(
      Object.entries(value).map(([key, one]) => [
        key,
        TO_YAML[forms.photo[key]](one, was instanceof Map ? was.get(key) : undefined, forms),
      ]),
    ),
  accounts: accountsToYaml,
  managed: (value, was, forms) =>
    value.map((one, at) => {
      const before = Array.isArray(was) ? was[at] : undefined;
      const made = accountsToYaml(one.accounts, before, forms);
      const entries = made instanceof Map ? [...made] : made.flatMap((group) => [...group]);
      return new Map([...entries, ...(one.label ? [["label", one.label]] : [])]);
    }),
  copies: (value) => new Map(value.map(({ address, copy }) => [address, copy])),
};

// -- YAML as text

const SAFE = /^[\p{L}\p{N}(«“’.…+][^\n]*$/u;

function scalar(text, inFlow) {
  const risky =
    !SAFE.test(text) ||
    /: |\s#|:$/.test(text) ||
    NULLS.has(text) ||
    /^(?:\.{3}|---)/.test(text) ||
    (inFlow && /[,[\]{}:#]/.test(text));
  return risky ? `'${text.replaceAll("'", "''")}'` : text;
}

const name = (key) => (/^[\w.-]+$/.test(key) ? key : `'${key.replaceAll("'", "''")}'`);

function flow(value) {
  if (typeof value === "string") return scalar(value, true);
  if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
  return `{${[...value].map(([key, one]) => `${name(key)}: ${flow(one)}`).join(", ")}}`;
}

function block(key, value, indent = "") {
  const start = `${indent}${name(key)}:`;
  if (typeof value === "string") return `${start} ${scalar(value, false)}\n`;
  if (value instanceof Map) {
    return `${start}\n${[...value].map(([inner, one]) => block(inner, one, `${indent}  `)).join("")}`;
  }
  if (value.every((one) => typeof one === "string")) return `${start} ${flow(value)}\n`;
  return `${start}\n${value.map((one) => `${indent}  - ${flow(one)}\n`).join("")}`;
}

// -- edits of a text

const lineStart = (text, at) => text.lastIndexOf("\n", at - 1) + 1;

const lineEnd = (text, at) => {
  if (at > 0 && text[at - 1] === "\n") return at;
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end + 1;
};

const endOf = (pair) => (pair.value?.range ?? pair.key.range)[1];

function folded(text, header, indent) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
    if (indent.length + longer.length > WIDTH && lines.at(-1)) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return `${header}\n${lines.map((line) => `${indent}${line}\n`).join("")}`;
}

// Change the text of a scalar; a folded block stays one.
function rescaled(yaml, node, text, inFlow) {
  const [start, end] = node.range;
  const written = yaml.slice(start, end);
  if (node.type !== "BLOCK_FOLDED" && node.type !== "BLOCK_LITERAL") {
    return { start, end, text: scalar(text, inFlow) };
  }
  const [header, first] = written.split("\n");
  const indent = /^ */.exec(first ?? "")[0];
  if (node.type === "BLOCK_FOLDED" && indent && !/\d/.test(header)) {
    return { start, end, text: folded(text, header, indent) };
  }
  return { start, end, text: `${scalar(text, false)}\n` };
}

// Add to `edits` what makes `node`, which says `was`, say `wanted`; return false if it cannot be
// done in place.
function patch(yaml, node, was, wanted, inFlow, edits) {
  if (same(plainTree(was), plainTree(wanted))) return true;
  if (isScalar(node) && typeof wanted === "string") {
    if (node.range[0] === node.range[1]) return false;
    edits.push(rescaled(yaml, node, wanted, inFlow));
    return true;
  }
  if ((isSeq(node) || isMap(node)) && node.flow) {
    const [start, end] = node.range;
    if (typeof wanted === "string") return false;
    const inner = [];
    if (sameKeys(was, wanted) && patchEach(yaml, node, was, wanted, true, inner)) edits.push(...inner);
    else edits.push({ start, end, text: flow(wanted) });
    return true;
  }
  if (isMap(node) && wanted instanceof Map) return patchMap(yaml, node, was, wanted, edits);
  if (isSeq(node) && Array.isArray(wanted)) return patchSeq(yaml, node, was, wanted, edits);
  return false;
}

const plainTree = (value) => {
  if (typeof value === "string") return plain(value);
  if (Array.isArray(value)) return value.map(plainTree);
  return { map: [...value].map(([key, one]) => [key, plainTree(one)]) };
};

const sameKeys = (was, wanted) =>
  (was instanceof Map && wanted instanceof Map && same([...was.keys()], [...wanted.keys()])) ||
  (Array.isArray(was) && Array.isArray(wanted) && was.length === wanted.length);

function patchEach(yaml, node, was, wanted, inFlow, edits) {
  const before = Array.isArray(was) ? was : [...was.values()];
  const after = Array.isArray(wanted) ? wanted : [...wanted.values()];
  return node.items.every((item, at) =>
    patch(yaml, isSeq(node) ? item : item.value, before[at], after[at], inFlow, edits),
  );
}

function patchMap(yaml, node, was, wanted, edits) {
  const keys = [...was.keys()];
  const order = [...wanted.keys()];
  const kept = keys.filter((key) => wanted.has(key));
  // Keys stay in their order; the first stays, because a dash may precede it.
  if (!kept.length || kept[0] !== keys[0] || order[0] !== keys[0]) return false;
  if (!same(order.filter((key) => was.has(key)), kept)) return false;
  for (const [at, pair] of node.items.entries()) {
    const key = keys[at];
    if (wanted.has(key)) {
      if (!patch(yaml, pair.value, was.get(key), wanted.get(key), false, edits)) return false;
    } else {
      const start = lineStart(yaml, pair.key.range[0]);
      edits.push({ start, end: lineEnd(yaml, endOf(pair)), text: "" });
    }
  }
  const first = node.items[0].key.range[0];
  const indent = " ".repeat(first - lineStart(yaml, first));
  let above = node.items[0];
  for (const key of order) {
    if (was.has(key)) {
      above = node.items[keys.indexOf(key)];
      continue;
    }
    const at = lineEnd(yaml, endOf(above));
    edits.push({ start: at, end: at, text: block(key, wanted.get(key), indent) });
  }
  return true;
}

function patchSeq(yaml, node, was, wanted, edits) {
  if (was.length === wanted.length) return patchEach(yaml, node, was, wanted, false, edits);
  const written = was.map((one) => JSON.stringify(plainTree(one)));
  const asked = wanted.map((one) => JSON.stringify(plainTree(one)));
  const places = node.items.map((item) => [
    lineStart(yaml, item.range[0]),
    lineEnd(yaml, item.range[1]),
  ]);
  if (same(asked.slice(0, written.length), written)) {
    const [, end] = places.at(-1);
    const dash = /^\s*- +/.exec(yaml.slice(...places[0]))?.[0];
    if (!dash) return false;
    const text = wanted.slice(was.length).map((one) => `${dash}${flow(one)}\n`).join("");
    edits.push({ start: end, end, text });
    return true;
  }
  let next = 0;
  for (const [at, one] of written.entries()) {
    if (one === asked[next]) next++;
    else edits.push({ start: places[at][0], end: places[at][1], text: "" });
  }
  return next === asked.length && next > 0;
}

function edited(text, edits) {
  const inOrder = edits.map((edit, number) => ({ ...edit, number }));
  // From the end; at one place first what goes, then what comes, the last first.
  inOrder.sort(
    (one, other) => other.start - one.start || other.end - one.end || other.number - one.number,
  );
  return inOrder.reduce(
    (whole, { start, end, text: inserted }) => whole.slice(0, start) + inserted + whole.slice(end),
    text,
  );
}

// Put the lines that were repaired back as they were typed.
function unrepaired(yaml, repaired) {
  const lines = yaml.split("\n");
  for (const [line, typed] of repaired) {
    const at = lines.indexOf(line);
    if (at >= 0) lines[at] = typed;
  }
  return lines.join("\n");
}

// -- a whole file

const absent = (key) => (key === "status" ? "published" : undefined);

function changed(file, values, forms) {
  const order = Object.keys(forms.shapes);
  const pairs = new Map(file.pairs.map((pair) => [valueOf(pair.key), pair]));
  const edits = [];
  for (const [place, key] of order.entries()) {
    const shape = forms.shapes[key];
    const pair = pairs.get(key);
    const was = pair ? valueOf(pair.value) : undefined;
    const before = was === undefined || isNothing(was) ? absent(key) : SHOWN[shape](was, key, forms);
    const after = TYPED[shape](values[key], forms) ?? absent(key);
    if (same(before, after)) continue;
    const start = pair && lineStart(file.yaml, pair.key.range[0]);
    const end = pair && lineEnd(file.yaml, endOf(pair));
    if (after === undefined) {
      edits.push({ start, end, text: "" });
      continue;
    }
    const wanted = TO_YAML[shape](after, was, forms);
    if (pair) {
      const inPlace = [];
      if (patch(file.yaml, pair.value, was, wanted, false, inPlace)) edits.push(...inPlace);
      else edits.push({ start, end, text: block(key, wanted) });
      continue;
    }
    const above = order.slice(0, place).filter((one) => pairs.has(one)).at(-1);
    const at = above ? lineEnd(file.yaml, endOf(pairs.get(above))) : 0;
    edits.push({ start: at, end: at, text: block(key, wanted) });
  }
  return unrepaired(edited(file.yaml, edits), file.repaired);
}

function begun(values, forms) {
  const lines = Object.entries(forms.shapes).map(([key, shape]) => {
    const after = TYPED[shape](values[key], forms);
    const said = after !== undefined && after !== absent(key);
    return said ? block(key, TO_YAML[shape](after, undefined, forms)) : "";
  });
  return `---\n${lines.join("")}---\n\n${(values.body ?? "").trim()}\n`;
}

// Return the two functions by which the editor reads and writes files. `forms` says the shape of
// each key and of those of a photo, other names of networks, the names of months, and what to say of
// a file that cannot be read.
export function portraitFormat(forms) {
  return {
    fromFile(text) {
      const file = read(text, forms);
      const values = new Map(file.pairs.map((pair) => [valueOf(pair.key), valueOf(pair.value)]));
      return {
        source: text,
        status: absent("status"),
        ...fieldsOf(values, forms.shapes, forms),
        body: file.body,
      };
    },
    toFile(values) {
      if (!values.source) return begun(values, forms);
      const file = read(values.source, forms);
      const body = (values.body ?? "").replace(/\r\n?/g, "\n");
      const rest =
        body.trimEnd() === file.body
          ? file.rest
          : `${/^\n*/.exec(file.rest)[0] || "\n"}${body.replace(/^\n+/, "").trimEnd()}\n`;
      return `${file.before}${changed(file, values, forms)}${file.after}${rest}`;
    },
  };
}
