// Sends what waits in the outbox: one sender at a time on this phone, whichever page or worker it is.

import { isDoubtful } from "./diary-day.js";
import {
  acknowledge,
  compareClocks,
  doubtTheFuture,
  sendAgain,
  setAside,
  waiting,
} from "./outbox.js";
import { normal, payloadHash } from "./payload.js";
import { known } from "./phone-people.js";

const LOCK = "evenfall-send";
const PATIENCE = 20_000; // ms for one answer
const TURN = 30_000; // ms for another page to finish: it may have fallen asleep in the middle
const JSON_TYPE = "application/json";

/**
 * Send what waits for whoever is signed in, and compare epochs.
 *
 * @returns {Promise<"done" | "offline" | "signed_out" | "refused_for_now">} `done` too where
 *   nights were set aside for the person to decide; `offline` where no server of ours answered
 */
export async function send() {
  // Without a lock too the server counts every saving once, by its id.
  if (!navigator.locks) return round();
  try {
    const signal = AbortSignal.timeout(TURN);
    return await navigator.locks.request(LOCK, { signal }, round);
  } catch (error) {
    if (error.name !== "TimeoutError") throw error;
    return round();
  }
}

/**
 * Let the server have at once what this phone can't keep.
 *
 * @returns {Promise<object | undefined>} what the server answered, undefined where it didn't
 */
export async function sendUnkept(saving) {
  const session = await whoIsSignedIn();
  if (session.person !== saving.person) return undefined;
  const fields = { ...saving.fields, client_id: crypto.randomUUID() };
  const { told } = await post({ ...saving, fields }, session);
  return typeof told?.saved === "boolean" ? told : undefined;
}

async function round() {
  await doubtTheFuture();
  const session = await whoIsSignedIn();
  if (!session.person) return session.trouble;
  const skew = await compareClocks(Date.parse(session.now));
  await sendAgain(session.person, session.epoch);
  const held = new Set(); // nights that the server can't take yet; the others need not wait
  for (const saving of await waiting(session.person)) {
    if (saving.problem || held.has(saving.day)) continue;
    const outcome = await sendOne(saving, session, skew);
    if (outcome === "refused_for_now") held.add(saving.day);
    else if (outcome !== "done") return outcome;
  }
  return held.size > 0 ? "refused_for_now" : "done";
}

async function whoIsSignedIn() {
  const answer = await ask("/session.json", {});
  if (answer.status === 200 && answer.told.person && answer.told.csrf_token) {
    return answer.told;
  }
  return { trouble: answer.told?.error === "signed_out" ? "signed_out" : "offline" };
}

async function sendOne(saving, session, skew) {
  const diary = saving.diary ?? (await known(saving.person));
  if (!saving.isAgain && (saving.isDoubtful || isDoubtful(saving, skew, diary))) {
    await setAside(saving.client_id, { kind: "clock", skew });
    return "done";
  }
  const hash = await payloadHash(normal(saving.fields));
  let answer = await post(saving, session);
  if (answer.told?.error === "csrf") {
    answer = await post(saving, await whoIsSignedIn());
  }
  const { told } = answer;
  if (told?.saved === true) {
    // Whoever else may have answered can't know both.
    if (told.client_id !== saving.client_id || told.payload_sha256 !== hash)
      return "offline";
    await acknowledge(saving, told, session.epoch);
    return "done";
  }
  if (told?.saved !== false) return "offline";
  if (told.error === "signed_out") return "signed_out";
  if (told.error === "wrong_user") return "done"; // another signed in just now: it waits on
  if (told.retry) return "refused_for_now";
  await setAside(saving.client_id, {
    kind: "refused",
    texts: Object.values(told.errors ?? {}),
  });
  return "done";
}

function post(saving, session) {
  return ask(`/diary/${saving.day}`, {
    method: "POST",
    headers: { "Content-Type": JSON_TYPE, "X-CSRF-Token": session.csrf_token ?? "" },
    body: JSON.stringify({
      ...normal(saving.fields),
      phone_now: new Date().toISOString(),
    }),
  });
}

/** Ask the server; `told` is undefined where what came is no answer of a server of ours. */
async function ask(path, options) {
  try {
    const answer = await fetch(path, {
      ...options,
      headers: { Accept: JSON_TYPE, ...options.headers },
      cache: "no-store",
      redirect: "error", // a sign-in page of some network is no answer
      signal: AbortSignal.timeout(PATIENCE),
    });
    const told = await answer.json();
    return { status: answer.status, told: told ?? undefined };
  } catch {
    return { status: 0, told: undefined };
  }
}
