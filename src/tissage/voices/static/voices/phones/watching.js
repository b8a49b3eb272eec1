// Follows the hall: which question is open, and whether the workshop goes on. Slower when nobody looks, slower and slower without network.
import { Over, ask } from "./posting.js";

const OFTEN = 2_500;
const SELDOM = 15_000;

/** `on` = { moment(question), failing(bool), over() }. */
export function watch(address, on) {
  let etag = "";
  let timer = 0;
  let failures = 0;
  let stopped = false;
  let busy = false;

  const later = (delay) => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(look, delay);
  };

  async function look() {
    if (busy) return;
    busy = true;
    try {
      const moment = await ask(address, etag);
      failures = 0;
      on.failing(false);
      if (moment && !stopped) {
        etag = moment.etag;
        await on.moment(moment.question);
      }
    } catch (problem) {
      if (problem instanceof Over) {
        stopped = true;
        on.over();
        return;
      }
      failures += 1;
      on.failing(true);
    } finally {
      busy = false;
    }
    later(document.hidden ? SELDOM : Math.min(SELDOM, OFTEN * 2 ** failures) * (0.85 + Math.random() * 0.3));
  }

  document.addEventListener("visibilitychange", () => document.hidden || later(0));
  addEventListener("online", () => later(0));
  addEventListener("offline", () => on.failing(true));
  later(0);
  return {
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
