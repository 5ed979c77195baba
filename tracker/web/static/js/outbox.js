// The outbox: nights saved on this phone until the server has them, a queue for each person.

import { change, read, readAll } from "./store.js";

export const KEPT = 48 * 3_600_000; // ms that a night stays here after it arrived
const TOLERANCE = 120_000; // ms that a clock may run backwards
const CHANNEL = "evenfall-outbox";

/** Tell every open page that something changed. */
function tell() {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage("changed");
  channel.close();
}

/** Call `heard` whenever a page or the service worker changed something. */
export function listen(heard) {
  new BroadcastChannel(CHANNEL).addEventListener("message", heard);
}

/**
 * Keep one saving, and let go of the draft it was. What the same phone saved before for that
 * night is named as its predecessor, so that nobody seems to contradict themselves. What came
 * back from an earlier epoch goes before what is saved now: `order` never begins anew.
 *
 * @param {object} saving - `person`, `day`, `fields`, `shown`, `saved` (ms), `chosenBy`
 * @returns {Promise<string>} its `client_id`
 */
export async function keep(saving) {
  const { person, day } = saving;
  const id = crypto.randomUUID();
  await change(["outbox", "sent", "drafts", "facts", "people"], async (store) => {
    const waiting = await store("outbox").all();
    const sent = await store("sent").all();
    const diary = await store("people").get(person);
    const clock = await store("facts").get("clock");
    const before = predecessor(
      waiting.filter((one) => one.person === person && one.day === day),
      sent.filter((one) => one.person === person && one.day === day),
      Number(saving.fields.base_revision),
    );
    await store("outbox").put({
      ...saving,
      client_id: id,
      fields: {
        ...saving.fields,
        client_id: id,
        person,
        ...(before ? { replaces: before.client_id } : {}),
      },
      order: after([...waiting, ...sent]),
      diary: diary ? { zone: diary.zone, rollover: diary.rollover } : null,
      skew: clock ? clock.skew : null,
      floor: clock ? clock.floor : 0,
      // Saved before what was saved before it: the clock was put back.
      isDoubtful: waiting.some((one) => one.saved > saving.saved + TOLERANCE),
      problem: null,
    });
    await store("drafts").remove([person, day]);
  });
  tell();
  return id;
}

function predecessor(waiting, sent, base) {
  const newest = (list, key) => list.toSorted((a, b) => b[key] - a[key])[0];
  const arrived = newest(sent, "revision");
  return newest(waiting, "order") ?? (arrived?.revision > base ? arrived : undefined);
}

/** Return the place in the queue after all of these. */
export function after(list) {
  return Math.max(0, ...list.map((one) => one.order)) + 1;
}

/** Return what waits, oldest first: of one person, or of all. */
export async function waiting(person) {
  const all = await readAll("outbox");
  return all
    .filter((one) => person === undefined || one.person === person)
    .sort((a, b) => a.order - b.order);
}

/** Return one saving that waits, or undefined once it is gone from the outbox. */
export function entry(id) {
  return read("outbox", id);
}

/** Return what the server said of a saving that arrived in the last 48 hours, or undefined. */
export function receipt(id) {
  return read("sent", id);
}

/** Return the newest saving of a night that arrived, or undefined. */
export async function arrived(person, day) {
  const all = await readAll("sent");
  return all
    .filter((one) => one.person === person && one.day === day)
    .sort((a, b) => b.revision - a.revision)[0];
}

/** Note that a saving arrived: it leaves the queue, and stays at hand for 48 hours. */
export async function acknowledge(saving, answer, epoch) {
  await change(["outbox", "sent"], async (store) => {
    await store("outbox").remove(saving.client_id);
    await store("sent").put({
      ...saving,
      revision: answer.revision,
      state: answer.state,
      epoch,
      arrived: Date.now(),
    });
  });
  tell();
}

/** Set a saving aside that can't be sent as it is: the person decides. */
export async function setAside(id, problem) {
  await change(["outbox"], async (store) => {
    const found = await store("outbox").get(id);
    if (found) await store("outbox").put({ ...found, problem });
  });
  tell();
}

/** Put `saving` in the place of one that was set aside, or let that go (null). */
export async function settle(id, saving) {
  await change(["outbox"], async (store) => {
    await store("outbox").remove(id);
    if (saving) await store("outbox").put(saving);
  });
  tell();
}

/** Let go of what arrived more than 48 hours ago, whosever it was. */
export function letGo() {
  return change(["sent"], async (store) => {
    for (const one of await store("sent").all()) {
      const isOld = Math.abs(Date.now() - one.arrived) > KEPT;
      if (isOld) await store("sent").remove(one.client_id);
    }
  });
}

/** Let the server have again what it lost: it came back from a backup, as another epoch tells. */
export async function sendAgain(person, epoch) {
  await change(["outbox", "sent"], async (store) => {
    for (const one of await store("sent").all()) {
      if (one.person === person && one.epoch !== epoch) {
        await store("sent").remove(one.client_id);
        await store("outbox").put({ ...one, isAgain: true, problem: null });
      }
    }
  });
}

/** Note how far the phone's clock runs ahead of the server's, as a page or an answer told. */
export async function compareClocks(now) {
  const phone = Date.now();
  await change(["facts"], async (store) => {
    // What the server told last counts: its own clock may have been wrong before.
    await store("facts").put({
      name: "clock",
      skew: phone - now,
      floor: now,
      at: phone,
    });
  });
  return phone - now;
}

/** Mark nights that were saved at a time that has not come yet: the clock was wrong. */
export async function doubtTheFuture() {
  await change(["outbox"], async (store) => {
    for (const one of await store("outbox").all()) {
      if (one.saved > Date.now() + TOLERANCE && !one.isDoubtful) {
        await store("outbox").put({ ...one, isDoubtful: true });
      }
    }
  });
}
