// The hall without a network: enters cards, keeps them on the device, shows them, sends them when it can.
"use strict";

import { cannotKeep, forget, keep, kept } from "../keep.js";
import { newId, open } from "../queue.js";
import { MOST_CHARACTERS, asText, edited, newCard, takenBack, tally } from "./cards.js";
import { list, make, paper, wall, wordings } from "./draw.js";
import { send } from "./send.js";
import { moment, say } from "./words.js";

const hall = JSON.parse(document.getElementById("hall").textContent);
const one = (name) => document.querySelector(`[data-${name}]`);
const EVERY = { done: 60_000, more: 2_000, busy: 5_000, offline: 10_000, signin: 20_000, closed: 60_000, gone: 60_000 };
const VIEWS = ["saisir", "mur", "imprimer"];

const queue = await open(`salle-${hall.id}`);
const form = one("entry");
let cards = await queue.all();
let question = hall.questions[0]?.id;
let state = hall.closed ? "closed" : "";
let editing = "";
let farewell = ""; // said once everything was sent, the workshop closed and this device wiped
let timer = 0;

// ---- What is shown ------------------------------------------------------------------------------------------------

async function refresh() {
  cards = await queue.all();
  const count = tally(cards);
  const asked = hall.questions.find((item) => item.id === question);
  one("asked").replaceChildren(...wordings(asked));
  one("wall-asked").replaceChildren(make("p", { class: "h-code" }, `${asked.code} · ${asked.title}`), ...wordings(asked));
  if (!editing) one("cards").replaceChildren(...list(hall, cards, question));
  const shown = wall(hall, cards, question);
  one("wall").replaceChildren(...(shown.length ? shown : [make("li", { class: "t-muted" }, say("nothing_here"))]));
  one("paper").replaceChildren(...paper(hall, cards));
  one("preview").replaceChildren(...paper(hall, cards));
  const here = cards.filter((card) => card.question === question && !card.withdrawn).length;
  one("count").textContent = say("count_here", { count: here });
  for (const radio of document.querySelectorAll("[data-question]")) {
    const held = cards.filter((card) => String(card.question) === radio.value && !card.withdrawn).length;
    radio.closest("label").querySelector("[data-held]").textContent = held || "";
  }
  showState(count);
}

function showState(count) {
  const network = { offline: say("no_network"), closed: say("is_closed"), gone: say("is_gone"), signin: say("signin") }[state] ?? "";
  const waits = count.waiting ? say("waiting", { count: count.waiting }) : cards.length ? say("nothing_waits") : "";
  const left = count.sent ? say("sent_count", { count: count.sent }) : "";
  const memory = queue.durable ? "" : say("not_durable");
  one("line").textContent = [waits, left, network, memory].filter(Boolean).join(" ");
  one("signin").hidden = state !== "signin";
  const stuck = (state === "closed" || state === "gone") && count.unsent ? say(`stuck_${state}`, { count: count.unsent }) : count.refused ? say("stuck_refused", { count: count.refused }) : "";
  one("stuck").hidden = !stuck;
  one("stuck-words").textContent = stuck;
  one("send").hidden = !count.waiting || state === "closed" || state === "gone";
  form.hidden = state === "closed";
}

async function showReady() {
  const why = cannotKeep();
  const ready = await kept(hall.page);
  const when = await queue.fact("prepared");
  const note = one("ready-note");
  note.classList.toggle("is-done", Boolean(ready || farewell));
  note.classList.toggle("is-attention", !ready && !farewell);
  one("ready").textContent = farewell || (ready && when ? say("ready", { count: when.files, moment: moment(when.at) }) : why ? say(`cannot_${why}`) : say("not_ready"));
  one("prepare").hidden = Boolean(why) || Boolean(ready) || state === "closed";
  one("erase").hidden = !ready && !cards.length;
}

