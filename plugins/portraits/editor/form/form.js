// Keeps the answers in this browser and writes the file that the editor imports.
// Grammar of the file: plugins/portraits/importer/answer_file.py.
"use strict";
(() => {
  const words = JSON.parse(document.getElementById("words").textContent);
  const byId = (id) => document.getElementById(id);
  const fields = [...document.querySelectorAll("[data-key]")];
  const answers = fields.filter((field) => field.dataset.key === "reponse");
  const counted = (text) => (text.match(/[\p{L}\p{N}]+(?:[’'-][\p{L}\p{N}]+)*/gu) || []).length;
  const plural = new Intl.PluralRules(document.documentElement.lang);
  const wordCount = (count) =>
    (words.counts[plural.select(count)] ?? words.counts.other).replace("{count}", count);
  let dirty = false;

  const store = (() => {
    try {
      const probe = words.store + ":?";
      localStorage.setItem(probe, "1");
      localStorage.removeItem(probe);
      return localStorage;
    } catch {
      return null;
    }
  })();

  const escaped = (text) => text.replace(/\r\n?/g, "\n").split("\n")
    .map((line) => (/^\\*@@/.test(line) ? "\\" + line : line));

  const section = (key, id, text) => [`@@ ${key}${id ? " " + id : ""}`, ...escaped(text), ""];

  const fileText = () => {
    const lines = [words.first, words.keep_marks, ""];
    for (const field of fields) {
      const { key, id, wording } = field.dataset;
      if (wording) lines.push(...section("question", id, wording));
      lines.push(...section(key, id, field.value));
    }
    return [...lines, "@@ fin", ""].join("\n");
  };

  // Lists as importer/plain_text.py reads them, emphasis as importer/answer_file.py does. Only text
  // is put into the page: what looks like HTML stays text.
  const bullet = /^(?:([-–—•·‣◦▪●*+])|(\d{1,2})\s?[-.)°])\s+(?=\S)/;
  const emphasis =
    /(^|[\s(«“"'’])(\*{1,2})((?:[\p{L}\p{N}]|[«“"(])(?:[^*]*[^\s\\*])?)\2(?=$|[\s.,;:!?…)»”"'’])/gu;

  const element = (name, ...content) => {
    const made = document.createElement(name);
    made.append(...content);
    return made;
  };

  const withEmphasis = (line) => {
    const parts = [];
    let end = 0;
    for (const [whole, before, mark, inside] of line.matchAll(emphasis)) {
      const start = line.indexOf(whole, end) + before.length;
      parts.push(line.slice(end, start), element(mark === "**" ? "strong" : "em", inside));
      end = start + whole.length - before.length;
    }
    return [...parts, line.slice(end)];
  };

  // The items that begin at a line: as many bullets of one kind, or numbers that count up from 1.
  const listAt = (lines, first) => {
    const items = [];
    for (let at = first; at < lines.length; at += 1) {
      if (lines[at] === "") continue;
      const [mark, sign, number] = lines[at].match(bullet) || [];
      const goesOn = items.length === 0
        ? sign || number === "1"
        : mark && sign === items[0].sign && (sign || Number(number) === items.length + 1);
      if (!goesOn) break;
      items.push({ sign, text: lines[at].slice(mark.length), next: at + 1 });
    }
    return items.length > 1 ? items : [];
  };

  const rendered = (text) => {
    const lines = text.split(/\r\n?|\n/).map((line) => line.trim().replace(/\s+/g, " "));
    const blocks = [];
    let paragraph = null;
    for (let at = 0; at < lines.length; at += 1) {
      const items = lines[at] === "" ? [] : listAt(lines, at);
      if (items.length > 0) {
        blocks.push(element(items[0].sign ? "ul" : "ol",
          ...items.map((item) => element("li", ...withEmphasis(item.text)))));
        at = items.at(-1).next - 1;
        paragraph = null;
      } else if (lines[at] === "") {
        paragraph = null;
      } else if (paragraph) {
        paragraph.append(element("br"), ...withEmphasis(lines[at]));
      } else {
        paragraph = element("p", ...withEmphasis(lines[at]));
        blocks.push(paragraph);
      }
    }
    return blocks;
  };

  const preview = (field) => {
    const shown = byId(field.id + "-shown");
    shown.hidden = field.value.trim() === "";
    if (shown.open) byId(field.id + "-answer").replaceChildren(...rendered(field.value));
  };

  const show = () => {
    let answered = 0;
    let total = 0;
    for (const field of answers) {
      const count = counted(field.value);
      const has = field.value.trim() !== "";
      byId(field.id + "-count").textContent =
        has ? wordCount(count) : "";
      field.closest(".question").classList.toggle("is-answered", has);
      preview(field);
      answered += has ? 1 : 0;
      total += count;
    }
    byId("answered").textContent = answered;
    byId("total").textContent = wordCount(total);
    byId("progress").value = answered;
  };

  const grow = (field) => {
    if (field.localName !== "textarea" || CSS.supports("field-sizing", "content")) return;
    field.style.height = "auto";
    field.style.height = field.scrollHeight + 2 + "px";
  };

  const save = () => {
    if (!store) return;
    const kept = fields.filter((field) => !("fixed" in field.dataset))
      .map((field) => [field.id, field.value]);
    try {
      store.setItem(words.store, JSON.stringify(Object.fromEntries(kept)));
      dirty = false;
      byId("saved").textContent = words.saved;
    } catch {
      byId("saved").textContent = "";
      byId("no-storage").hidden = false;
    }
  };

  const restore = () => {
    let kept = {};
    try {
      kept = JSON.parse(store?.getItem(words.store) || "{}");
    } catch {
      kept = {};
    }
    for (const field of fields) {
      if (typeof kept[field.id] === "string") field.value = kept[field.id];
      grow(field);
    }
  };

  const told = (text) => { byId("told").textContent = text; };

  const copyWithSelection = () => {
    byId("preview").open = true;
    byId("text").value = fileText();
    byId("text").select();
    return document.execCommand("copy");
  };

  byId("form").addEventListener("input", (event) => {
    dirty = true;
    grow(event.target);
    show();
    save();
    if (byId("preview").open) byId("text").value = fileText();
  });
  for (const field of answers) {
    byId(field.id + "-shown").addEventListener("toggle", () => preview(field));
  }
  byId("form").addEventListener("submit", (event) => event.preventDefault());
  byId("preview").addEventListener("toggle", () => { byId("text").value = fileText(); });

  byId("download").addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([fileText()], { type: "text/plain;charset=utf-8" }));
    link.download = words.file;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    dirty = false;
    told(words.downloaded.replace("{file}", words.file));
  });

  byId("copy").addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(fileText());
      told(words.copied);
    } catch {
      told(copyWithSelection() ? words.copied : words.copy_failed);
    }
  });

  addEventListener("beforeunload", (event) => {
    if (!store && dirty) event.preventDefault();
  });

  byId("no-storage").hidden = store !== null;
  restore();
  show();
})();
