// Blind coding by keyboard: arrow down goes from the words to the list, a letter of sense marks it, Escape comes back to the words.
"use strict";
document.addEventListener("keydown", (event) => {
  const form = event.target instanceof Element ? event.target.closest("form[data-blind]") : null;
  if (!form || event.ctrlKey || event.metaKey || event.altKey) return;
  const words = form.querySelector("input[name=words]");
  const inList = event.target.name === "component";
  if (event.target === words && event.key === "ArrowDown") {
    const first = form.querySelector("input[name=component]");
    if (first) {
      event.preventDefault();
      first.checked = true;
      first.focus();
    }
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