function showView() {
  const wanted = VIEWS.includes(location.hash.slice(1)) ? location.hash.slice(1) : VIEWS[0];
  for (const panel of document.querySelectorAll("[data-panel]")) panel.hidden = panel.dataset.panel !== wanted;
  for (const link of document.querySelectorAll("[data-view]")) {
    if (link.dataset.view === wanted) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  one("questions").hidden = wanted === "imprimer";
}

// ---- Keeping the page ----------------------------------------------------------------------------------------------

async function prepare() {
  one("prepare").disabled = true;
  one("ready").textContent = say("preparing");
  try {
    const files = await keep(hall);
    await queue.setFact("prepared", { at: Date.now(), files });
    await showReady();
  } catch {
    one("ready").textContent = say("prepare_failed");
  }
  one("prepare").disabled = false;
}

async function erase() {
  await queue.wipe();
  await forget(hall.page);
  const registration = await navigator.serviceWorker?.getRegistration(hall.scope);
  if (registration?.scope.endsWith(hall.scope)) await registration.unregister();
  editing = "";
  await refresh();
  await showReady();
}

one("prepare").addEventListener("click", prepare);
one("erase").addEventListener("click", () => {
  const { unsent } = tally(cards);
  one("erase-words").textContent = unsent ? say("erase_unsent", { count: unsent }) : cards.length ? say("erase_all", { count: cards.length }) : say("erase_page");
  one("erase-anyway-row").hidden = !unsent;
  one("erase-anyway").checked = false;
  one("erase-yes").disabled = Boolean(unsent);
  one("dialog").showModal();
});
one("erase-anyway").addEventListener("change", (event) => { one("erase-yes").disabled = !event.target.checked; });
one("dialog").addEventListener("close", () => { if (one("dialog").returnValue === "erase") erase(); });

// ---- Sending -------------------------------------------------------------------------------------------------------

async function trySending() {
  clearTimeout(timer);
  const answer = await send(queue, hall.send, `send-${hall.id}`);
  if (answer !== "busy") state = answer; // another tab is at it: what is known of the server stays
  await refresh();
  const { unsent } = tally(cards);
  if (state === "closed" && !unsent && (cards.length || (await kept(hall.page)))) {
    farewell = say("erased", { count: cards.length });
    await erase();
  }
  timer = setTimeout(trySending, EVERY[answer] ?? EVERY.offline);
}

one("send").addEventListener("click", trySending);
addEventListener("online", trySending);
addEventListener("offline", () => { state = "offline"; refresh(); });
document.addEventListener("visibilitychange", () => { if (!document.hidden) trySending(); });
queue.watch(refresh);

// ---- Writing -------------------------------------------------------------------------------------------------------

const values = () => ({ text: form.text.value.trim(), language: form.language.value, french: form.language.value === "fr" ? "" : form.french.value.trim() });
const draft = () => queue.setFact("draft", { question, text: form.text.value, french: form.french.value, language: form.language.value });

/** Says it beside the field and cuts nothing: the server would refuse the card, and its words must not be lost. */
function tooLong(field, text) {
  const { length } = [...text];
  const words = length > MOST_CHARACTERS ? say("too_long", { length, most: MOST_CHARACTERS }) : "";
  one("too-long").textContent = words;
  if (words) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
  return Boolean(words);
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const said = values();
  if (!said.text || tooLong(form.text, said.text)) return form.text.focus();
  form.text.value = "";
  form.french.value = "";
  form.text.focus();
  try {
    await queue.put(newCard(newId(), { question, ...said }, Date.now()));
  } catch {
    form.text.value = said.text; // the disk refused: nothing typed is lost
    one("line").textContent = say("disk_refused");
    return undefined;
  }
  await draft();
  await refresh();
  await showReady();
  return trySending();
});
form.addEventListener("input", draft);
form.language.addEventListener("change", () => {
  one("french").hidden = form.language.value === "fr";
  const known = hall.languages.find((item) => item.code === form.language.value);
  form.text.lang = known.code;
  form.text.dir = known.dir;
});

