// The walls of an event, in turn: each stays a while, then the next one comes. A button holds the one that is there.
(() => {
  "use strict";
  const wall = document.querySelector("[data-wall]");
  const hold = document.querySelector("[data-hold]");
  const next = document.querySelector("[data-next]");
  const stay = Number(wall.dataset.turnSeconds) * 1000;
  let place = new URLSearchParams(location.search).get("table") || "0";
  let since = performance.now();
  const following = () => wall.querySelector("[data-turn]").dataset.turn;

  function turn() {
    place = following();
    since = performance.now();
    scrollTo(0, 0);
    htmx.trigger(wall, "turn");
  }
  wall.addEventListener("htmx:configRequest", (event) => { event.detail.parameters.table = place; });
  hold.hidden = false;
  hold.addEventListener("click", () => {
    const held = hold.getAttribute("aria-pressed") !== "true";
    hold.setAttribute("aria-pressed", String(held));
    since = performance.now();
  });
  next.addEventListener("click", (event) => { event.preventDefault(); turn(); });
  setInterval(() => {
    const held = hold.getAttribute("aria-pressed") === "true";
    if (!held && performance.now() - since > stay && following() !== place) turn();
  }, 500);
})();
