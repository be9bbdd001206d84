// Copies the address of a question when its permalink is clicked; the link is followed as well.

const status = document.querySelector(".copied");

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a.permalink");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  try {
    await navigator.clipboard.writeText(link.href);
  } catch {
    return; // clipboard access denied: following the link is enough
  }
  status.textContent = status.dataset.message;
  setTimeout(() => {
    status.textContent = "";
  }, 2500);
});
