// Asking the server, with patience but not for ever. A refusal in JSON is an answer; anything else that is not one throws.
const PATIENCE = 10_000;

export class Over extends Error {}

export async function post(address, body) {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    credentials: "omit",
    cache: "no-store",
    signal: AbortSignal.timeout?.(PATIENCE),
  });
  if (answer.status === 410) throw new Over();
  if (answer.status === 429 || answer.status >= 500) throw new Error(`${answer.status}`);
  return { status: answer.status, said: await answer.json() };
}

/** Where the hall stands; null when nothing changed since `etag`. */
export async function ask(address, etag) {
  const answer = await fetch(address, {
    headers: etag ? { "If-None-Match": etag } : {},
    credentials: "omit",
    cache: "no-store",
    signal: AbortSignal.timeout?.(PATIENCE),
  });
  if (answer.status === 304) return null;
  if (answer.status === 410) throw new Over();
  if (!answer.ok) throw new Error(`${answer.status}`);
  return { etag: answer.headers.get("ETag") ?? "", question: (await answer.json()).question };
}
