// Keeps what the person proposes in this browser and writes the reply that the editor imports.
// Grammar of the reply: plugins/portraits/proof/reply.py.
"use strict";
(() => {
  const words = JSON.parse(document.getElementById("proof-words").textContent);
  const byId = (id) => document.getElementById(id);
  const answers = [...document.querySelectorAll("[data-answer]")];
  const choices = [...document.querySelectorAll("#proof-form input[type=radio]")];
  const note = byId("proof-note");
  const plural = new Intl.PluralRules(document.documentElement.lang);

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

  const section = (key, id, text) => [
    `@@ ${key}${id ? " " + id : ""}`,
    ...text.replace(/\r\n?/g, "\n").split("\n")
      .map((line) => (/^\\*@@/.test(line) ? "\\" + line : line)),
    "",
  ];

  const isChanged = (field) => field.value !== field.defaultValue;

  const today = () => {
    const now = new Date();
    const two = (number) => String(number).padStart(2, "0");
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  };

  const replyText = () => {
    const lines = [words.first, words.keep_marks, ""];
    for (const key of ["portrait", "langue", "empreinte", "date"]) {
      lines.push(...section(key, "", words[key]));
    }
    lines.push(...section("jour", "", today()));
    for (const field of answers) {
      const { answer, shown } = field.dataset;
      lines.push(...section("montre", answer, shown));
      if (isChanged(field)) lines.push(...section("propose", answer, field.value));
    }
    for (const choice of choices) {
      if (choice.checked) lines.push(...section(choice.name, "", choice.value));
    }
    if (note.value.trim() !== "") lines.push(...section("mot", "", note.value));
    lines.push(...section("jeton", "", words.jeton));
    return [...lines, "@@ fin", ""].join("\n");
  };

  const show = () => {
    let changed = 0;
    for (const field of answers) {
      const around = field.closest("details");
      const is = isChanged(field);
      around.classList.toggle("is-changed", is);
      around.querySelector(".proof__undo").hidden = !is;
      changed += is ? 1 : 0;
    }
    byId("proof-count").textContent =
      (words.changed[plural.select(changed)] ?? words.changed.other).replace("{count}", changed);
    if (byId("proof-preview").open) byId("proof-text").value = replyText();
  };

  const save = () => {
    if (!store) return;
    const kept = {
      answers: Object.fromEntries(answers.filter(isChanged).map((one) => [one.dataset.answer, one.value])),
      choices: Object.fromEntries(choices.filter((one) => one.checked).map((one) => [one.name, one.value])),
      note: note.value,
    };
    try {
      store.setItem(words.store, JSON.stringify(kept));
      byId("proof-saved").textContent = words.saved;
    } catch {
      byId("proof-saved").textContent = "";
      byId("proof-no-storage").hidden = false;
    }
  };

  const restore = () => {
    let kept = {};
    try {
      kept = JSON.parse(store?.getItem(words.store) || "{}");
    } catch {
      kept = {};
    }
    for (const field of answers) {
      const text = kept.answers?.[field.dataset.answer];
      if (typeof text === "string") {
        field.value = text;
        field.closest("details").open = true;
      }
    }
    for (const choice of choices) choice.checked = kept.choices?.[choice.name] === choice.value;
    if (typeof kept.note === "string") note.value = kept.note;
  };

  const update = () => {
    show();
    save();
  };

  const told = (text) => { byId("proof-told").textContent = text; };

  const copyWithSelection = () => {
    byId("proof-preview").open = true;
    byId("proof-text").value = replyText();
    byId("proof-text").select();
    return document.execCommand("copy");
  };

  for (const field of [...answers, note]) field.addEventListener("input", update);
  for (const choice of choices) choice.addEventListener("change", update);
  for (const field of answers) {
    field.closest("details").querySelector(".proof__undo").addEventListener("click", () => {
      field.value = field.defaultValue;
      update();
      field.focus();
    });
  }
  byId("proof-form").addEventListener("submit", (event) => event.preventDefault());
  byId("proof-preview").addEventListener("toggle", show);

  byId("proof-download").addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([replyText()], { type: "text/plain;charset=utf-8" }));
    link.download = words.file;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    told(words.downloaded.replace("{file}", words.file));
  });

  byId("proof-copy").addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(replyText());
      told(words.copied);
    } catch {
      told(copyWithSelection() ? words.copied : words.copy_failed);
    }
  });

  for (const part of document.querySelectorAll(".proof__scripted")) part.hidden = false;
  byId("proof-no-storage").hidden = store !== null;
  restore();
  show();
})();
