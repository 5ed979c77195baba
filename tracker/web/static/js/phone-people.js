// What the phone knows of people: whose form opens without a connection, and their drafts.

import { change, read, readAll } from "./store.js";

/** Keep what tonight's form needs without a connection; from now on it is this person's phone. */
export function remember(person) {
  return change(["people", "facts"], async (store) => {
    await store("people").put(person);
    await store("facts").put({ name: "current", person: person.person });
  });
}

/** Return whose form opens without a connection, or undefined. */
export async function current() {
  const fact = await read("facts", "current");
  return fact && read("people", fact.person);
}

/** Return how the diary of one person counts its days, or undefined. */
export function known(person) {
  return read("people", person);
}

/** Let go of a person who signs out: all but what has not been sent. */
export function forget(person) {
  return change(["people", "drafts", "sent", "facts"], async (store) => {
    await store("people").remove(person);
    for (const draft of await store("drafts").all()) {
      if (draft.person === person) await store("drafts").remove([person, draft.day]);
    }
    for (const one of await store("sent").all()) {
      if (one.person === person) await store("sent").remove(one.client_id);
    }
    if ((await store("facts").get("current"))?.person === person) {
      await store("facts").remove("current");
    }
  });
}

/** Keep what is answered so far of a night. */
export function saveDraft(draft) {
  return change(["drafts"], (store) => store("drafts").put(draft));
}

/** Let go of a draft. */
export function dropDraft(person, day) {
  return change(["drafts"], (store) => store("drafts").remove([person, day]));
}

/** Return what was answered of a night and never saved, or undefined. */
export function draftOf(person, day) {
  return read("drafts", [person, day]);
}

/** Return a person's drafts, oldest first. */
export async function drafts(person) {
  const all = await readAll("drafts");
  return all
    .filter((one) => one.person === person)
    .sort((a, b) => a.day.localeCompare(b.day));
}
