// Sends what the device holds: in order, again and again until each answer is acknowledged, one tab at a time. The server takes each
// revision once, so that sending twice is harmless.
import { alone } from "../js/queue.js";
import { Over, post } from "./posting.js";

const AT_ONCE = 40;
const FIRST = 1_000;
const LAST = 30_000;
const SLOWLY = 15_000; // the server asked to go slower, or another tab is at it

/** `on` = { failing(bool), changed(), refused(message), over() }. Gives { now(), stop() }. */
export function sender(device, data, on) {
  let timer = 0;
  let failures = 0;
  let busy = false;
  let again = false;
  let stopped = false;

  const later = (delay) => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(run, delay);
  };

  async function run() {
    if (stopped) return;
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    again = false;
    try {
      const left = await alone(`send-${data.code}`, deliver);
      failures = 0;
      on.failing(false);
      if (left === undefined || left === "slowly") later(SLOWLY);
    } catch (problem) {
      if (problem instanceof Over) {
        stopped = true;
        on.over();
        return;
      }
      on.failing(true);
      later(Math.min(LAST, FIRST * 2 ** failures) * (0.75 + Math.random() / 2));
      failures += 1;
    } finally {
      busy = false;
      on.changed();
    }
    if (again) later(0);
  }

  async function deliver() {
    let pace = "done";
    for (const { token, person, notes } of await device.unsent()) {
      if (!person.joined && !(await comeIn(token, person))) continue;
      for (let at = 0; at < notes.length; at += AT_ONCE) {
        const part = notes.slice(at, at + AT_ONCE);
        if ((await deliverPart(token, part)) === "slowly") pace = "slowly";
        on.changed();
      }
    }
    await device.tidy();
    return pace;
  }

  async function comeIn(token, person) {
    const { status, said } = await post(data.join, { token, language: person.language, from_token: person.from });
    if (status === 200) {
      await device.notePerson(token, { joined: true, number: said.number });
      return true;
    }
    on.refused(said.message ?? "");
    return false;
  }

  async function deliverPart(token, notes) {
    const answers = notes.map(({ uuid, question, text, language, revision, withdrawn }) => ({ uuid, question, text, language, revision, withdrawn }));
    const { status, said } = await post(data.send, { token, answers });
    if (status === 403) {
      await device.notePerson(token, { joined: false });
      throw new Error("unknown");
    }
    if (status !== 200) {
      // One of them cannot be read: each alone, and only that one is refused.
      if (notes.length === 1) await device.settle(notes[0].uuid, notes[0].revision, { kept: false, status: "unreadable" });
      else for (const note of notes) await deliverPart(token, [note]);
      return "done";
    }
    let pace = "done";
    for (const [at, receipt] of said.receipts.entries()) {
      if (receipt.later) pace = "slowly";
      else await device.settle(receipt.uuid, notes[at].revision, receipt);
    }
    return pace;
  }

  addEventListener("online", () => {
    failures = 0;
    later(0);
  });
  return {
    now: () => later(0),
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
