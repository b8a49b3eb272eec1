// Figures saved as they are typed: says what happens beside each field, keeps the text when the network is lost, and sends it again
// when it is back. Everything works without it: « Enregistrer » is an ordinary button.
"use strict";
(() => {
  const form = document.querySelector("[data-figures]");
  if (!form) return;
  const waiting = new Set();

  const said = (element) => {
    const target = element.getAttribute("hx-target");
    const place = target && document.querySelector(target);
    return place && (place.matches("[data-said]") ? place : place.querySelector("[data-said]"));
  };
  const say = (element, words, kind) => {
    const place = said(element);
    if (!place) return;
    const text = document.createElement("span");
    text.className = kind;
    text.textContent = words;
    place.replaceChildren(text);
  };

  document.body.addEventListener("htmx:beforeRequest", (event) => say(event.detail.elt, form.dataset.waiting, "t-muted"));
  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) waiting.delete(event.detail.elt);
  });
  for (const lost of ["htmx:sendError", "htmx:timeout"]) {
    document.body.addEventListener(lost, (event) => {
      waiting.add(event.detail.elt);
      say(event.detail.elt, form.dataset.offline, "t-error");
    });
  }
  document.body.addEventListener("htmx:responseError", (event) => {
    waiting.add(event.detail.elt);
    const gone = [403, 404, 410].includes(event.detail.xhr.status);
    say(event.detail.elt, gone ? form.dataset.closed : form.dataset.offline, "t-error");
  });

  const again = () => {
    if (!navigator.onLine) return;
    for (const element of waiting) {
      waiting.delete(element);
      if (element.isConnected) element.dispatchEvent(new Event("change", { bubbles: true }));
    }
  };
  window.addEventListener("online", again);
  setInterval(again, 20000);
  window.addEventListener("beforeunload", (event) => {
    if (waiting.size) event.preventDefault();
  });
  form.addEventListener("submit", () => waiting.clear());
})();
