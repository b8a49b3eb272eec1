// What a device wrote and has not been acknowledged yet. It lives in IndexedDB, so that it outlives the page, the browser and the
// network. One base a name; two tabs may share it.
//
//   const queue = await open("hall-12");     queue.durable is false when the browser refuses to keep anything (some private windows)
//   await queue.put(note)                    note.uuid is its key; resolves once it is on the disk, not before
//   await queue.all() · queue.get(uuid)      notes in no particular order
//   await queue.change(uuid, note => …)      reads and writes as one act: give the new note, or null to remove it, or undefined to leave it
//   await queue.remove(uuid) · queue.wipe()
//   await queue.fact(key) · queue.setFact(key, value)    small things that are not notes (the token of a phone, a date)
//   queue.watch(() => …)                     another tab changed something
"use strict";

const NOTES = "notes";
const FACTS = "facts";

/** A random UUID, also where `crypto.randomUUID` is not offered: a page without HTTPS. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Runs `act` in one tab at a time; gives undefined, without running it, when another tab is at it. */
export async function alone(name, act) {
  if (!navigator.locks) return act();
  return navigator.locks.request(`tissage-${name}`, { ifAvailable: true }, (lock) => (lock ? act() : undefined));
}

export async function open(name) {
  const channel = typeof BroadcastChannel === "function" ? new BroadcastChannel(`tissage-${name}`) : null;
  const tell = () => channel?.postMessage("changed");
  const watch = (act) => channel?.addEventListener("message", act);
  try {
    return inBase(await connect(name), tell, watch);
  } catch {
    return inMemory(tell, watch);
  }
}

function connect(name) {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(`tissage-${name}`, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore(NOTES, { keyPath: "uuid" });
      asked.result.createObjectStore(FACTS);
    };
    asked.onsuccess = () => {
      asked.result.onversionchange = () => asked.result.close();
      resolve(asked.result);
    };
    asked.onerror = () => reject(asked.error);
    asked.onblocked = () => reject(new Error("blocked"));
  });
}

/** One transaction; resolves when it is complete. `strict` asks the disk itself, not its cache, where the browser knows the word. */
function act(base, stores, mode, work) {
  return new Promise((resolve, reject) => {
    const transaction = base.transaction(stores, mode, { durability: "strict" });
    let answer;
    transaction.oncomplete = () => resolve(answer);
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
    work(transaction, (value) => { answer = value; });
  });
}

function inBase(base, tell, watch) {
  const read = (store, ask) =>
    act(base, [store], "readonly", (transaction, give) => {
      const asked = ask(transaction.objectStore(store));
      asked.onsuccess = () => give(asked.result);
    });
  const write = async (stores, work) => {
    const answer = await act(base, stores, "readwrite", work);
    tell();
    return answer;
  };
  return {
    durable: true,
    watch,
    put: (note) => write([NOTES], (transaction) => transaction.objectStore(NOTES).put(note)),
    get: (uuid) => read(NOTES, (store) => store.get(uuid)),
    all: () => read(NOTES, (store) => store.getAll()),
    remove: (uuid) => write([NOTES], (transaction) => transaction.objectStore(NOTES).delete(uuid)),
    change: (uuid, decide) =>
      write([NOTES], (transaction, give) => {
        const store = transaction.objectStore(NOTES);
        const asked = store.get(uuid);
        asked.onsuccess = () => {
          const wanted = decide(asked.result);
          if (wanted === null) store.delete(uuid);
          else if (wanted !== undefined) store.put(wanted);
          give(wanted);
        };
      }),
    fact: (key) => read(FACTS, (store) => store.get(key)),
    setFact: (key, value) => write([FACTS], (transaction) => transaction.objectStore(FACTS).put(value, key)),
    wipe: () =>
      write([NOTES, FACTS], (transaction) => {
        transaction.objectStore(NOTES).clear();
        transaction.objectStore(FACTS).clear();
      }),
  };
}

function inMemory(tell, watch) {
  const notes = new Map();
  const facts = new Map();
  const copy = (value) => (value === undefined ? undefined : structuredClone(value));
  return {
    durable: false,
    watch,
    put: async (note) => { notes.set(note.uuid, copy(note)); },
    get: async (uuid) => copy(notes.get(uuid)),
    all: async () => [...notes.values()].map(copy),
    remove: async (uuid) => { notes.delete(uuid); },
    change: async (uuid, decide) => {
      const wanted = decide(copy(notes.get(uuid)));
      if (wanted === null) notes.delete(uuid);
      else if (wanted !== undefined) notes.set(uuid, copy(wanted));
      return wanted;
    },
    fact: async (key) => copy(facts.get(key)),
    setFact: async (key, value) => { facts.set(key, copy(value)); },
    wipe: async () => { notes.clear(); facts.clear(); },
  };
}
