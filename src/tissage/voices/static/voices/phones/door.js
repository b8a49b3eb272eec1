// « Commencer »: this device makes its own token. Where the browser keeps nothing, the form goes as it is and a cookie does the rest.
import { openDevice } from "./device.js";
import { Over, post } from "./posting.js";

const box = document.getElementById("join");
const { code, answer } = box.dataset;
const device = await openDevice(code);
const goOn = (language) => location.assign(`${answer}?langue=${encodeURIComponent(language)}`);

if (!(box instanceof HTMLFormElement)) {
  // The door is closed to new phones; this one may be in already.
  const me = await device.me();
  if (me) location.replace(`${answer}?langue=${encodeURIComponent(me.language)}`);
} else if (device.durable) {
  const refusal = document.getElementById("refusal");
  const say = (message) => {
    refusal.textContent = message;
    refusal.hidden = message === "";
  };
  box.addEventListener("submit", async (event) => {
    event.preventDefault();
    say("");
    const language = new FormData(box).get("langue");
    const me = await device.begin(language);
    await device.notePerson(me.token, { language });
    try {
      const { status, said } = await post(box.action, { token: me.token, language, from_token: me.from });
      if (status === 200) {
        await device.notePerson(me.token, { joined: true, number: said.number });
        return goOn(language);
      }
      if ((await device.waiting()).length === 0) await device.leave();
      say(said.message ?? "");
    } catch (problem) {
      if (problem instanceof Over) location.reload();
      else if (me.joined) goOn(language);
      else say(box.dataset.offline);
    }
  });
}

document.documentElement.dataset.ready = "1";
if (box.dataset.pressed) box.requestSubmit();
