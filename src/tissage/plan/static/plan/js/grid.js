// The grid of a budget: the arrows go from one action to the next within a line. Everything works without it.
"use strict";
(() => {
  const form = document.querySelector("[data-grid]");
  if (!form) return;
  form.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const cell = event.target.closest?.("td");
    if (!step || !cell || !event.target.matches("input[inputmode]")) return;
    const row = cell.parentElement;
    let next = row;
    do next = step > 0 ? next.nextElementSibling : next.previousElementSibling;
    while (next && !next.cells[cell.cellIndex]?.querySelector("input"));
    const field = next?.cells[cell.cellIndex].querySelector("input");
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
})();
