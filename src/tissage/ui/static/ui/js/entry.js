// Comfort for fast entry: Ctrl + Enter reads the lines again, or records them once they were read.
"use strict";
document.addEventListener("keydown", (event) => {
  const form = event.target instanceof Element ? event.target.closest("form[data-entry]") : null;
  if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
  }
});
