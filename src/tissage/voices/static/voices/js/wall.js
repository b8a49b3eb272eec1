// The wall on a projector: says when the connection is lost without clearing anything, draws again only what changed, scrolls by itself
// when the cards do not fit, darkens with the hall.
(() => {
  "use strict";
  const wall = document.querySelector("[data-wall]");
  const one = (name) => document.querySelector(`[data-${name}]`);
  const lost = one("lost");
  let seen = "";

  // ---- The cards, every second
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    if (event.detail.requestConfig.verb !== "get") {
      seen = xhr.getResponseHeader("ETag") ?? ""; // what an act gives back is the wall as it now stands: no need to draw it twice
      return;
    }
    const asked = new URL(event.detail.pathInfo.finalRequestPath, location.href).pathname;
    if (new URL(xhr.responseURL).pathname !== asked) {
      event.detail.shouldSwap = false; // the door answered: the cards stay, and the screen says so
      say(lost.dataset.doorWords);
      return;
    }
    if (xhr.status >= 400) return; // htmx swaps nothing then
    say("");
    const etag = xhr.getResponseHeader("ETag");
    const busy = wall.querySelector("details[open]"); // somebody is choosing why to hide a card
    if ((etag && etag === seen) || busy) event.detail.shouldSwap = false;
    else seen = etag;
  });
  for (const trouble of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    document.body.addEventListener(trouble, () => say(lost.dataset.lostWords));
  }
  document.body.addEventListener("htmx:afterSwap", () => { measure(); });
  function say(words) {
    if (lost.textContent !== words) lost.textContent = words;
  }

  // ---- Scrolling by itself, slowly: down, a rest, up again. Never against somebody's hand, never where motion is unwelcome.
  const SPEED = 22; // CSS pixels a second
  const REST = 5000;
  const pause = one("pause");
  const stopWords = pause.textContent;
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const moderated = document.body.classList.contains("is-moderated");
  let wanted = !still.matches && !moderated;
  let restUntil = performance.now() + REST;
  let last = 0;
  let place = 0;
  const room = () => document.documentElement.scrollHeight - innerHeight;
  function measure() {
    pause.hidden = room() < 40;
    pause.textContent = wanted ? stopWords : pause.dataset.goWords;
  }
  function step(now) {
    const passed = Math.min(now - last, 100);
    last = now;
    if (wanted && now > restUntil && room() >= 40) {
      if (Math.abs(scrollY - place) > 2) place = scrollY;
      place += (SPEED * passed) / 1000;
      if (place >= room()) {
        restUntil = now + REST;
        if (scrollY >= room() - 1) place = 0;
        else place = room();
      }
      scrollTo(0, place);
      if (place === 0) restUntil = now + REST;
    }
    requestAnimationFrame(step);
  }
  pause.addEventListener("click", () => { wanted = !wanted; restUntil = 0; measure(); });
  for (const hand of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    addEventListener(hand, () => { restUntil = Math.max(restUntil, performance.now() + 2 * REST); }, { passive: true });
  }
  addEventListener("resize", measure);
  document.fonts?.ready.then(measure);
  measure();
  requestAnimationFrame(step);

  // ---- A dark hall, remembered on this screen
  const dark = one("dark");
  function darken(yes) {
    document.body.classList.toggle("is-dark-hall", yes);
    dark.setAttribute("aria-pressed", String(yes));
  }
  try { darken(localStorage.getItem("tissage-dark-hall") === "1"); } catch { /* a browser that remembers nothing */ }
  dark.addEventListener("click", () => {
    const yes = dark.getAttribute("aria-pressed") !== "true";
    darken(yes);
    try { localStorage.setItem("tissage-dark-hall", yes ? "1" : "0"); } catch { /* the same */ }
  });

  // ---- Full screen
  const full = one("full");
  full.hidden = !document.documentElement.requestFullscreen;
  full.addEventListener("click", () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()));
})();
