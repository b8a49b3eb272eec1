// A photo in its frame: larger by a button or a double click, moved by scrolling. Without this, « Voir en entier » opens it.
"use strict";
(() => {
  const STEPS = 4; // as wide as the frame, then two, three and four times
  const step = (sheet) => Number(sheet.dataset.step || "1");
  const scale = (sheet, wanted, at) => {
    const frame = sheet.querySelector(".v-sheet-frame");
    const before = step(sheet);
    const now = Math.min(STEPS, Math.max(1, wanted));
    const x = at ? at.x : frame.clientWidth / 2;
    const y = at ? at.y : frame.clientHeight / 2;
    const place = { x: (frame.scrollLeft + x) / before, y: (frame.scrollTop + y) / before };
    sheet.dataset.step = String(now);
    frame.scrollLeft = place.x * now - x;
    frame.scrollTop = place.y * now - y;
    sheet.querySelector("[data-zoom=in]").disabled = now === STEPS;
    sheet.querySelector("[data-zoom=out]").disabled = now === 1;
  };
  const show = (root) => {
    for (const tools of root.querySelectorAll("[data-zoom-tools]")) tools.hidden = false;
  };
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-zoom]") : null;
    if (!button) return;
    const sheet = button.closest("[data-sheet]");
    scale(sheet, step(sheet) + (button.dataset.zoom === "in" ? 1 : -1));
  });
  document.addEventListener("dblclick", (event) => {
    const frame = event.target instanceof Element ? event.target.closest(".v-sheet-frame") : null;
    if (!frame) return;
    const sheet = frame.closest("[data-sheet]");
    const box = frame.getBoundingClientRect();
    scale(sheet, step(sheet) === STEPS ? 1 : step(sheet) + 1, { x: event.clientX - box.left, y: event.clientY - box.top });
  });
  document.addEventListener("htmx:afterSwap", (event) => show(event.target));
  show(document);
})();
