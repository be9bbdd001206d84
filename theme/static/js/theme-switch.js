// Lets the reader choose between light and dark. Without this script, and until a choice is made,
// the page follows the system. A choice equal to the system's is not stored.

const system = matchMedia("(prefers-color-scheme: dark)");
const root = document.documentElement;

function chosen() {
  try {
    return localStorage.getItem("theme");
  } catch {
    return null; // storage blocked: the choice is lost when the page is closed
  }
}

function keep(theme) {
  try {
    if (theme) localStorage.setItem("theme", theme);
    else localStorage.removeItem("theme");
  } catch {
    // storage blocked
  }
}

function apply(theme) {
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
}

function isDark() {
  return (root.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";
}

function offer() {
  const button = document.querySelector(".theme-switch");
  const show = () => button.setAttribute("aria-pressed", String(isDark()));
  button.addEventListener("click", () => {
    const dark = !isDark();
    const theme = dark === system.matches ? null : dark ? "dark" : "light";
    apply(theme);
    keep(theme);
    show();
  });
  system.addEventListener("change", show);
  button.hidden = false;
  show();
}

apply(chosen());
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", offer);
else offer();
