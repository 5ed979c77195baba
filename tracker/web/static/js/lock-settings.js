// The app lock's page: sets and removes what `lock-keeping.js` keeps on this phone.

import {
  hashed,
  hasPasskeys,
  keep,
  kept,
  madePasskey,
  remove,
} from "./lock-keeping.js";

const PIN = /^[0-9]{4,12}$/;

class LockSettings extends HTMLElement {
  async connectedCallback() {
    this.form = this.querySelector("form");
    this.wait = this.querySelector("#wait");
    if (!this.#isPossible()) return;
    this.querySelector("[data-needs]").remove();
    this.querySelector("section").hidden = false;
    this.form.addEventListener("submit", (event) => this.#pin(event));
    this.#button("passkey").addEventListener("click", () => this.#passkey());
    this.#button("remove").addEventListener("click", () => this.#remove());
    this.wait.addEventListener("change", () => {
      if (kept()) keep({ wait: Number(this.wait.value) });
    });
    this.#show(kept() ? this.dataset.set : this.dataset.unset);
    this.#button("passkey").hidden = !(await hasPasskeys());
  }

  #isPossible() {
    try {
      localStorage.getItem("");
      return Boolean(crypto.subtle);
    } catch {
      return false;
    }
  }

  #button(name) {
    return this.querySelector(`[data-${name}]`);
  }

  #show(words) {
    const lock = kept();
    if (lock) this.wait.value = lock.wait;
    this.#button("remove").hidden = !lock;
    this.querySelector("[data-state]").textContent = words;
    this.#refuse("");
  }

  #refuse(words) {
    this.querySelector(".error").textContent = words;
  }

  async #pin(event) {
    event.preventDefault();
    const [pin, again] = this.querySelectorAll("input[type=password]");
    if (!PIN.test(pin.value)) return this.#refuse(this.dataset.short);
    if (pin.value !== again.value) return this.#refuse(this.dataset.differs);
    await this.#set(() => hashed(pin.value));
    this.form.reset();
    this.wait.value = kept()?.wait ?? this.wait.value;
  }

  #passkey() {
    return this.#set(async () => ({ passkey: await madePasskey(this.dataset.person) }));
  }

  async #set(make) {
    const wait = Number(this.wait.value);
    try {
      const made = await make();
      await this.#tell("y");
      keep({ ...made, wait, wrong: 0, until: 0 });
      sessionStorage.setItem("app-lock-left", Date.now());
      this.#show(this.dataset.saved);
    } catch {
      this.#refuse(this.dataset.failed);
    }
  }

  async #remove() {
    try {
      await this.#tell("");
      remove();
      this.#show(this.dataset.gone);
    } catch {
      this.#refuse(this.dataset.failed);
    }
  }

  /** The server sends pages hidden where there is a lock. */
  async #tell(set) {
    const body = new URLSearchParams(new FormData(this.form));
    body.set("set", set);
    const headers = { Accept: "application/json" };
    const told = { method: "POST", body, headers, redirect: "error" };
    const answer = await fetch("/account/lock", told);
    if (!answer.ok) throw new Error(`status ${answer.status}`);
  }
}

customElements.define("lock-settings", LockSettings);
