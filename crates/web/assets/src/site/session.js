// Warns two minutes before the session ends, after saving what was typed.

const WARN_BEFORE_S = 120;

export function startSession(forms) {
  const seconds = Number(document.body.dataset.sessionSeconds);
  const template = document.getElementById("session-warning");
  if (!seconds || !template) return;
  let [warning, end, box, before] = [0, 0, null, null];

  function close() {
    box?.remove();
    box = null;
    before?.focus();
  }

  function renew() {
    window.clearTimeout(warning);
    window.clearTimeout(end);
    if (box) close();
    warning = window.setTimeout(warn, Math.max(seconds - WARN_BEFORE_S, 10) * 1000);
  }

  async function stay() {
    const answer = await fetch(window.location.href, { headers: { Accept: "text/html" } });
    if (answer.ok && !answer.redirected) renew();
    else leave();
  }

  function leave() {
    // A page with unsaved text stays: its next post offers to send the text again.
    if (!forms.some((form) => form.hasUnsaved())) window.location.assign(document.body.dataset.sessionExpired);
  }

  async function warn() {
    // Saving renews the session; the warning stays all the same, because nobody may be reading any more.
    end = window.setTimeout(leave, WARN_BEFORE_S * 1000);
    await Promise.all(forms.map((form) => form.save()));
    if (box) return;
    before = document.activeElement;
    document.body.append(template.content.cloneNode(true));
    box = document.body.querySelector("[data-session-box]");
    const button = box.querySelector("[data-session-continue]");
    button.addEventListener("click", stay);
    button.focus();
  }

  document.addEventListener("session-renewed", renew);
  renew();
}
