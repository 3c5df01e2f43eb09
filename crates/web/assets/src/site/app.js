// The pages as an app: the worker that answers without network, its new versions, and the offer to install.

// A choice of this browser, no word about anybody.
const DISMISSED = "install-dismissed";
const LATER = "new-version-later";
const LANGUAGE = "offline-language";

export function startApp(forms) {
  startWorker(forms);
  startInstall();
  startRetry();
}

function startWorker(forms) {
  const address = document.body.dataset.worker;
  if (!address || !navigator.serviceWorker) return;
  window.addEventListener("load", () => {
    const registered = navigator.serviceWorker.register(address, { updateViaCache: "none" });
    // Without it everything works as long as there is a network.
    registered.then((registration) => watch(registration, forms)).catch(() => {});
  });
}

/** A version that waits behind another one is offered; the very first has nobody to wait for. */
function watch(registration, forms) {
  followLanguage(registration.active);
  const offer = () => {
    if (registration.waiting && navigator.serviceWorker.controller) offerVersion(registration.waiting, forms);
  };
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", offer);
  });
  offer();
}

/** The page for lost networks speaks as its reader does now. */
function followLanguage(worker) {
  const spoken = document.documentElement.lang;
  if (!worker || remembered("localStorage", LANGUAGE) === spoken) return;
  worker.postMessage("other-language");
  remember("localStorage", LANGUAGE, spoken);
}

function offerVersion(waiting, forms) {
  const place = document.querySelector("[data-new-version]");
  const template = document.getElementById("new-version");
  // Where something typed would be lost by opening the page again, the offer waits for another page.
  const typing = document.querySelector("main form:not([data-autosave]):not([role=search])");
  if (!place || !template || place.childElementCount || typing || remembers("sessionStorage", LATER)) return;
  place.append(template.content.cloneNode(true));
  place.querySelector("[data-take-over]").addEventListener("click", async () => {
    await Promise.all(forms.map((form) => form.save()));
    // What could not be saved stands in this page only.
    if (forms.some((form) => form.hasUnsaved()) || hasFiles()) return;
    // By its address, because a page that came after a form would ask to send the form again.
    const open = () => window.location.replace(window.location.href);
    navigator.serviceWorker.addEventListener("controllerchange", open, { once: true });
    waiting.postMessage("take-over");
  });
  place.querySelector("[data-later]").addEventListener("click", () => {
    remember("sessionStorage", LATER);
    place.replaceChildren();
  });
}

/** Chosen files travel only when a button is pressed. */
function hasFiles() {
  return [...document.querySelectorAll("main input[type=file]")].some((input) => input.files.length > 0);
}

function startInstall() {
  const box = document.querySelector("[data-install]");
  if (!box || remembers("localStorage", DISMISSED)) return;
  const accept = box.querySelector("[data-install-accept]");
  let offered = null;

  function show(part) {
    box.querySelector(part).hidden = false;
    box.hidden = false;
  }

  function dismiss() {
    remember("localStorage", DISMISSED);
    box.hidden = true;
  }

  window.addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    offered = event;
    show("[data-install-accept]");
  });
  accept.addEventListener("click", async () => {
    offered.prompt();
    const { outcome } = await offered.userChoice;
    if (outcome === "accepted") box.hidden = true;
    else dismiss();
  });
  box.querySelector("[data-install-dismiss]").addEventListener("click", dismiss);
  // Only telephones that install by hand know this word, and it is false until they have done so.
  if (navigator.standalone === false) show("[data-install-by-hand]");
}

function startRetry() {
  const link = document.querySelector("[data-retry]");
  if (!link) return;
  // The page stands at the address that could not be reached, unless somebody opened its own.
  if (window.location.pathname !== new URL(link.dataset.retry, window.location.href).pathname) {
    link.href = window.location.href;
    window.addEventListener("online", () => window.location.reload(), { once: true });
  }
}

/** Storage may be switched off; then nothing is remembered. */
function remembered(storage, name) {
  try {
    return window[storage].getItem(name);
  } catch {
    return null;
  }
}

function remembers(storage, name) {
  return remembered(storage, name) !== null;
}

function remember(storage, name, value = "yes") {
  try {
    window[storage].setItem(name, value);
  } catch {
    // The question comes again on the next page.
  }
}
