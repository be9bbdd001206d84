// Copies the address of a question when its permalink is clicked; the link is followed as well.
// Shows the button that copies the portrait's own address.

const status = document.querySelector(".copied");
const whole = document.querySelector(".share__copy");
if (whole) whole.parentElement.hidden = false;

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a.permalink, .share__copy");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  try {
    if (link === whole) event.preventDefault();
    await navigator.clipboard.writeText(link.href);
  } catch {
    return; // clipboard access denied: following the link is enough
  }
  status.textContent = status.dataset.message;
  setTimeout(() => {
    status.textContent = "";
  }, 2500);
});
