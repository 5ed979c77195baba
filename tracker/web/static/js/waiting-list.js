// What waits on this phone, night by night, and what the person can do about each.

import { downloadNights } from "./night-file.js";
import { listen, settle, waiting } from "./outbox.js";
import { send } from "./sender.js";
import { written } from "./written-day.js";

/** Show what waits, and keep it shown as it changes. */
export async function showWaiting(root, who, words) {
  const draw = async () => {
    const all = await waiting();
    const own = all.filter((one) => one.person === who?.person);
    const list = root.querySelector("[data-list]");
    list.replaceChildren(...own.map((saving) => row(root, saving, words)));
    root.querySelector("[data-nothing]").hidden = all.length > 0;
    root.querySelector("[data-deeds]").hidden = own.length === 0;
    const others = root.querySelector("[data-others]");
    others.hidden = all.length === own.length;
    others.textContent = words[who ? "others" : "signed_out"].replace(
      "{count}",
      String(all.length - own.length),
    );
    return own;
  };
  listen(draw);
  root.querySelector("[data-send]").addEventListener("click", async () => {
    const told = root.querySelector("[data-told]");
    told.textContent = words.saving;
    const outcome = await send();
    const left = await draw();
    told.textContent = left.length === 0 ? words.all_sent : (words[outcome] ?? "");
  });
  root.querySelector("[data-download]").addEventListener("click", async () => {
    downloadNights((await waiting()).filter((one) => one.person === who?.person));
  });
  await draw();
}

function row(root, saving, words) {
  const made = root.querySelector("template").content.firstElementChild.cloneNode(true);
  const at = (name) => made.querySelector(`[data-${name}]`);
  for (const one of made.querySelectorAll("[data-word]")) {
    one.textContent = words[one.dataset.word];
  }
  at("day").textContent = written(saving.day, { year: "numeric" });
  at("saved").textContent = words.saved_at.replace(
    "{time}",
    written(saving.saved, { hour: "2-digit", minute: "2-digit" }),
  );
  const pairs = saving.shown.flatMap(([label, value]) => {
    const [name, said] = [document.createElement("dt"), document.createElement("dd")];
    [name.textContent, said.textContent] = [label, value];
    return [name, said];
  });
  at("answers").replaceChildren(...pairs);
  const { problem } = saving;
  if (!problem) return made;
  at("problem").textContent = reason(problem, words);
  at("problem").hidden = false;
  at("decide").hidden = false;
  at("pick").value = saving.day;
  at("again").addEventListener("click", () => decide(saving, at("pick").value, again));
  at("note").addEventListener("click", () => decide(saving, at("pick").value, asNote));
  at("drop").addEventListener("click", (event) => {
    if (event.target.dataset.word === "press_again") settle(saving.client_id, null);
    event.target.dataset.word = "press_again";
    event.target.textContent = words.press_again;
  });
  return made;
}

function reason(problem, words) {
  if (problem.kind === "refused") return problem.texts.join(" ");
  return words[problem.kind];
}

async function decide(saving, day, made) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return;
  await settle(saving.client_id, made(saving, day));
  await send();
}

/** Return a saving as new, for the day that the person chose: its time is now. */
function again(saving, day) {
  const now = new Date();
  const { replaces, base_revision, ...fields } = saving.fields;
  const id = crypto.randomUUID();
  return {
    ...saving,
    day,
    client_id: id,
    fields: {
      ...fields,
      base_revision: day === saving.day ? (base_revision ?? "0") : "0",
      schema: "1",
      client_id: id,
      person: saving.person,
      measured_at: now.toISOString(),
    },
    saved: now.getTime(),
    skew: null,
    floor: 0,
    chosenBy: "server", // the person has looked at the day itself
    isDoubtful: false,
    problem: null,
  };
}

/** Return it as a dated note: what was answered, in words; scores of old days are not taken. */
function asNote(saving, day) {
  const told = saving.shown.map(([label, value]) => `${label} ${value}`);
  const made = again(saving, day);
  const kept = ["client_id", "person", "schema", "measured_at", "base_revision"];
  const fields = Object.fromEntries(kept.map((name) => [name, made.fields[name]]));
  return { ...made, fields: { ...fields, note: told.join("\n") } };
}
