// Before someone signs out: names what was not sent, and takes what is theirs off the phone.

import { waiting } from "./outbox.js";
import { forget } from "./phone-people.js";
import { send } from "./sender.js";
import { canKeep } from "./store.js";
import { written } from "./written-day.js";

const WAYS_OUT = ["/sign-out", "/account/erase", "/account/places/end-all"];
const PATIENCE = 5_000; // ms
const warned = new WeakSet();

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!canKeep() || !WAYS_OUT.includes(form.getAttribute("action"))) return;
  event.preventDefault();
  const person = form.elements.person?.value;
  const left = await unsent(person).catch(() => []);
  if (left.length > 0 && !warned.has(form)) {
    warned.add(form);
    warn(form, left);
    return;
  }
  await forget(person).catch(() => {}); // what was never kept need not be forgotten
  form.submit();
});

async function unsent(person) {
  if ((await waiting(person)).length > 0) {
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
    await Promise.race([send(), late]);
  }
  return waiting(person);
}

function warn(form, left) {
  const { leaving } = JSON.parse(
    document.querySelector("waiting-nights").dataset.words,
  );
  const days = [...new Set(left.map((one) => one.day))];
  const shown = days.map((day) => written(day));
  const notice = document.createElement("p");
  notice.className = "notice";
  notice.setAttribute("role", "alert");
  notice.textContent = leaving.replace("{days}", shown.join(", "));
  form.before(notice);
}
