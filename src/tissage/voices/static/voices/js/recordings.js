// Recording a question in the browser. The sound is put in the form's own file field and sent as a chosen file would be.
"use strict";
(() => {
  const MOST_SECONDS = 120;
  const MOST_BYTES = 2 * 1024 * 1024;
  const KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
  const forms = document.querySelectorAll("form[data-recorder]");
  const able = Boolean(window.isSecureContext && navigator.mediaDevices && window.MediaRecorder);
  for (const word of document.querySelectorAll("[data-needs-microphone]")) word.hidden = able;
  if (!able) return;

  const told = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

  for (const form of forms) {
    const start = form.querySelector("[data-record]");
    const stop = form.querySelector("[data-stop]");
    const clock = form.querySelector("[data-clock]");
    const failure = form.querySelector("[data-failure]");
    let recorder = null;
    form.querySelector("[data-record-tools]").hidden = false;

    const fail = (words) => {
      failure.textContent = words;
      failure.hidden = false;
    };
    const send = (blob) => {
      if (blob.size > MOST_BYTES) return fail(failure.dataset.heavy);
      const ending = blob.type.includes("mp4") ? "m4a" : blob.type.includes("ogg") ? "ogg" : "webm";
      const list = new DataTransfer();
      list.items.add(new File([blob], `${form.dataset.fileName}.${ending}`, { type: blob.type }));
      form.querySelector("input[type=file]").files = list.files;
      form.requestSubmit();
    };

    start.addEventListener("click", async () => {
      failure.hidden = true;
      let stream;
      try {
        stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      } catch {
        return fail(failure.dataset.refused);
      }
      const kind = KINDS.find((one) => MediaRecorder.isTypeSupported(one));
      recorder = new MediaRecorder(stream, { ...(kind ? { mimeType: kind } : {}), audioBitsPerSecond: 48000 });
      const pieces = [];
      let seconds = 0;
      recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
      const tick = setInterval(() => {
        seconds += 1;
        clock.textContent = told(seconds);
        if (seconds >= MOST_SECONDS && recorder.state === "recording") recorder.stop();
      }, 1000);
      recorder.addEventListener("stop", () => {
        clearInterval(tick);
        for (const track of stream.getTracks()) track.stop();
        start.hidden = false;
        stop.hidden = true;
        send(new Blob(pieces, { type: recorder.mimeType }));
      });
      recorder.start();
      clock.textContent = told(0);
      start.hidden = true;
      stop.hidden = false;
      stop.focus();
    });
    stop.addEventListener("click", () => recorder && recorder.state === "recording" && recorder.stop());
  }
})();
