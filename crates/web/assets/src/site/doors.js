// Closes an opened list of providers with Esc; the lists open and close without scripts.

export function startDoors() {
  const lists = [...document.querySelectorAll("details[data-closes]")];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const list of lists.filter((each) => each.open)) {
      // Focus must not stay on something that is no longer seen.
      if (list.contains(document.activeElement)) list.querySelector("summary").focus();
      list.open = false;
    }
  });
}
