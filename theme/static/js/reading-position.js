// Marks the question being read in the table of questions, and scrolls it into view there.

const contents = document.querySelector(".question-menu");
const links = new Map();
for (const link of contents?.querySelectorAll("a[href^='#']") ?? []) {
  links.set(decodeURIComponent(link.hash.slice(1)), link);
}
const headings = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
let current = null;

function show(link) {
  if (link === current) return;
  current?.removeAttribute("aria-current");
  link?.setAttribute("aria-current", "true");
  current = link;
  // Scroll the list only: scrollIntoView would scroll the page as well.
  const list = contents.querySelector("details > ol");
  list.scrollTo({ top: link ? link.offsetTop - list.clientHeight / 3 : 0, behavior: "auto" });
}

// The question being read is the last one whose heading is above the upper third of the window.
function update() {
  const line = innerHeight / 3;
  const passed = headings.filter((heading) => heading.getBoundingClientRect().top < line);
  show(links.get(passed.at(-1)?.id) ?? null);
}

if (headings.length) {
  // Extend the root far upwards, so that a jump over several headings triggers the observer too.
  const observer = new IntersectionObserver(update, { rootMargin: "1000000px 0px -66% 0px" });
  headings.forEach((heading) => observer.observe(heading));
  // On a phone, close the table after a question is chosen.
  contents.addEventListener("click", (event) => {
    if (event.target.closest("a")) contents.querySelector("details").open = false;
  });
}
