// Keeps what the person proposes in this browser and writes the reply that the editor imports.
// Grammar of the reply: plugins/portraits/proof/reply.py.
"use strict";
(() => {
  const words = JSON.parse(document.getElementById("proof-words").textContent);
  const { byId, section } = offline;
  const answers = [...document.querySelectorAll("[data-answer]")];
  const choices = [...document.querySelectorAll("#proof-form input[type=radio]")];
  const note = byId("proof-note");
  const kept = offline.keeper(words.store);

  const isChanged = (field) => field.value !== field.defaultValue;

  const today = () => {
    const now = new Date();
    const two = (number) => String(number).padStart(2, "0");
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  };

  const replyText = () => {
    const lines = [];
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
    return offline.whole(words, lines);
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
    byId("proof-count").textContent = offline.counted(words.changed, changed);
    if (byId("proof-preview").open) byId("proof-text").value = replyText();
  };

  const save = () => {
    if (!kept.store) return;
    const written = kept.write({
      answers: Object.fromEntries(answers.filter(isChanged).map((one) => [one.dataset.answer, one.value])),
      choices: Object.fromEntries(choices.filter((one) => one.checked).map((one) => [one.name, one.value])),
      note: note.value,
    });
    byId("proof-saved").textContent = written ? words.saved : "";
    if (!written) byId("proof-no-storage").hidden = false;
  };

  const restore = () => {
    const before = kept.read();
    for (const field of answers) {
      const text = before.answers?.[field.dataset.answer];
      if (typeof text === "string") {
        field.value = text;
        field.closest("details").open = true;
      }
    }
    for (const choice of choices) choice.checked = before.choices?.[choice.name] === choice.value;
    if (typeof before.note === "string") note.value = before.note;
  };

  const update = () => {
    show();
    save();
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
  byId("proof-preview").addEventListener("toggle", show);

  offline.offer("proof-", words, replyText);

  for (const part of document.querySelectorAll(".proof__scripted")) part.hidden = false;
  byId("proof-no-storage").hidden = kept.store !== null;
  restore();
  show();
})();