one("cards").addEventListener("click", async (event) => {
  const edit = event.target.closest("[data-edit]");
  const remove = event.target.closest("[data-remove]");
  if (remove) {
    await queue.change(remove.dataset.remove, (card) => card && takenBack(card));
    await refresh();
    await trySending();
    form.text.focus();
  } else if (edit) {
    const card = cards.find((item) => item.uuid === edit.dataset.edit);
    editing = card.uuid;
    edit.closest("li").replaceChildren(editor(card));
    one("cards").querySelector("input").focus();
  }
});

function editor(card) {
  const text = make("input", { type: "text", value: card.text, name: "text", "aria-label": say("edit_words"), lang: card.language, dir: "auto" });
  const french = card.language === "fr" ? null : make("input", { type: "text", value: card.french, name: "french", "aria-label": say("edit_french"), lang: "fr" });
  const save = make("form", { class: "o-edit", autocomplete: "off" }, text, french, make("button", { class: "t-button", type: "submit" }, say("save")), make("button", { class: "t-button is-quiet", type: "button", "data-cancel": true }, say("cancel")));
  const done = async () => { editing = ""; await refresh(); document.querySelector(`[data-edit="${card.uuid}"]`)?.focus(); };
  save.addEventListener("submit", async (event) => {
    event.preventDefault();
    const said = { text: text.value.trim(), language: card.language, french: french?.value.trim() ?? "" };
    if (!said.text || tooLong(text, said.text)) return text.focus();
    await queue.change(card.uuid, (now) => now && edited(now, said));
    await done();
    return trySending();
  });
  save.addEventListener("keydown", (event) => { if (event.key === "Escape") done(); });
  save.querySelector("[data-cancel]").addEventListener("click", done);
  return save;
}

// ---- The way out for what cannot be sent ---------------------------------------------------------------------------

const left = () => asText(cards, hall.questions, hall.title);
one("copy").addEventListener("click", async () => {
  await navigator.clipboard?.writeText(left());
  one("copy").textContent = say("copied");
});
one("download").addEventListener("click", () => {
  const address = URL.createObjectURL(new Blob([left()], { type: "text/plain;charset=utf-8" }));
  make("a", { href: address, download: say("file_name") }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
});

// ---- The wall and the print ----------------------------------------------------------------------------------------

one("full").hidden = !document.documentElement.requestFullscreen;
one("full").addEventListener("click", () => (document.fullscreenElement ? document.exitFullscreen() : one("wall-screen").requestFullscreen()));
document.addEventListener("fullscreenchange", () => { one("full").textContent = say(document.fullscreenElement ? "leave_full" : "full"); });
one("print").addEventListener("click", () => print());

// ---- Once ----------------------------------------------------------------------------------------------------------

for (const item of hall.questions) {
  const radio = make("input", { type: "radio", name: "question", value: item.id, "data-question": true });
  radio.addEventListener("change", () => { question = item.id; editing = ""; draft(); refresh(); });
  one("questions").append(make("label", { class: "o-question" }, radio, make("span", {}, `${item.code} · ${item.title}`), make("span", { class: "o-held", "data-held": true })));
}
form.language.append(...hall.languages.map((item) => make("option", { value: item.code, lang: item.code }, item.name)));

const before = await queue.fact("draft");
if (before && hall.questions.some((item) => item.id === before.question)) {
  question = before.question;
  form.text.value = before.text;
  form.french.value = before.french;
  if (hall.languages.some((item) => item.code === before.language)) form.language.value = before.language;
}
form.language.dispatchEvent(new Event("change"));
document.querySelector(`[data-question][value="${question}"]`).checked = true;
addEventListener("hashchange", showView);
one("work").hidden = false;
showView();
await refresh();
await showReady();
await trySending();
// Kept by an earlier release: kept again, whole, with the files of this one.
const release = await kept(hall.page);
if (release && release !== hall.release && state !== "closed" && navigator.onLine) await prepare();
else await showReady();
