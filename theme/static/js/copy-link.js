// A click on a question's permalink follows it, and copies its address too.

const status = document.querySelector(".copied");

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a.permalink");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  try {
    await navigator.clipboard.writeText(link.href);
  } catch {
    return; // not allowed: the link has been followed, which is enough
  }
  status.textContent = status.dataset.message;
  setTimeout(() => {
    status.textContent = "";
  }, 2500);
});
