// Keeps the answers in this browser and writes the file that the editor imports.
// Grammar of the file: plugins/portraits/importer/answer_file.py.
"use strict";
(() => {
  const words = JSON.parse(document.getElementById("words").textContent);
  const { byId, section } = offline;
  const fields = [...document.querySelectorAll("[data-key]")];
  const answers = fields.filter((field) => field.dataset.key === "reponse");
  const counted = (text) => (text.match(/[\p{L}\p{N}]+(?:[’'-][\p{L}\p{N}]+)*/gu) || []).length;
  const wordCount = (count) => offline.counted(words.counts, count);
  let dirty = false;

  const kept = offline.keeper(words.store);

  const fileText = () => {
    const lines = [];
    for (const field of fields) {
      const { key, id, wording } = field.dataset;
      if (wording) lines.push(...section("question", id, wording));
      lines.push(...section(key, id, field.value));
    }
    return offline.whole(words, lines);
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
    if (!kept.store) return;
    const typed = fields.filter((field) => !("fixed" in field.dataset))
      .map((field) => [field.id, field.value]);
    if (kept.write(Object.fromEntries(typed))) {
      dirty = false;
      byId("saved").textContent = words.saved;
    } else {
      byId("saved").textContent = "";
      byId("no-storage").hidden = false;
    }
  };

  const restore = () => {
    const before = kept.read();
    for (const field of fields) {
      if (typeof before[field.id] === "string") field.value = before[field.id];
      grow(field);
    }
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
  byId("preview").addEventListener("toggle", () => { byId("text").value = fileText(); });

  offline.offer("", words, fileText, () => { dirty = false; });

  addEventListener("beforeunload", (event) => {
    if (!kept.store && dirty) event.preventDefault();
  });

  byId("no-storage").hidden = kept.store !== null;
  restore();
  show();
})();
