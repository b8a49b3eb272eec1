// What this device holds for one workshop: who is writing (a token made here, nothing else) and every answer, kept before it is sent.
// An answer is a note { uuid, token, question, text, language, revision, withdrawn, sent, refused, at }: `sent` is the revision that the
// server acknowledged, so that `revision > sent` means « still here ».
import { newId, open } from "../js/queue.js";

const base = (code) => `phone-${code}`;

/** 24 random bytes, url-safe: made here, and only its hash is kept over there. */
function newToken() {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_");
}

export async function openDevice(code) {
  const queue = await open(base(code));
  const people = async () => (await queue.fact("people")) ?? { current: "", known: {} };
  const keepPeople = (all) => queue.setFact("people", all);

  const waits = (note) => note.revision > note.sent && !note.refused;
  const mine = async () => {
    const { current } = await people();
    return (await queue.all()).filter((note) => note.token === current).sort((a, b) => a.at - b.at);
  };

  return {
    durable: queue.durable,
    watch: queue.watch,
    fact: queue.fact,
    setFact: queue.setFact,
    waits,

    async me() {
      const { current, known } = await people();
      return current ? { token: current, ...known[current] } : null;
    },

    /** Somebody begins to write: the one who is there already, or a new person. */
    async begin(language) {
      const all = await people();
      if (!all.current) {
        all.current = newToken();
        all.known[all.current] = { language, from: "", joined: false };
        await keepPeople(all);
      }
      return { token: all.current, ...all.known[all.current] };
    },

    /** A new person on the same device. What was written before is still sent, and no longer shown. */
    async nextPerson(language) {
      const all = await people();
      const token = newToken();
      all.known[token] = { language, from: all.current, joined: false };
      all.current = token;
      await keepPeople(all);
      await queue.setFact("drafts", {});
    },

    async notePerson(token, changes) {
      const all = await people();
      if (!all.known[token]) return;
      Object.assign(all.known[token], changes);
      await keepPeople(all);
    },

    /** The first person could not come in: nothing is kept of the attempt. */
    async leave() {
      await keepPeople({ current: "", known: {} });
    },

    shown: async () => (await mine()).filter((note) => !note.withdrawn),

    async write(question, text, language) {
      const { current } = await people();
      const note = { uuid: newId(), token: current, question, text, language, revision: 1, withdrawn: false, sent: 0, refused: "", at: Date.now() };
      await queue.put(note);
      return note;
    },
    change: (uuid, text, language) =>
      queue.change(uuid, (note) => note && { ...note, text, language, revision: note.revision + 1, refused: "" }),
    /** Takes an answer back. One that the server refused is nowhere but here: it just goes. */
    withdraw: (uuid) =>
      queue.change(uuid, (note) => {
        if (!note) return undefined;
        return note.refused && note.sent === 0 ? null : { ...note, text: "", withdrawn: true, revision: note.revision + 1, refused: "" };
      }),

    /** What the server said of one answer. A newer revision made here meanwhile is still to be sent. */
    settle: (uuid, revision, outcome) =>
      queue.change(uuid, (note) => {
        if (!note) return undefined;
        if (!outcome.kept) return note.revision === revision ? { ...note, refused: outcome.status } : undefined;
        const sent = Math.max(note.sent, revision);
        return note.withdrawn && sent >= note.revision ? null : { ...note, sent };
      }),

    /** Everything that has not been acknowledged, person by person, those who left first. */
    async unsent() {
      const { current, known } = await people();
      const notes = (await queue.all()).filter(waits).sort((a, b) => a.at - b.at);
      return Object.entries(known)
        .map(([token, person]) => ({ token, person, notes: notes.filter((note) => note.token === token) }))
        .filter((one) => one.notes.length > 0 || (one.token === current && !one.person.joined));
    },
    waiting: async () => (await queue.all()).filter(waits),

    /** Forgets those who left, once everything of theirs is sent. */
    async tidy() {
      const all = await people();
      const notes = await queue.all();
      for (const token of Object.keys(all.known)) {
        const theirs = notes.filter((note) => note.token === token);
        if (token === all.current || theirs.some(waits)) continue;
        for (const note of theirs) await queue.remove(note.uuid);
        delete all.known[token];
      }
      await keepPeople(all);
    },

    /** Nothing is left of the workshop on this device, not even the name of its base. */
    async wipe() {
      await queue.wipe();
      await new Promise((resolve) => {
        const asked = indexedDB.deleteDatabase(`tissage-${base(code)}`);
        asked.onsuccess = asked.onerror = asked.onblocked = resolve;
      });
    },
  };
}
