// What the pages share that are sent and answered without a network: what is typed stays in this
// browser, and the reply is saved as a file or copied. Grammar of a reply: importer/answer_file.py.
"use strict";
const offline = (() => {
  const byId = (id) => document.getElementById(id);

  // Keeps one value under a key; `store` is null where the browser keeps nothing.
  const keeper = (key) => {
    const store = (() => {
      try {
        const probe = key + ":?";
        localStorage.setItem(probe, "1");
        localStorage.removeItem(probe);
        return localStorage;
      } catch {
        return null;
      }
    })();
    return {
      store,
      read() {
        try {
          return JSON.parse(store?.getItem(key) || "{}");
        } catch {
          return {};
        }
      },
      write(value) {
        try {
          store.setItem(key, JSON.stringify(value));
          return true;
        } catch {
          return false;
        }
      },
    };
  };

  const section = (key, id, text) => [
    `@@ ${key}${id ? " " + id : ""}`,
    ...text.replace(/\r\n?/g, "\n").split("\n")
      .map((line) => (/^\\*@@/.test(line) ? "\\" + line : line)),
    "",
  ];

  const whole = (words, lines) =>
    [words.first, words.keep_marks, "", ...lines, "@@ fin", ""].join("\n");

  const plural = new Intl.PluralRules(document.documentElement.lang);
  const counted = (forms, count) =>
    (forms[plural.select(count)] ?? forms.other).replace("{count}", count);

  // Makes the buttons work that save and copy a reply. `ids` begin with `prefix`.
  const offer = (prefix, words, reply, saved = () => {}) => {
    const at = (name) => byId(prefix + name);
    const told = (text) => { at("told").textContent = text; };
    const copyWithSelection = () => {
      at("preview").open = true;
      at("text").value = reply();
      at("text").select();
      return document.execCommand("copy");
    };
    at("form").addEventListener("submit", (event) => event.preventDefault());
    at("download").addEventListener("click", () => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([reply()], { type: "text/plain;charset=utf-8" }));
      link.download = words.file;
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
      saved();
      told(words.downloaded.replace("{file}", words.file));
    });
    at("copy").addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(reply());
        told(words.copied);
      } catch {
        told(copyWithSelection() ? words.copied : words.copy_failed);
      }
    });
  };

  return { byId, keeper, section, whole, counted, offer };
})();
