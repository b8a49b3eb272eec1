// Keeps one page on this device, with the files it needs, so that it opens without a network. Each kept page has a cache of its own,
// named after the page and the release: a page is kept whole or not at all, and never mixes the files of two releases.
//
//   cannotKeep()                                     "", or why: "insecure" (no HTTPS) · "old" (the browser knows no service worker)
//   await keep({worker, scope, page, files, release})    → how many files; throws when one of them could not be had
//   await kept(page)                                 → the release that is kept, or ""
//   await forget(page)
// `page` and `files` are addresses of this site ("/a/…/repondre/"); `scope` is where the service worker may answer. `from` is where to read
// the page when it is not its bare address: the same page in another language ("/a/…/repondre/?langue=ar").
"use strict";

const PREFIX = "tissage-kept ";

export function cannotKeep() {
  if (!window.isSecureContext) return "insecure";
  return "serviceWorker" in navigator && "caches" in window ? "" : "old";
}

export async function keep({ worker, scope, page, from = page, files, release }) {
  const wanted = [...new Set(files)];
  // Everything first, then the writing: half a page is worth nothing in a hall.
  const answers = await Promise.all(wanted.map((file) => get(file, "default")));
  const whole = await get(from, "reload");
  const cache = await caches.open(`${PREFIX}${release} ${page}`);
  await Promise.all(wanted.map((file, at) => cache.put(file, answers[at])));
  await cache.put(page, whole); // last: the worker takes a cache with its page for complete
  for (const name of await namesOf(page)) if (name !== `${PREFIX}${release} ${page}`) await caches.delete(name);
  await navigator.serviceWorker.register(worker, { scope });
  await active(scope);
  await navigator.storage?.persist?.();
  return wanted.length + 1;
}

export async function kept(page) {
  if (cannotKeep()) return "";
  try {
    for (const name of await namesOf(page)) {
      const cache = await caches.open(name);
      if (await cache.match(page, { ignoreVary: true })) return name.slice(PREFIX.length).split(" ")[0];
    }
  } catch { /* a private window that forbids it: nothing is kept */ }
  return "";
}

export async function forget(page) {
  if (cannotKeep()) return;
  try {
    for (const name of await namesOf(page)) await caches.delete(name);
  } catch { /* the same */ }
}

async function namesOf(page) {
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name.endsWith(` ${page}`));
}

async function get(address, cache) {
  const answer = await fetch(address, { cache, credentials: "same-origin" });
  // A redirected answer is another page: most often the door.
  if (!answer.ok || answer.redirected) throw new Error(`${address}: ${answer.status}`);
  return answer;
}

async function active(scope) {
  const registration = await navigator.serviceWorker.getRegistration(scope);
  const worker = registration?.installing ?? registration?.waiting;
  if (!worker) return;
  await new Promise((resolve, reject) => {
    worker.addEventListener("statechange", () => {
      if (worker.state === "activated") resolve();
      if (worker.state === "redundant") reject(new Error("worker"));
    });
    if (worker.state === "activated") resolve();
  });
}
