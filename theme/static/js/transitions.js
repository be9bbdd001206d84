// Lets the photo of a card grow into the cover of its portrait, and shrink back: marks the card that
// the reader leaves by, or comes back to. Needs cross-document view transitions; without them, nothing
// happens.

function mark(url, transition) {
  if (!url || !transition) return;
  const { origin, pathname } = new URL(url);
  const link = [...document.querySelectorAll(":is(.card, .cover, .onward) a[href]")].find(
    (one) => one.origin === origin && one.pathname === pathname,
  );
  const card = link?.closest(".card, .cover, .onward");
  if (!card) return;
  card.classList.add("is-opening");
  transition.finished.finally(() => card.classList.remove("is-opening"));
}

addEventListener("pageswap", (event) => mark(event.activation?.entry?.url, event.viewTransition));
addEventListener("pagereveal", (event) =>
  mark(globalThis.navigation?.activation?.from?.url, event.viewTransition),
);
