// The reading desk by keyboard: P publishes, C opens the redaction, N opens the refusal. Only while reading one line at a
// time, and never inside a field. Everything works without it: the buttons are ordinary buttons.
(() => {
  "use strict";
  const lines = document.querySelectorAll("[data-reading]");
  if (lines.length !== 1) return;
  const line = lines[0];
  for (const words of line.querySelectorAll(".s-keys")) words.hidden = false;
  line.focus({ preventScroll: true });
  line.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, textarea, select")) return;
    const act = line.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!act) return;
    event.preventDefault();
    if (act.tagName === "SUMMARY") {
      act.parentElement.open = true;
      act.parentElement.querySelector("textarea, input:not([type=hidden])").focus();
    } else {
      act.click();
    }
  });
})();
