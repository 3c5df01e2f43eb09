// Saves a step while it is being filled in.

import { startChecks } from "./checks.js";

const QUIET_MS = 2500;
// Whoever has finished an answer learns sooner whether it is right.
const ANSWERED_MS = 400;
const RETRY_MS = 20000;

// What a status of the answer means; anything else is "not saved".
const OUTCOMES = { 401: "expired", 403: "expired", 409: "conflict" };

export function startAutosave(form) {
  const revision = form.elements.namedItem("_revision");
  const line = form.querySelector("[data-autosave-status]");
  const showChecks = startChecks(form);
  const state = { dirty: false, stopped: false, leaving: false, timer: 0, running: null };

  function say(outcome, time = "") {
    line.textContent = (line.dataset[outcome] || "").replace("{time}", time);
    line.classList.toggle("failed", outcome !== "saving" && outcome !== "saved");
  }

  function content() {
    const data = new FormData(form);
    const fields = new URLSearchParams();
    // Files travel only when a button is pressed.
    for (const [name, value] of data) if (typeof value === "string") fields.append(name, value);
    fields.set("_action", "autosave");
    return fields;
  }

  function post(keepalive) {
    const headers = { Accept: "application/json" };
    return fetch(form.getAttribute("action"), { method: "POST", body: content(), headers, keepalive });
  }

  async function attempt() {
    state.dirty = false;
    say("saving");
    try {
      const answer = await post(false);
      if (!answer.ok) throw new Error(OUTCOMES[answer.status] || "failed");
      const saved = await answer.json();
      revision.value = String(saved.revision);
      say("saved", saved.saved_at);
      document.dispatchEvent(new CustomEvent("session-renewed"));
      showChecks(saved.errors);
    } catch (error) {
      const outcome = ["expired", "conflict"].includes(error.message) ? error.message : "failed";
      state.dirty = true;
      // After a conflict only the reader can decide which version counts.
      state.stopped = outcome === "conflict";
      say(outcome);
      schedule(RETRY_MS);
    }
  }

  /** Saves what is not saved yet; two saves never overlap, because each needs the other's revision. */
  function save() {
    window.clearTimeout(state.timer);
    if (state.running) return state.running.then(save);
    if (!state.dirty || state.stopped) return Promise.resolve();
    state.running = attempt().finally(() => (state.running = null));
    return state.running;
  }

  function schedule(delay) {
    window.clearTimeout(state.timer);
    if (!state.stopped && !state.leaving) state.timer = window.setTimeout(save, delay);
  }

  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    state.dirty = true;
    schedule(QUIET_MS);
  });

  form.addEventListener("change", (event) => {
    if (event.target.type !== "file" && state.dirty) schedule(ANSWERED_MS);
  });

  // A save under way would make the revision of this post stale: wait for it.
  form.addEventListener("submit", (event) => {
    state.leaving = true;
    window.clearTimeout(state.timer);
    if (!state.running) return;
    event.preventDefault();
    state.running.finally(() => submitAgain(form, event.submitter));
  });

  // Leaving by a link: the save is sent on its way with the page.
  window.addEventListener("pagehide", () => {
    if (state.dirty && !state.leaving && !state.stopped) post(true).catch(() => {});
  });
  window.addEventListener("pageshow", () => (state.leaving = false));

  // Other forms of the page (language, sign out) wait until everything is saved.
  document.addEventListener("submit", (event) => {
    if (event.target === form || event.defaultPrevented || !(state.dirty || state.running)) return;
    event.preventDefault();
    save().finally(() => submitAgain(event.target, event.submitter));
  });

  return { save, hasUnsaved: () => state.dirty };
}

/** Submits without further events; the pressed button counts as it would have. */
function submitAgain(form, button) {
  if (button?.name) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = button.name;
    field.value = button.value;
    form.append(field);
  }
  form.submit();
}
