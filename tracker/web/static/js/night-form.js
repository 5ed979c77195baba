// Tonight's form: counts answers, keeps a draft, and hands each Save to the phone's outbox.

import { isAnotherEvening } from "./new-evening.js";
import { downloadNights } from "./night-file.js";
import { compareClocks, entry, keep, listen, receipt } from "./outbox.js";
import { draftOf, remember, saveDraft } from "./phone-people.js";
import { send, sendUnkept } from "./sender.js";
import { canKeep } from "./store.js";

const DREAMS = "dream_vividness";
const DISTRESS = "dream_distress";
const PATIENCE = 8_000; // ms that a person looks at "Saving"
const TYPED = ["note", "reason"];
const SENT_ALONG = ["base_revision", "questionnaire", "schema", "zone"];

class NightForm extends HTMLElement {
  #touched = new Set();
  #underWay = 0; // savings on their way
  #kept; // the newest saving that this phone kept

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
    document.addEventListener("visibilitychange", () => this.#lookAtTheClock());
    listen(() => this.#hear());
  }

  /** A page that lay open since another evening asks for the wrong night. */
  async #lookAtTheClock() {
    if (!(await isAnotherEvening(this.person, this.day))) return;
    if (this.#touched.size === 0 && this.#underWay === 0) location.reload();
    else this.#say(this.words.another_evening);
  }

  /** What was saved on the phone may have arrived meanwhile. */
  async #hear() {
    const id = this.#kept;
    if (!id || this.#underWay > 0 || this.#touched.size > 0) return;
    if (await receipt(id)) this.#say(this.words.arrived);
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
    for (let one = field; one; one = one.parentElement) {
      if (one.localName === "details") one.open = true;
    }
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  #note(changed) {
    const name = changed.replace(/\.state$/, "");
    if (!TYPED.includes(name) && !this.#items().includes(name)) return;
    if (this.#touched.size === 0) this.#lookAtTheClock();
    this.#touched.add(name);
    const { person, day } = this;
    const fields = this.#fields();
    const draft = { person, day, fields, at: Date.now() };
    // A phone that can't keep drafts may still save.
    saveDraft({ ...draft, ...this.#told(Object.entries(fields)) }).catch(() => {});
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
    const saving = this.#saving(now);
    if (saving === null) {
      // A second tap while the first is on its way says nothing new.
      if (this.#underWay === 0) this.#say(this.words.nothing);
      return;
    }
    // What is touched from now on is another saving.
    const touched = [...this.#touched];
    this.#touched.clear();
    this.#underWay += 1;
    try {
      await this.#save(saving, touched);
    } finally {
      this.#underWay -= 1;
    }
  }

  async #save(saving, touched) {
    this.#say(this.words.saving);
    let id;
    try {
      id = await keep(saving);
    } catch {
      for (const name of touched) this.#touched.add(name);
      await this.#unkept(saving);
      return;
    }
    this.#kept = id;
    navigator.storage?.persist?.();
    await this.#sent(id);
  }

  /** Return what is to be saved, null where nothing was answered or nothing changed. */
  #saving(now) {
    const fields = this.#fields();
    const isNew =
      this.form.elements.base_revision.value === "0" &&
      !this.#kept &&
      !("before" in this.dataset);
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
      fields: { ...fields, person: this.person, measured_at: now.toISOString() },
      ...this.#told(said),
      saved: now.getTime(),
      chosenBy: this.dataset.from ?? "server",
    };
  }

  /** Return answers in words, and what own symptoms are called in a file, by their keys. */
  #told(said) {
    const own = said.filter(([name]) => this.#heading(name));
    return {
      shown: said.map(([name, value]) => [this.#label(name), this.#shown(name, value)]),
      columns: Object.fromEntries(own.map(([name]) => [name, this.#heading(name)])),
    };
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
    const got = await receipt(id).catch(() => undefined);
    if (this.#underWay > 1) return; // a newer saving says what became of it
    if (got) {
      this.#leave(got.state);
      return;
    }
    const left = await entry(id).catch(() => undefined);
    // Sent was what another person saved, who is signed in now.
    const usual = outcome === "done" ? "signed_out" : outcome;
    this.#say(this.words[left?.problem ? "attention" : usual], "/offline");
    this.dispatchEvent(new Event("kept", { bubbles: true }));
  }

  #leave(state) {
    location.assign(`/diary/${this.day}?saved=${state}`);
  }

  /** The phone could not keep it: let the server have it at once, or say that nothing is saved. */
  async #unkept(saving) {
    const told = await sendUnkept(saving);
    if (told?.saved) {
      this.#leave(told.state);
      return;
    }
    const refused = Object.values(told?.errors ?? {}).join(" ");
    this.#say(refused ? `${this.words.not_saved} ${refused}` : this.words.unkept);
    this.#offer(saving);
  }

  #say(text, href) {
    const place = this.#place();
    place.hidden = false;
    place.textContent = text;
    if (!href) return;
    const link = document.createElement("a");
    link.href = href;
    link.textContent = this.words.see;
    place.append(" ", link);
  }

  /** Where it is said: in the save bar, where there is one. */
  #place() {
    return [...document.querySelectorAll("[data-state]")].at(-1);
  }

  #offer(saving) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button quiet";
    button.textContent = this.words.download;
    button.addEventListener("click", () => downloadNights([saving]));
    this.#place().append(" ", button);
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
