// Marks, in the table of the questions, the one that is being read, and keeps it in sight there.

const contents = document.querySelector(".contents");
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
  // Only the list itself scrolls: scrollIntoView would move the page as well.
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
  // What is above the line counts as seen, so that a jump to the top is noticed too.
  const observer = new IntersectionObserver(update, { rootMargin: "1000000px 0px -66% 0px" });
  headings.forEach((heading) => observer.observe(heading));
  // On a phone, the fold closes once a question has been chosen.
  contents.addEventListener("click", (event) => {
    if (event.target.closest("a")) contents.querySelector("details").open = false;
  });
}
