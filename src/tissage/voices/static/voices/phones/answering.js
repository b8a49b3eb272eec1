// The answering page on a device that holds its own answers: the open question alone, what I wrote, and an honest word on the network.
import { cannotKeep, keep, kept } from "../js/keep.js";
import { cardList, counter } from "./cards.js";
import { openDevice } from "./device.js";
import { end } from "./ending.js";
import { reader } from "./reading.js";
import { sender } from "./sending.js";
import { watch } from "./watching.js";

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const at = (id) => document.getElementById(id);
const data = read("phone-data");
const words = read("phone-words");
const language = document.documentElement.lang;
const asked = new URL(location.href).searchParams.get("langue");

const device = await openDevice(data.code);
const me = await device.me();
if (!me) location.replace(`${data.welcome}?langue=${encodeURIComponent(language)}`);
else if (!asked && me.language !== language && navigator.onLine) location.replace(`${data.page}?langue=${encodeURIComponent(me.language)}`);
else await begin();

async function begin() {
  if (asked === language && me.language !== language) await device.notePerson(me.token, { language, joined: false });

  const field = at("text");
  const voice = reader(at("listen-part"), at("listen"), words);
  const left = counter(field, at("left"), words, data.most);
  const cards = cardList(words, data, {
    change: async (uuid, text) => {
      const note = (await device.shown()).find((one) => one.uuid === uuid);
      await device.change(uuid, text, note?.language ?? language);
      await after(words.said_changed);
    },
    withdraw: async (uuid) => {
      await device.withdraw(uuid);
      await after(words.said_withdrawn);
      (at("asking").hidden ? at("waiting").querySelector("h1") : field).focus();
    },
  });
  let question = (await device.fact("question")) ?? null;
  let screen = "";
  let over = false;
  const trouble = { sending: false, watching: !navigator.onLine };
  let wasInTrouble = false;

  // --- Drawing ---
  function show(name) {
    for (const one of ["asking", "waiting", "next", "refused"]) at(one).hidden = one !== name;
    at("over-part").hidden = name !== "over";
    const calm = name === "asking" || name === "waiting";
    at("shared").hidden = !calm;
    if (!calm) at("other").hidden = true;
    if (screen && screen !== name) document.querySelector(`#${name === "over" ? "over-part" : name} h1`).focus();
    screen = name;
  }

  function wordingOf(one) {
    const chosen = [language, "fr", ...Object.keys(one.wordings)].find((code) => code in one.wordings) ?? "fr";
    return { text: one.wordings[chosen] ?? "", language: chosen };
  }

  function drawQuestion() {
    if (over || screen === "next" || screen === "refused") return;
    if (!question) {
      voice.ask(null);
      return show("waiting");
    }
    const wording = wordingOf(question);
    const title = at("question");
    if (title.textContent !== wording.text) title.textContent = wording.text;
    title.lang = wording.language;
    at("in-french").hidden = wording.language === language || wording.language !== "fr";
    const recorded = question.recordings[language] ?? question.recordings[wording.language];
    const zeros = "00000000-0000-0000-0000-000000000000";
    voice.ask({ ...wording, recording: recorded ? data.recording.replace(zeros, recorded) : "" });
    show("asking");
  }

  async function drawAnswers() {
    const notes = await device.shown();
    const here = notes.filter((note) => note.question === question?.id);
    cards.draw(at("answers"), here);
    at("none").hidden = here.length > 0;
    await drawOthers(notes.filter((note) => note.question !== question?.id));
    cards.forget(new Set(notes.map((note) => note.uuid)));
    await drawNetwork();
  }

  async function drawOthers(notes) {
    const seen = (await device.fact("seen")) ?? {};
    const box = at("other-answers");
    const groups = new Map(notes.map((note) => [String(note.question), []]));
    for (const note of notes) groups.get(String(note.question)).push(note);
    for (const part of [...box.children]) if (!groups.has(part.dataset.question)) part.remove();
    for (const [id, some] of groups) {
      let part = [...box.children].find((one) => one.dataset.question === id);
      if (!part) {
        part = document.createElement("div");
        part.dataset.question = id;
        const title = part.appendChild(document.createElement("h2"));
        title.className = "p-asked";
        title.dir = "auto";
        part.appendChild(document.createElement("ul")).className = "p-answers";
        box.append(part);
      }
      const wording = wordingOf(seen[id] ?? { wordings: {} });
      part.firstElementChild.textContent = wording.text;
      part.firstElementChild.lang = wording.language;
      cards.draw(part.lastElementChild, some);
    }
    at("other").hidden = notes.length === 0 || !["asking", "waiting"].includes(screen);
  }

  async function drawNetwork() {
    const inTrouble = trouble.sending || trouble.watching;
    const waiting = (await device.waiting()).length;
    const bar = at("network");
    bar.hidden = !inTrouble || over;
    const said = inTrouble ? `${words.offline} ${waiting ? words.offline_count.replace("{count}", waiting) : ""}`.trim() : "";
    if (bar.lastElementChild.textContent !== said) bar.lastElementChild.textContent = said;
    if (wasInTrouble && !inTrouble && waiting === 0) say(words.said_all_sent);
    if (!inTrouble && waiting === 0) wasInTrouble = false;
    else wasInTrouble ||= inTrouble;
    await drawNumber();
  }

  async function drawNumber() {
    const { number } = (await device.me()) ?? {};
    at("number").hidden = !number || over;
    at("number").textContent = number ? words.phone_number.replace("{count}", number) : "";
  }

  let silence = 0;
  function say(sentence) {
    clearTimeout(silence);
    at("said").textContent = sentence;
    silence = setTimeout(() => { at("said").textContent = ""; }, 6_000);
  }

  async function after(sentence) {
    say(sentence);
    await drawAnswers();
    post.now();
  }

  // --- Writing ---
  function complain(sentence) {
    at("error").hidden = sentence === "";
    at("error").lastElementChild.textContent = sentence;
    field.toggleAttribute("aria-invalid", sentence !== "");
    if (sentence) field.setAttribute("aria-invalid", "true");
  }

  async function keepDraft() {
    const drafts = (await device.fact("drafts")) ?? {};
    await device.setFact("drafts", { ...drafts, [question?.id ?? 0]: field.value });
  }
  async function takeDraft() {
    field.value = ((await device.fact("drafts")) ?? {})[question?.id ?? 0] ?? "";
    left();
  }
  let soon = 0;
  field.addEventListener("input", () => {
    complain("");
    clearTimeout(soon);
    soon = setTimeout(() => keepDraft().catch(() => {}), 400);
  });

  at("write").addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (!text || !question) {
      complain(words.error_empty);
      return field.focus();
    }
    clearTimeout(soon);
    field.value = ""; // at once: the next answer may be typed while this one goes to the disk
    left();
    complain("");
    try {
      await device.write(question.id, text, at("language").value);
      await keepDraft();
    } catch {
      if (!field.value) field.value = text;
      left();
      return complain(words.storage_failed);
    }
    field.focus();
    await after(words.said_added);
  });

  // --- The next person ---
  at("next-open").addEventListener("click", () => {
    say("");
    show("next");
  });
  at("next-no").addEventListener("click", async () => {
    screen = "";
    drawQuestion();
    await drawAnswers();
    at("next-open").focus();
  });
  at("next-yes").addEventListener("click", async () => {
    clearTimeout(soon);
    await device.nextPerson(language);
    field.value = "";
    left();
    at("other").open = false;
    at("language").value = language;
    screen = "next-done";
    drawQuestion();
    await after(words.next_person_ready);
  });

  // --- The network ---
  async function finish() {
    if (over) return;
    over = true;
    post.stop();
    watcher.stop();
    show("over");
    at("network").hidden = true;
    say("");
    await end(device, at("over-part"), data.page);
  }
  const post = sender(device, data, {
    failing: (is) => { trouble.sending = is; },
    changed: () => over || drawAnswers(),
    refused: (message) => {
      at("refused").querySelector("p").textContent = message;
      show("refused");
    },
    over: finish,
  });
  drawQuestion();
  await takeDraft();
  await drawAnswers();
  const watcher = watch(data.state, {
    failing: (is) => {
      if (trouble.watching === is) return;
      trouble.watching = is;
      if (!is) post.now();
      drawNetwork();
    },
    moment: async (next) => {
      if (next?.id !== question?.id) {
        clearTimeout(soon);
        await keepDraft();
      }
      const changed = next?.id !== question?.id;
      question = next;
      await device.setFact("question", next);
      if (next) await device.setFact("seen", { ...((await device.fact("seen")) ?? {}), [next.id]: { wordings: next.wordings } });
      if (changed) await takeDraft();
      drawQuestion();
      await drawAnswers();
    },
    over: finish,
  });
  device.watch(() => over || drawAnswers());
  post.now();
  await stay();
}

/** Keeps this page on the device, so that it opens again without a network. Where the browser refuses, answers are kept all the same. */
async function stay() {
  if (cannotKeep() || !navigator.onLine || (await kept(data.page).catch(() => "")) === data.release) return;
  await document.fonts?.ready;
  const files = performance.getEntriesByType("resource").map((entry) => new URL(entry.name));
  const ours = files.filter((file) => file.origin === location.origin && file.pathname.startsWith("/static/")).map((file) => file.pathname);
  const from = location.pathname + location.search;
  await keep({ worker: data.worker, scope: data.page, page: data.page, from, files: ours, release: data.release }).catch(() => {});
}
