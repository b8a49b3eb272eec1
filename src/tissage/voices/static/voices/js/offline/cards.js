// Cards as this device holds them: which are sent, which wait, which say the same. No screen and no network here.
//
// A card: {uuid, question, text, language, french, revision, sent, tried, withdrawn, refused, at}
//   revision grows with each change made here; `sent` is the last revision that the server acknowledged (0: none)
//   tried: it left at least once, so the server may hold it even when no answer came back
"use strict";

export const MOST_CHARACTERS = 280;

export function newCard(uuid, { question, text, language, french }, at) {
  return { uuid, question, text, language, french, revision: 1, sent: 0, tried: 0, withdrawn: false, refused: "", at };
}

export function edited(card, { text, language, french }) {
  return { ...card, text, language, french, revision: card.revision + 1, refused: "" };
}

/** The card once taken back: gone at once when it never left, otherwise emptied, and the server is told. */
export function takenBack(card) {
  if (!card.tried) return null;
  return { ...card, text: "", french: "", withdrawn: true, revision: card.revision + 1, refused: "" };
}

export const isWaiting = (card) => card.sent < card.revision && !card.refused;
export const isUnsent = (card) => card.sent < card.revision;
export const isShown = (card) => !card.withdrawn;

export function tally(cards) {
  const shown = cards.filter(isShown);
  return {
    waiting: cards.filter(isWaiting).length,
    refused: shown.filter((card) => card.refused && isUnsent(card)).length,
    sent: shown.filter((card) => !isUnsent(card)).length,
    unsent: cards.filter(isUnsent).length,
  };
}

/** The same words whatever their case, accents and spaces: as the server folds them (core/folding.py). */
export function folded(text) {
  const plain = text.replace(/[’‘ʼ]/g, "'").replace(/[«»“”]/g, '"').replaceAll("…", "...");
  return plain.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("œ", "oe").replaceAll("æ", "ae").replaceAll("ß", "ss").split(/\s+/).filter(Boolean).join(" ");
}

/** Cards of one question in the order they were written, the identical ones once: [{text, language, french, count}]. */
export function together(cards, question) {
  const found = new Map();
  for (const card of inOrder(cards)) {
    if (card.question !== question || !isShown(card)) continue;
    const key = `${card.language}\n${folded(card.text)}`;
    const same = found.get(key);
    if (same) {
      same.count += 1;
      same.french ||= card.french;
    } else {
      found.set(key, { text: card.text, language: card.language, french: card.french, count: 1 });
    }
  }
  return [...found.values()];
}

export function inOrder(cards) {
  return [...cards].sort((one, other) => one.at - other.at || (one.uuid < other.uuid ? -1 : 1));
}

/** What is not sent, as plain text that can be pasted anywhere. */
export function asText(cards, questions, title) {
  const lines = [title, ""];
  for (const question of questions) {
    const left = inOrder(cards).filter((card) => card.question === question.id && isUnsent(card) && isShown(card));
    if (!left.length) continue;
    lines.push(`${question.code} · ${question.title}`);
    for (const card of left) lines.push(`- ${card.text}${card.french ? ` (${card.french})` : ""}${card.language === "fr" ? "" : ` [${card.language}]`}`);
    lines.push("");
  }
  return lines.join("\n");
}
