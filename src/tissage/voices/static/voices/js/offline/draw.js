// What the page shows of the cards: the list under the entry, the wall, the print. Every word of a resident is set as text.
"use strict";

import { inOrder, isShown, isUnsent, together } from "./cards.js";
import { knows, say } from "./words.js";

/** An element: make("p", {class: "t-muted", lang: "ar"}, "text", child…). */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

const quoted = (text, language) => (language === "fr" || !language ? `«\u00a0${text}\u00a0»` : text);

function words(hall, { text, language, french }) {
  const known = hall.languages.find((one) => one.code === language);
  const parts = [make("p", { class: "h-words", lang: language || false, dir: known?.dir ?? "auto" }, quoted(text, language))];
  if (french) parts.push(make("p", { class: "h-french", lang: "fr" }, quoted(french, "fr")));
  return parts;
}

/** The cards of one question, the last first. */
export function list(hall, cards, question) {
  const mine = inOrder(cards).filter((card) => card.question === question && isShown(card)).reverse();
  return mine.map((card) => {
    const unsent = isUnsent(card);
    const state = card.refused && unsent ? ["is-stop", say(knows(`refused_${card.refused}`) ? `refused_${card.refused}` : "refused")] : unsent ? ["is-attention", say("queued")] : ["is-done", say("sent")];
    return make(
      "li",
      { class: "o-card", "data-card": card.uuid },
      make("div", { class: "o-card-words" }, ...words(hall, card)),
      make(
        "div",
        { class: "o-card-foot" },
        make("span", { class: `t-pill ${state[0]}` }, state[1]),
        make("button", { class: "t-button is-link", type: "button", "data-edit": card.uuid, "aria-label": say("edit_this", { words: card.text }) }, say("edit")),
        make("button", { class: "t-button is-link", type: "button", "data-remove": card.uuid, "aria-label": say("remove_this", { words: card.text }) }, say("remove")),
      ),
    );
  });
}

export function wall(hall, cards, question) {
  return together(cards, question).map((card) => {
    const times = card.count > 1 ? make("p", { class: "h-times" }, make("span", { "aria-hidden": "true" }, `×\u00a0${card.count}`), make("span", { class: "visually-hidden" }, say("times", { count: card.count }))) : null;
    return make("li", { class: "h-card" }, ...words(hall, card), times);
  });
}

/** The group's words by question, for paper. */
export function paper(hall, cards) {
  return hall.questions.map((question) => {
    const said = together(cards, question.id);
    const body = said.length
      ? make("ul", {}, ...said.map((card) => make("li", {}, ...words(hall, card), card.count > 1 ? make("span", { class: "h-times" }, `×\u00a0${card.count}`) : null)))
      : make("p", { class: "t-muted" }, say("nothing_here"));
    return make("section", {}, make("h2", {}, `${question.code} · ${question.title}`), ...wordings(question), body);
  });
}

export function wordings(question) {
  return question.wordings.map((one) => make("p", { class: "o-wording", lang: one.language, dir: one.dir }, one.text));
}
