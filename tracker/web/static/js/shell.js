// The shell, the page that opens without a connection: tonight's form, or what waits on this phone.

import "./hundred-ruler.js";
import "./tonight.js";
import { diaryDay, shifted } from "./diary-day.js";
import { arrived, waiting } from "./outbox.js";
import { current } from "./phone-people.js";
import { canKeep, read } from "./store.js";
import { showWaiting } from "./waiting-list.js";
import { written } from "./written-day.js";

const NIGHT = /^\/diary\/(\d{4}-\d{2}-\d{2})$/;
const OPEN_DAYS = 2; // days back that still take scores

class OfflineShell extends HTMLElement {
  async connectedCallback() {
    this.words = JSON.parse(this.dataset.words);
    const who = canKeep() ? await current().catch(() => undefined) : undefined;
    if (who) this.#speak(who);
    const path = location.pathname;
    if (path === "/offline") await this.#list(who);
    else if (!who) await this.#askIn();
    else await this.#open(who, path);
    document.body.removeAttribute("aria-busy");
  }

  /** Say everything in the person's language. */
  #speak(who) {
    const root = document.documentElement;
    [root.lang, root.dir] = [who.lang, who.dir];
    Object.assign(this.words, who.words);
    for (const one of document.querySelectorAll("[data-word]")) {
      one.textContent = this.words[one.dataset.word];
    }
    for (const place of document.querySelectorAll(".places a")) {
      const word = who.words[place.getAttribute("href")];
      if (word) place.textContent = word;
    }
    document.querySelector("[data-who]").textContent = who.name;
    document.querySelector("waiting-nights").dataset.person = who.person;
  }

  #show(view, word) {
    this.querySelector(`[data-view="${view}"]`).hidden = false;
    const title = document.querySelector("h1");
    title.textContent = this.words[word];
    document.title = `${this.words[word]} · Evenfall`;
  }

  async #list(who) {
    this.#show("list", "on_phone");
    if (canKeep()) await showWaiting(this, who, this.words);
  }

  async #askIn() {
    this.#show("stranger", "no_connection");
    const left = canKeep() ? await waiting().catch(() => []) : [];
    if (left.length === 0) return;
    const told = this.querySelector("[data-waits]");
    told.textContent = this.words.signed_out.replace("{count}", String(left.length));
    told.hidden = false;
  }

  async #open(who, path) {
    const clock = await read("facts", "clock");
    const today = diaryDay(Date.now() - (clock?.skew ?? 0), who.zone, who.rollover);
    const yesterday = shifted(today, -1);
    const asked =
      { "/": today, "/yesterday": yesterday }[path] ?? NIGHT.exec(path)?.[1];
    if (!asked || asked > today || asked < shifted(today, -OPEN_DAYS)) {
      this.#show("network", "no_connection");
      return;
    }
    const word = { [today]: "tonight", [yesterday]: "yesterday" }[asked] ?? "night";
    this.#show("form", word);
    document.querySelector("[data-who]").textContent =
      `${written(asked, { weekday: "long" })} · ${who.name}`;
    await this.#fill(who, asked);
    if (asked === today) this.querySelector("[data-missed]").hidden = false;
  }

  async #fill(who, day) {
    const parsed = new DOMParser().parseFromString(who.form, "text/html");
    const night = document.adoptNode(parsed.querySelector("night-form"));
    const before = await arrived(who.person, day);
    night.dataset.from = "phone";
    night.querySelector("form").setAttribute("action", `/diary/${day}`);
    const base = night.querySelector("[name=base_revision]");
    base.setAttribute("value", String(before?.revision ?? 0));
    const saved = (await waiting(who.person)).some((one) => one.day === day);
    this.querySelector("[data-saved]").hidden = !(before || saved);
    if (before || saved) night.dataset.before = "";
    const bar = document.querySelector("[data-savebar]");
    bar.querySelector("button").setAttribute("form", "night");
    bar.hidden = false;
    document.body.classList.add("has-savebar");
    this.querySelector("[data-form]").append(night);
    // The night was saved just now, and its own page is slow to come.
    const isSaved = new URLSearchParams(location.search).has("saved");
    if (isSaved) bar.querySelector("[data-state]").textContent = this.words.arrived;
  }
}

customElements.define("offline-shell", OfflineShell);
