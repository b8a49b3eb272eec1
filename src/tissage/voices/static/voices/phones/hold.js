// « Commencer » pressed before door.js is there: wait for it, so that this device keeps its own words without a network.
// If it does not come, the form goes as it is and a cookie does the rest.
const page = document.documentElement;
const PATIENCE = 8000;

document.addEventListener("submit", (event) => {
  if (page.dataset.ready) return;
  event.preventDefault();
  event.target.dataset.pressed = "1";
  setTimeout(() => {
    if (!page.dataset.ready) event.target.submit();
  }, PATIENCE);
});
