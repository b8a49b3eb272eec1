// Reads the question aloud: the recorded voice when there is one, else a voice of this very device. A voice that a browser would fetch
// elsewhere is not used: nothing leaves the device to be spoken.
const synthesis = "speechSynthesis" in window ? window.speechSynthesis : null;

function voiceFor(language) {
  const wanted = language.toLowerCase();
  const here = (synthesis?.getVoices() ?? []).filter((voice) => voice.localService);
  const code = (voice) => voice.lang.toLowerCase().replace("_", "-");
  return here.find((voice) => code(voice) === wanted) ?? here.find((voice) => code(voice).split("-")[0] === wanted.split("-")[0]) ?? null;
}

/** Keeps the button right for what is asked: { text, language, recording } or null. */
export function reader(part, button, words) {
  const label = button.querySelector("span");
  let asked = null;
  let sound = null;

  const idle = () => {
    button.setAttribute("aria-pressed", "false");
    label.textContent = words.listen_button;
  };
  const stop = () => {
    sound?.pause();
    sound = null;
    synthesis?.cancel();
    idle();
  };
  const offer = () => {
    part.hidden = !asked || !(asked.recording || voiceFor(asked.language));
  };
  const speak = () => {
    const voice = voiceFor(asked.language);
    if (!voice) return idle();
    const said = new SpeechSynthesisUtterance(asked.text);
    said.voice = voice;
    said.lang = voice.lang;
    said.rate = 0.9;
    said.onend = said.onerror = idle;
    synthesis.speak(said);
  };

  button.addEventListener("click", () => {
    if (button.getAttribute("aria-pressed") === "true") return stop();
    button.setAttribute("aria-pressed", "true");
    label.textContent = words.stop_button;
    if (!asked.recording) return speak();
    sound = new Audio(asked.recording);
    sound.onended = idle;
    sound.play().catch(speak); // no network, or a sound that this device cannot play
  });
  synthesis?.addEventListener?.("voiceschanged", offer);

  return {
    ask(next) {
      if (asked?.text === next?.text && asked?.recording === next?.recording) return;
      stop();
      asked = next;
      offer();
    },
  };
}
