// Blind coding by keyboard: arrow down goes from the words to the list, a letter of sense marks it, Escape comes back to the words.
(() => {
  "use strict";
  const form = document.querySelector("form[data-blind]");
  if (!form) return;
  const words = form.querySelector("input[name=words]");
  let typed = words.value;
  let asked = typed; // what the last list was asked for: more may have been typed since
  let waiting = false; // the list of the words that are there now is still to come
  let goDown = false; // arrow down came before it: taken when it is there
  let sent = false; // a code leaves once, whatever is pressed until the next criterion is there

  const down = () => {
    const first = form.querySelector("input[name=component]");
    goDown = false;
    if (!first) return;
    first.checked = true;
    first.focus();
  };
  words.addEventListener("input", () => {
    goDown = false;
    if (words.value === typed) return;
    typed = words.value;
    waiting = true;
  });
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.target.id === "matches") asked = words.value;
  });
  document.body.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target.id !== "matches") return;
    waiting = words.value !== asked;
    if (goDown && !waiting) down();
  });
  for (const trouble of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    document.body.addEventListener(trouble, () => { waiting = goDown = false; });
  }

  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  window.addEventListener("pageshow", () => { sent = false; }); // come back to by the browser's own key

  form.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const inList = event.target.name === "component";
    if (sent && event.key !== "Tab") {
      event.preventDefault();
    } else if (event.target === words && event.key === "ArrowDown") {
      event.preventDefault();
      if (waiting) goDown = true;
      else down();
    } else if (event.target === words && goDown && event.key === "Enter") {
      event.preventDefault(); // the choice is not there yet
    } else if (inList && event.key === "Escape") {
      event.preventDefault();
      words.focus();
      words.select();
    } else if (inList && event.key.length === 1) {
      const letter = [...form.querySelectorAll("input[name=letter]")].find((one) => one.value === event.key.toUpperCase());
      if (letter) {
        event.preventDefault();
        letter.checked = true;
      }
    } else if (event.key === "Enter" && event.target.tagName === "TEXTAREA" && event.shiftKey) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
})();
