// Answers for the pages that `keep.js` stored on this device, and for nothing else: a request it does not know goes to the network as if
// this worker were not there, and nothing is stored but the fresh copy of a page already kept. It never sees what people write: that
// travels by POST, which it leaves alone.
//
// A kept page comes from the network when there is one, from the device otherwise. Its files come from the cache of the same release;
// when the network gives a page of another release, its files come from the network too.
"use strict";

const PREFIX = "tissage-kept ";
const PATIENCE = 4000; // milliseconds: after that, the Wi-Fi of the hall counts as none
const fresh = new Set(); // tabs whose page came from a release that is not the kept one

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  if (event.data?.forget) event.waitUntil(forget(event.data.forget));
});

self.addEventListener("fetch", (event) => {
  const request = event.request;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event, address.pathname));
  else if (address.pathname.startsWith("/static/") && !fresh.has(event.clientId)) event.respondWith(file(event, request));
});

async function page(event, path) {
  const copy = await find(path);
  if (!copy) return fetch(event.request);
  try {
    const answer = await Promise.race([fetch(event.request), late()]);
    if (answer.status === 429 || answer.status >= 500) return copy.answer;
    if (answer.ok && !answer.redirected) {
      if (answer.headers.get("Tissage-Release") === copy.release) event.waitUntil(copy.cache.put(path, answer.clone()));
      else fresh.add(event.resultingClientId);
    }
    return answer;
  } catch {
    return copy.answer;
  }
}

/** Refuses once patience is out. The request itself goes on: what is late may still be whole. */
function late() {
  return new Promise((_resolve, reject) => setTimeout(() => reject(new Error("late")), PATIENCE));
}

async function file(event, request) {
  const client = await self.clients.get(event.clientId);
  const copy = client ? await find(new URL(client.url).pathname) : null;
  const held = copy ? await copy.cache.match(request, { ignoreVary: true }) : null;
  return held ?? fetch(request);
}

async function find(path) {
  for (const name of await caches.keys()) {
    if (!name.startsWith(PREFIX) || !name.endsWith(` ${path}`)) continue;
    const cache = await caches.open(name);
    const answer = await cache.match(path, { ignoreVary: true });
    if (answer) return { answer, cache, release: name.slice(PREFIX.length).split(" ")[0] };
  }
  return null;
}

async function forget(path) {
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && (path === "*" || name.endsWith(` ${path}`))) await caches.delete(name);
  }
}
