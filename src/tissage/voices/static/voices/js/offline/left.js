// On the page of a workshop: says what this device still holds of it, and lets go of it by itself once the workshop is closed and all is sent.
"use strict";

import { cannotKeep, forget, kept } from "../keep.js";
import { open } from "../queue.js";
import { isUnsent } from "./cards.js";

const place = document.querySelector("[data-left-here]");
const { hall, page } = place.dataset;
const closed = "closed" in place.dataset;
const name = `salle-${hall}`;

/** Whether this browser ever opened the queue: asking must not make one. */
async function known() {
  if (!indexedDB.databases) return true;
  return (await indexedDB.databases()).some((base) => base.name === `tissage-${name}`);
}

const queue = (await known()) ? await open(name) : null;
const cards = queue ? await queue.all() : [];
const unsent = cards.some(isUnsent);
const ready = await kept(page);

if (closed && !unsent && (cards.length || ready)) {
  await queue?.wipe();
  await forget(page);
  if (!cannotKeep()) await (await navigator.serviceWorker.getRegistration(page))?.unregister();
} else if (unsent || ready) {
  place.classList.toggle("is-attention", unsent);
  place.querySelector(unsent ? "[data-unsent]" : "[data-ready]").hidden = false;
  place.hidden = false;
}
