// The coding desk by keyboard. Every act is an ordinary button or field of the page; keys only press them.
// One-letter keys never act while something is typed, and a person can put them out (kept on the device, for their account).
(() => {
  "use strict";
  const help = document.getElementById("desk-help");
  const key = document.getElementById("desk-key");
  const live = document.getElementById("desk-live");
  if (!help || !key || !live) return;
  const place = `tissage.desk.keys.${help.dataset.person}`;
  const toggle = document.getElementById("desk-keys");
  const one = (selector) => document.querySelector(`#desk ${selector}`);

  const kept = () => {
    try { return localStorage.getItem(place) !== "off"; } catch { return true; }
  };
  const show = (on) => {
    toggle.checked = on;
    document.body.classList.toggle("has-keys", on);
  };
  show(kept());
  toggle.addEventListener("change", () => {
    try { localStorage.setItem(place, toggle.checked ? "on" : "off"); } catch { /* private browsing: this page only */ }
    show(toggle.checked);
  });

  const open = (dialog) => {
    if (dialog === key) {
      const chosen = one("input[name=component]:checked");
      for (const part of key.querySelectorAll("[data-dimension]")) part.open = Boolean(chosen) && part.dataset.dimension === chosen.value[0];
    }
    dialog.showModal();
    if (dialog === key) key.querySelector("details[open]")?.scrollIntoView({ block: "nearest" });
  };
  for (const opener of document.querySelectorAll("[data-opens]")) {
    opener.hidden = false;
    opener.addEventListener("click", (event) => {
      event.preventDefault();
      open(document.getElementById(opener.dataset.opens));
    });
  }

  const home = () => document.getElementById("desk-criterion")?.focus({ preventScroll: false });
  const choose = (radio) => {
    radio.checked = true;
    radio.focus();
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const press = (name) => {
    const button = one(`[data-act="${name}"]`);
    if (button) button.click();
    return Boolean(button);
  };
  const save = () => {
    const form = document.getElementById("desk-form");
    if (form && !form.classList.contains("htmx-request")) form.requestSubmit();
  };
  const forget = () => {
    for (const radio of document.querySelectorAll("#desk-form input[type=radio]:checked")) radio.checked = false;
    home();
  };
  const isField = (node) => node.matches("textarea, select, input:not([type=radio], [type=checkbox])") || node.isContentEditable;

  const inSearch = (event, field) => {
    const first = one("#desk-found input[name=component]");
    if (event.key === "Escape") {
      field.value = "";
      field.dispatchEvent(new Event("input", { bubbles: true }));
      home();
    } else if (event.key === "Enter" && first && !waiting) {
      choose(first);
    } else if (event.key === "Enter") {
      takeFirst = waiting && field.value !== "";
    } else if (event.key === "ArrowDown" && first) {
      choose(first);
    } else {
      return;
    }
    event.preventDefault();
  };

  // Enter may come before the list does: it is then taken when the list is there.
  let waiting = false;
  let takeFirst = false;
  let typed = "";
  let asked = ""; // what the last list was asked for: more may have been typed since
  document.addEventListener("input", (event) => {
    if (event.target.id !== "desk-search" || event.target.value === typed) return;
    typed = event.target.value;
    waiting = true;
  });

  // Keys pressed while the server answers are kept, in their order, for what comes: they never act on the criterion that leaves.
  // Enter alone is not: it saves only what stood on the screen when it was pressed.
  let leaving = "";
  let there = false; // the next words are on the screen, its buttons not yet at work
  let ahead = [];
  const placeOf = () => document.getElementById("desk-form")?.getAttribute("action") || "none";
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.target.id === "desk-found") asked = document.getElementById("desk-search").value;
    if (event.detail.target.id !== "desk") return;
    leaving = placeOf();
    there = false;
  });
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id === "desk" || event.detail.elt.id === "desk") there = true;
  });
  window.addEventListener("pageshow", () => { leaving = ""; }); // come back to by the browser's own key
  const keep = (event) => {
    const target = event.target instanceof Element ? event.target : document.body;
    if (!leaving && !takeFirst) return false;
    if (document.querySelector("dialog[open]") || (isField(target) && target.id !== "desk-search")) return false;
    if (event.key === "Escape") {
      ahead = [];
      takeFirst = false;
    } else if (event.key.length === 1 || ["Enter", "ArrowDown"].includes(event.key)) {
      if (!event.repeat && ahead.length < 60) ahead.push({ key: event.key, unseen: Boolean(leaving) && !there });
      event.preventDefault();
      return true;
    }
    return false;
  };
  const replay = () => {
    const keys = ahead;
    ahead = [];
    for (const [number, { key: pressed, unseen }] of keys.entries()) {
      if (leaving || takeFirst) { // one of them asked the server something: the others wait for that
        ahead = keys.slice(number);
        return;
      }
      const field = document.activeElement || document.body;
      if (pressed === "Enter" && unseen && field.id !== "desk-search") return;
      const untouched = field.dispatchEvent(new KeyboardEvent("keydown", { key: pressed, bubbles: true, cancelable: true }));
      const now = document.activeElement;
      if (!untouched || pressed.length > 1 || !now || !isField(now) || !("value" in now) || now.tagName === "SELECT") continue;
      now.value += pressed;
      now.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };

  const afterChoice = (pressed) => {
    if (pressed === "-" || pressed === "–") return one("#letter-none");
    return pressed.length === 1 ? one(`input[data-letter="${CSS.escape(pressed.toUpperCase())}"]`) : null;
  };
  const fields = { f: "#id_facet", b: "#id_beneficiary", m: "#id_memo" };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.isComposing || keep(event)) return;
    if (document.querySelector("dialog[open]") || !document.getElementById("desk-criterion")) {
      if (!document.querySelector("dialog[open]") && event.key === "u" && toggle.checked && !isField(event.target)) press("u");
      return;
    }
    const target = event.target instanceof Element ? event.target : document.body;
    if (target.id === "desk-search") return inSearch(event, target);
    if (isField(target)) {
      if (event.key === "Escape") home();
      return;
    }
    const chosen = one("input[name=component]:checked");
    if (event.key === "Escape") {
      forget();
    } else if (event.key === "Enter") {
      if (!chosen || target.closest("a, button, summary")) return;
      save();
    } else if (!toggle.checked) {
      return;
    } else if (/^[0-5]$/.test(event.key)) {
      const radio = one(`input[data-number="${event.key}"]`);
      if (radio) choose(radio);
    } else if (event.key === "?") {
      open(help);
    } else if (event.key === "/") {
      document.getElementById("desk-search").focus();
    } else if (chosen && afterChoice(event.key)) {
      choose(afterChoice(event.key));
    } else if (event.key === "k") {
      open(key);
    } else if (chosen && fields[event.key]) {
      const field = document.querySelector(fields[event.key]);
      const fold = field.closest("details");
      if (fold) fold.open = true;
      field.focus();
    } else if (!chosen && ["s", "u", "v"].includes(event.key) && press(event.key)) {
      // pressed
    } else if (!chosen && /^\p{L}$/u.test(event.key)) {
      document.getElementById("desk-search").focus(); // the letter itself then goes into the field
      return;
    } else {
      return;
    }
    event.preventDefault();
  });

  const lost = document.getElementById("desk-lost");
  for (const trouble of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    document.body.addEventListener(trouble, () => {
      lost.hidden = false;
      leaving = "";
      waiting = takeFirst = false;
      ahead = [];
    });
  }
  document.body.addEventListener("htmx:afterSettle", (event) => {
    const swapped = event.detail.target;
    lost.hidden = true;
    if (swapped.id === "desk" || event.detail.elt.id === "desk") {
      const desk = document.getElementById("desk");
      live.textContent = desk.dataset.said.trim();
      waiting = takeFirst = false;
      typed = document.getElementById("desk-search")?.value || "";
      const alert = desk.querySelector("[role=alert]");
      if (document.getElementById("desk-criterion")) home();
      else desk.querySelector("a")?.focus();
      (alert || desk).scrollIntoView({ block: "nearest" });
      if (leaving === placeOf()) ahead = []; // refused: these keys were meant for the next one
      leaving = "";
      replay();
    } else if (swapped.id === "desk-found" || event.detail.elt.id === "desk-found") {
      waiting = document.getElementById("desk-search").value !== asked;
      if (waiting) return;
      live.textContent = document.getElementById("desk-found").dataset.count;
      const first = one("#desk-found input[name=component]");
      if (takeFirst && first) choose(first);
      else if (takeFirst) ahead = [];
      takeFirst = false;
      replay();
    }
  });
  home();
})();
