// Goes on to the identity provider without waiting for a press of the button.

export function startLeaving() {
  const form = document.querySelector("form[data-submit-now]");
  if (!form) return;
  // Whoever comes back with the browser's button must not be sent away again.
  const [visit] = performance.getEntriesByType("navigation");
  if (!visit || visit.type !== "back_forward") form.submit();
}
