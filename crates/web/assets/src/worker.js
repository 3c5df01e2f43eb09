// Stands between pages and network: keeps the files that every page needs, and one page for when the network is away.
// Invariant: nothing that a person asked for, typed or was shown is ever put into a cache. Only what the list in front
// of this script names is, when it is installed.
const { mount, version, files, offline } = self.shell;
const OURS = `campanella:${mount}:`;
const CACHE = OURS + version;

async function keep() {
  const cache = await caches.open(CACHE);
  // What the page has loaded already is not loaded again; what may change under its address is.
  const fresh = (address) => (address.includes("/static/") ? "default" : "reload");
  await cache.addAll([...files, offline].map((address) => new Request(address, { cache: fresh(address) })));
}

async function forget() {
  const names = await caches.keys();
  // Other comuni on this host have caches of their own.
  await Promise.all(names.filter((name) => name.startsWith(OURS) && name !== CACHE).map((name) => caches.delete(name)));
}

/** A kept file; none where storage is full, cleared or switched off, for then there may still be a network. */
async function kept(address) {
  try {
    const cache = await caches.open(CACHE);
    return await cache.match(address);
  } catch {
    return undefined;
  }
}

/** The page for lost networks once more, in the language that is read now. */
async function keepOffline() {
  const cache = await caches.open(CACHE);
  await cache.add(new Request(offline, { cache: "reload" }));
}

self.addEventListener("install", (event) => {
  // What a page sends while it is being left must not wait for a worker to wake up.
  const routed = event.addRoutes?.({ condition: { requestMethod: "POST" }, source: "network" });
  // Where browsers cannot be told so, posts come past here and are let through.
  routed?.catch(() => {});
  event.waitUntil(keep());
});
self.addEventListener("activate", (event) => event.waitUntil(forget().then(() => self.clients.claim())));

// A new version waits until its reader wants it.
self.addEventListener("message", (event) => {
  if (event.data === "take-over") self.skipWaiting();
  if (event.data === "other-language") event.waitUntil(keepOffline().catch(() => {}));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  // What is sent is left to the browser, which can send it again.
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(async () => (await kept(offline)) || Response.error()));
  } else if (files.includes(pathname + search)) {
    event.respondWith(kept(pathname + search).then((file) => file || fetch(request)));
  }
});
