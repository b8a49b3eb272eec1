// Sends what waits, when there is a network, one tab at a time. Sending twice does no harm: the server knows a card by its uuid and
// revision. Nothing leaves the device's queue because it was sent: only because the server said that it holds it.
"use strict";

import { alone } from "../queue.js";
import { isWaiting } from "./cards.js";

const AT_ONCE = 40;
const WORST = 30_000; // milliseconds: a server that says nothing for so long is not there

/**
 * One delivery. Gives what is known of the server, in a word:
 *   "done" all is sent · "more" something was written meanwhile, or is to be sent later · "offline" no network, or no answer · "signin" the sign-in has expired · "closed" the workshop is closed ·
 *   "gone" this account does not open this workshop · "busy" another tab is sending
 */
export async function send(queue, address, name) {
  if (!navigator.onLine) return "offline";
  return (await alone(name, () => deliver(queue, address))) ?? "busy";
}

async function deliver(queue, address) {
  const hello = await ask(address, { headers: { Accept: "application/json" } });
  if (hello.state !== "ok") return hello.state;
  if (hello.body.closed) return "closed";
  const waiting = (await queue.all()).filter(isWaiting);
  for (let at = 0; at < waiting.length; at += AT_ONCE) {
    const part = waiting.slice(at, at + AT_ONCE);
    // Said before leaving: if no answer comes back, taking the card away later must tell the server too.
    for (const card of part) await queue.change(card.uuid, (now) => now && { ...now, tried: Math.max(now.tried, card.revision) });
    const answer = await ask(address, {
      method: "POST",
      headers: { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": hello.body.token },
      body: JSON.stringify({ cards: part.map(({ uuid, question, text, language, french, revision, withdrawn }) => ({ uuid, question, text, language, french, revision, withdrawn })) }),
    });
    if (answer.state !== "ok") return answer.state;
    for (const receipt of answer.body.receipts) {
      const left = part.find((card) => card.uuid === receipt.uuid);
      if (left) await queue.change(receipt.uuid, (now) => acknowledged(now, left, receipt));
    }
  }
  return (await queue.all()).some(isWaiting) ? "more" : "done";
}

/** The card after the server's word about one revision of it; a change made meanwhile still waits. */
function acknowledged(now, left, receipt) {
  if (!now) return undefined;
  if (receipt.kept) {
    const known = { ...now, sent: Math.max(now.sent, left.revision) };
    return known.withdrawn && known.sent >= known.revision ? null : known;
  }
  if (receipt.later || now.revision !== left.revision) return undefined;
  return now.withdrawn ? null : { ...now, refused: receipt.status };
}

async function ask(address, options) {
  let answer;
  try {
    // A redirection is the door: the sign-in has expired, or a second factor is asked.
    answer = await fetch(address, { ...options, redirect: "manual", credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(WORST) });
  } catch {
    return { state: "offline" };
  }
  if (answer.type === "opaqueredirect" || answer.status === 401) return { state: "signin" };
  if (answer.status === 404) return { state: "gone" };
  if (answer.status === 409) return { state: "closed" };
  if (!answer.ok) return { state: "offline" }; // a server in trouble, or a token that turned old: the next try asks for another
  try {
    return { state: "ok", body: await answer.json() };
  } catch {
    return { state: "offline" }; // the Wi-Fi of the hall answered instead of the server: its own welcome page
  }
}
