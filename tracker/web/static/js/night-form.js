// Tonight's form: counts answers, keeps a draft, and hands each Save to the phone's outbox.

import { compareClocks, entry, keep, receipt } from "./outbox.js";
import { draftOf, remember, saveDraft } from "./phone-people.js";
import { downloadNights } from "./night-file.js";
import { send } from "./sender.js";
import { canKeep } from "./store.js";

const DREAMS = "dream_vividness";
const DISTRESS = "dream_distress";
const PATIENCE = 8_000; // ms that a person looks at "Saving"
const TYPED = ["note", "reason"];
const SENT_ALONG = ["base_revision", "questionnaire", "schema", "zone"];

class NightForm extends HTMLElement {
  #touched = new Set();
  #isBusy = false;

  connectedCallback() {
    this.form = this.querySelector("form");
    this.count = document.querySelector("[data-count]"); // in the save bar, where there is one
    this.words = JSON.parse(this.dataset.words);
    this.day = this.form.getAttribute("action").slice("/diary/".length);
    this.person = this.form.elements.person.value;
    this.form.addEventListener("change", () => this.#look());
    this.form.addEventListener("submit", (event) => this.#submit(event));
    this.#look();
    if (!canKeep()) return;
    if (this.dataset.now) this.#meet().catch(() => {}); // tried again at Save
    this.#takeUp();
    for (const kind of ["input", "change"]) {
      this.form.addEventListener(kind, (event) => this.#note(event.target.name));
    }
  }

  /** Learn from a page of the server: its time, and the form for nights without a connection. */
  async #meet() {
    await compareClocks(Date.parse(this.dataset.now));
    if (!this.dataset.definition) return;
    await remember({
      ...JSON.parse(this.dataset.definition),
      person: this.person,
      form: blank(this),
    });
  }

  /** Go on with what was answered and never saved; what a page refused counts as answered. */
  async #takeUp() {
    if (document.querySelector(".errors")) {
      for (const name of [...this.#items(), ...TYPED]) {
        if (this.#answer(name) !== "") this.#touched.add(name);
      }
      return;
    }
    const draft = await draftOf(this.person, this.day).catch(() => undefined);
    if (!draft) return;
    for (const [name, value] of Object.entries(draft.fields)) {
      if (!this.#touched.has(name)) this.#set(name, value);
    }
    this.#look();
    this.#say(this.words.draft);
  }

  #items() {
    return [...this.querySelectorAll("[data-item]")].map((one) => one.dataset.item);
  }

  #answer(name) {
    const data = new FormData(this.form);
    return data.get(`${name}.state`) || data.get(name) || "";
  }

  #set(name, value) {
    const typed = TYPED.includes(name) ? this.form.elements[name] : null;
    const number = this.querySelector(`[data-item="${name}"] input[type=number]`);
    const cell = this.querySelector(
      `[data-item="${name}"] input[value="${CSS.escape(value)}"]:not([type=number])`,
    );
    const field = typed ?? cell ?? number;
    if (!field) return; // no longer asked
    if (field === cell) cell.checked = true;
    else field.value = value;
    field.closest("details")?.setAttribute("open", "");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  #note(changed) {
    const name = changed.replace(/\.state$/, "");
    if (!TYPED.includes(name) && !this.#items().includes(name)) return;
    this.#touched.add(name);
    const fields = this.#fields();
    // A phone that can't keep drafts may still save.
    saveDraft({ person: this.person, day: this.day, fields, at: Date.now() }).catch(
      () => {},
    );
  }

  #fields() {
    const names = [...this.#touched];
    return Object.fromEntries(names.map((name) => [name, this.#answer(name)]));
  }

  #look() {
    const distress = this.querySelector(`[data-item="${DISTRESS}"]`);
    if (distress && this.querySelector(`[data-item="${DREAMS}"]`)) {
      distress.hidden =
        !/^[0-9]+$/.test(this.#answer(DREAMS)) && this.#answer(DISTRESS) === "";
      if (this.#answer(DREAMS) === "no_recall") distress.hidden = true;
    }
    if (!this.count) return;
    const asked = [...this.querySelectorAll("[data-item]")].filter(
      (one) => !one.hidden,
    );
    const done = asked.filter((one) => this.#answer(one.dataset.item) !== "").length;
    this.count.textContent = this.count.dataset.count
      .replace("{done}", String(done))
      .replace("{all}", String(asked.length));
  }

  #stamp() {
    const now = new Date();
    this.form.elements.measured_at.value = now.toISOString();
    this.form.elements.phone_now.value = now.toISOString();
    this.form.elements.zone.value =
      Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
    return now;
  }

  async #submit(event) {
    const now = this.#stamp();
    if (!canKeep()) return;
    event.preventDefault();
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      await this.#save(now);
    } finally {
      this.#isBusy = false;
    }
  }

  async #save(now) {
    const saving = this.#saving(now);
    if (saving === null) {
      this.#say(this.words.nothing);
      return;
    }
    this.#say(this.words.saving);
    try {
      const id = await keep(saving);
      this.#touched.clear();
      navigator.storage?.persist?.();
      await this.#sent(id);
    } catch {
      await this.#unkept(saving);
    }
  }

  /** Return what is to be saved, null where nothing was answered or nothing changed. */
  #saving(now) {
    const fields = this.#fields();
    const isNew = this.form.elements.base_revision.value === "0";
    const said = Object.entries(fields).filter(
      ([name, value]) => name !== "reason" && !(isNew && value === ""),
    );
    if (said.length === 0) return null;
    for (const name of SENT_ALONG) {
      const value = this.form.elements[name].value;
      if (value !== "") fields[name] = value;
    }
    return {
      person: this.person,
      day: this.day,
      fields: { ...fields, measured_at: now.toISOString() },
      columns: this.#columns(said.map(([name]) => name)),
      shown: said.map(([name, value]) => [this.#label(name), this.#shown(name, value)]),
      saved: now.getTime(),
      chosenBy: this.dataset.from ?? "server",
    };
  }

  /** Return what own symptoms are called in a file, by their random keys. */
  #columns(names) {
    const own = names.filter((name) => this.#heading(name));
    return Object.fromEntries(own.map((name) => [name, this.#heading(name)]));
  }

  #heading(name) {
    return this.querySelector(`[data-item="${name}"]`)?.dataset.column;
  }

  #label(name) {
    const field = this.querySelector(`[data-item="${name}"] legend`);
    return (field ?? this.querySelector(`label[for="${name}"]`)).textContent.trim();
  }

  #shown(name, value) {
    const cell = this.querySelector(`[data-item="${name}"] input:checked + span`);
    return cell?.firstChild.textContent.trim() ?? value;
  }

  /** Send it now, and say what became of it: never longer than a person waits. */
  async #sent(id) {
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, "offline"));
    const outcome = await Promise.race([send().catch(() => "offline"), late]);
    const got = await receipt(id);
    if (got) {
      location.assign(`/diary/${this.day}?saved=${got.state}`);
      return;
    }
    const left = await entry(id);
    const key = left?.problem ? "attention" : outcome;
    this.#say(this.words[key] ?? this.words.offline, "/offline");
    this.dispatchEvent(new Event("kept", { bubbles: true }));
  }

  /** The phone could not keep it: let the server have it at once, or say that nothing is saved. */
  async #unkept(saving) {
    const answer = await fetch("/session.json", { redirect: "error" }).catch(
      () => null,
    );
    if (answer?.ok) {
      this.form.submit();
      return;
    }
    this.#say(this.words.unkept);
    this.#offer(saving);
  }

