// Shows the page anew when the site was built anew, and what is wrong while it cannot be.
const events = new EventSource("/__portraits/events");
const shown = Number(new URL(import.meta.url).searchParams.get("version"));
let panel = null;

events.addEventListener("message", (event) => {
  const { version, problems } = JSON.parse(event.data);
  if (version === shown) show(problems);
  else location.reload();
});

addEventListener("pagehide", () => events.close());
addEventListener("pageshow", (event) => event.persisted && location.reload());

function show(problems) {
  panel?.remove();
  panel = null;
  if (problems.length === 0) return;
  panel = element("section", "portraits-panel", "");
  panel.setAttribute("role", "alert");
  panel.lang = "fr";
  panel.append(element("h2", "", problems.length > 1
    ? `${problems.length} choses à corriger` : "Une chose à corriger"));
  const list = element("ol", "", "");
  for (const { place, message, hint } of problems) {
    const entry = element("li", "", "");
    entry.append(element("code", "", place), element("p", "", message));
    if (hint) entry.append(element("p", "portraits-panel__hint", hint));
    list.append(entry);
  }
  panel.append(list, element("p", "portraits-panel__foot",
    "La page en dessous est la dernière qui était bonne."));
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
