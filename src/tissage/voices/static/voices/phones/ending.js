// The end of the workshop on this device: what left is forgotten; what could not leave is shown, until the person erases it.
import { forget } from "../js/keep.js";

export async function end(device, root, page) {
  const waiting = (await device.waiting()).filter((note) => !note.withdrawn);
  const erase = async () => {
    await device.wipe();
    await forget(page);
    const registration = await navigator.serviceWorker?.getRegistration(page);
    if (registration && new URL(registration.scope).pathname === page) await registration.unregister();
    root.querySelector("#unsent").hidden = true;
    root.querySelector("#forgotten").hidden = false;
  };
  if (waiting.length === 0) return erase();
  const part = root.querySelector("#unsent");
  const count = part.querySelector("[data-say]");
  count.textContent = count.textContent.replace("{count}", waiting.length);
  part.querySelector("ul").replaceChildren(
    ...waiting.map((note) => {
      const item = document.createElement("li");
      item.className = "p-answer p-words";
      item.dir = "auto";
      item.textContent = note.text;
      return item;
    }),
  );
  part.querySelector("#erase").addEventListener("click", erase);
  part.hidden = false;
}
