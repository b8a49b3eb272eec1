// The sentences of the page, written by the server in the language of the screen.
"use strict";

const { words } = JSON.parse(document.getElementById("hall").textContent);
const plural = new Intl.PluralRules(document.documentElement.lang);

/** `say("ready", {files: 12})`; a sentence that counts is a pair, and `count` chooses. */
export function say(key, values = {}) {
  const found = words[key];
  const sentence = Array.isArray(found) ? found[plural.select(values.count) === "one" ? 0 : 1] : found;
  return sentence.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
}

export const knows = (key) => key in words;

export function moment(time) {
  const when = new Date(time);
  const date = new Intl.DateTimeFormat(document.documentElement.lang, { day: "numeric", month: "long" }).format(when);
  return say("moment", { date, hour: when.getHours(), minute: String(when.getMinutes()).padStart(2, "0") });
}