  #say(text, href) {
    const [place] = [...document.querySelectorAll("[data-state]")].slice(-1);
    place.hidden = false;
    place.textContent = text;
    if (!href) return;
    const link = document.createElement("a");
    link.href = href;
    link.textContent = this.words.see;
    place.append(" ", link);
  }

  #offer(saving) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button quiet";
    button.textContent = this.words.download;
    button.addEventListener("click", () => downloadNights([saving]));
    document.querySelector("[data-state]").append(button);
  }
}

/** Return the form as it is before anything is answered, as HTML, for nights without a connection. */
function blank(element) {
  const copy = element.cloneNode(true);
  for (const name of ["now", "definition"]) delete copy.dataset[name];
  for (const one of copy.querySelectorAll("[data-edit], .error, .slider")) one.remove();
  for (const one of copy.querySelectorAll("input:checked")) one.checked = false;
  for (const one of copy.querySelectorAll("[checked]")) one.removeAttribute("checked");
  for (const one of copy.querySelectorAll("input[type=number]")) {
    one.removeAttribute("value");
  }
  for (const one of copy.querySelectorAll("details")) one.removeAttribute("open");
  for (const name of ["csrf_token", "client_id", "measured_at", "phone_now", "zone"]) {
    copy.querySelector(`[name=${name}]`)?.setAttribute("value", "");
  }
  copy.querySelector("[name=base_revision]").setAttribute("value", "0");
  copy.querySelector("textarea").textContent = "";
  copy.querySelector("[data-state]").hidden = true;
  copy.querySelector("[data-state]").textContent = "";
  return copy.outerHTML;
}

customElements.define("night-form", NightForm);
