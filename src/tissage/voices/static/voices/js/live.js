// Parts of a page that ask for themselves every two seconds: what did not change is not drawn again, so that nobody loses the button under a finger.
(() => {
  "use strict";
  const plain = (etag) => (etag || "").replace(/^W\//, "");
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const { target, xhr, requestConfig } = event.detail;
    if (requestConfig.verb !== "get" || !target.matches("[data-live]")) return;
    const asked = new URL(event.detail.pathInfo.finalRequestPath, location.href).pathname;
    const signedOut = new URL(xhr.responseURL).pathname !== asked;
    const same = plain(xhr.getResponseHeader("ETag")) === plain(target.dataset.live);
    if (signedOut) location.reload(); // the door answered: the whole page says so
    if (signedOut || same) event.detail.shouldSwap = false;
  });

  // What somebody unfolded stays unfolded when the part is drawn again.
  let unfolded = [];
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    unfolded = [...event.detail.target.querySelectorAll("details[open][id]")].map((details) => details.id);
  });
  document.body.addEventListener("htmx:afterSwap", () => {
    for (const id of unfolded) document.getElementById(id)?.setAttribute("open", "");
  });
})();
