// Keeps the answers in this browser and writes the file that the editor imports.
// Grammar of the file: plugins/portraits/importer/answer_file.py.
"use strict";
(() => {
  const words = JSON.parse(document.getElementById("words").textContent);
  const byId = (id) => document.getElementById(id);
  const fields = [...document.querySelectorAll("[data-key]")];
  const answers = fields.filter((field) => field.dataset.key === "reponse");
  const counted = (text) => (text.match(/[\p{L}\p{N}]+(?:[’'-][\p{L}\p{N}]+)*/gu) || []).length;
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

  const show = () => {
    let answered = 0;
    let total = 0;
    for (const field of answers) {
      const count = counted(field.value);
      const has = field.value.trim() !== "";
      byId(field.id + "-count").textContent =
        has ? `${count} ${count > 1 ? words.words : words.word}` : "";
      field.closest(".question").classList.toggle("is-answered", has);
      answered += has ? 1 : 0;
      total += count;
    }
    byId("answered").textContent = answered;
    byId("total").textContent = total;
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
