// Says on every page what waits on this phone, and sends it whenever that may succeed.

import { diaryDay, shifted } from "./diary-day.js";
import { after, letGo, listen, waiting } from "./outbox.js";
import { drafts, dropDraft, known } from "./phone-people.js";
import { send } from "./sender.js";
import { canKeep, change, read } from "./store.js";

const PAUSES = [5_000, 15_000, 60_000, 300_000]; // ms between tries while something waits
const SOON = 1_500; // ms
const REST = 600_000; // ms after which the server is asked again though nothing waits
const OPEN_DAYS = 2; // days back that still take scores
const TEXTS = ["note", "reason"]; // these a night takes at any time

class WaitingNights extends HTMLElement {
  static observedAttributes = ["data-person"];
  #tries = 0;
  #timer = 0;
  #soon = 0;
  #isSignedOut = false;

  connectedCallback() {
    if (!canKeep()) return;
    this.words = JSON.parse(this.dataset.words);
    // What is sent at once need not be talked about.
    listen(() => {
      clearTimeout(this.#soon);
      this.#soon = setTimeout(() => this.#show(), SOON);
    });
    addEventListener("online", () => this.#goOn());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.#goOn();
    });
    addEventListener("kept", () => this.#later());
    // Nothing here is needed for the first look at the page.
    if (document.readyState === "complete") this.#begin();
    else addEventListener("load", () => this.#begin(), { once: true });
  }

  /** The shell finds out later than a page of the server whose phone it is. */
  attributeChangedCallback(_name, before) {
    if (before !== null && canKeep()) this.#begin();
  }

  async #begin() {
    try {
      await letGo();
      await setOldDraftsAside(this.dataset.person);
      await this.#show();
      await this.#goOn();
    } catch {
      // A browser that keeps nothing has nothing that waits.
    }
  }

  async #goOn() {
    clearTimeout(this.#timer);
    if (!this.dataset.person) return; // signed out: there is nobody to send for
    const left = await this.#left();
    const clock = await read("facts", "clock");
    const isRested = !clock || Math.abs(Date.now() - clock.at) > REST;
    if (left.length === 0 && !isRested) return;
    this.#isSignedOut = (await send()) === "signed_out";
    await this.#show();
    if (this.#isSignedOut) return;
    if ((await this.#left()).length > 0) this.#later();
    else this.#tries = 0;
  }

  #later() {
    // Where there is Background Sync, the browser wakes the worker though no page is open.
    navigator.serviceWorker?.ready
      .then((registration) => registration.sync?.register("send"))
      .catch(() => {});
    clearTimeout(this.#timer);
    const pause = PAUSES[Math.min(this.#tries, PAUSES.length - 1)];
    this.#tries += 1;
    this.#timer = setTimeout(() => this.#goOn(), pause);
  }

  async #left() {
    return (await waiting(this.dataset.person)).filter((one) => !one.problem);
  }

  async #show() {
    const all = await waiting();
    const own = all.filter((one) => one.person === this.dataset.person);
    const asked = own.filter((one) => one.problem);
    const parts =
      this.dataset.person && !this.#isSignedOut
        ? [
            [this.words.needs, asked.length],
            [this.words.waits, own.length - asked.length],
            [this.words.others, all.length - own.length],
          ]
        : [[this.words.signed_out, all.length]];
    const said = parts.filter(([, count]) => count > 0);
    const link = this.querySelector("a");
    link.textContent = said
      .map(([text, count]) => text.replace("{count}", String(count)))
      .join(" ");
    this.hidden = said.length === 0;
  }
}

/** Let the person decide about what was begun and can't be saved on its night any more. */
async function setOldDraftsAside(person) {
  const diary = await known(person);
  if (!diary) return;
  const clock = await read("facts", "clock");
  const today = diaryDay(Date.now() - (clock?.skew ?? 0), diary.zone, diary.rollover);
  for (const draft of await drafts(person)) {
    if (draft.day >= shifted(today, -OPEN_DAYS)) continue;
    const answered = Object.keys(draft.fields).filter((name) => draft.fields[name]);
    if (answered.length === 0) await dropDraft(person, draft.day);
    else if (answered.some((name) => !TEXTS.includes(name))) await setAside(draft);
  }
}

function setAside(draft) {
  const { person, day } = draft;
  const answered = Object.values(draft.fields);
  return change(["drafts", "outbox", "sent"], async (store) => {
    // Another page, or this one twice, may have done it meanwhile.
    if (!(await store("drafts").get([person, day]))) return;
    const all = [...(await store("outbox").all()), ...(await store("sent").all())];
    await store("drafts").remove([person, day]);
    await store("outbox").put({
      ...draft,
      client_id: crypto.randomUUID(),
      shown: draft.shown.filter((_, place) => answered[place] !== ""),
      saved: draft.at,
      order: after(all),
      problem: { kind: "old" },
    });
  });
}

customElements.define("waiting-nights", WaitingNights);
