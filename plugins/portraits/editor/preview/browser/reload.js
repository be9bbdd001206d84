// Shows the page anew when the site was built anew, and what is wrong while it cannot be.
const events = new EventSource("/__portraits/events");
const shown = Number(new URL(import.meta.url).searchParams.get("version"));
let panel = null;

events.addEventListener("message", (event) => {
  const { version, panel: said } = JSON.parse(event.data);
  if (version === shown) show(said);
  else location.reload();
});

addEventListener("pagehide", () => events.close());
addEventListener("pageshow", (event) => event.persisted && location.reload());

function show(said) {
  panel?.remove();
  panel = null;
  if (said === null) return;
  panel = element("section", "portraits-panel", "");
  panel.setAttribute("role", "alert");
  panel.lang = said.lang;
  panel.append(element("h2", "", said.heading));
  const list = element("ol", "", "");
  for (const { place, message, hint } of said.problems) {
    const entry = element("li", "", "");
    entry.append(element("code", "", place), element("p", "", message));
    if (hint) entry.append(element("p", "portraits-panel__hint", hint));
    list.append(entry);
  }
  panel.append(list, element("p", "portraits-panel__foot", said.foot));
  if (!document.querySelector("link[data-portraits-panel]")) {
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = "/__portraits/panel.css";
    sheet.dataset.portraitsPanel = "";
    document.head.append(sheet);
  }
  document.body.prepend(panel);
}

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}
