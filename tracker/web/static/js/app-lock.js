// Hides a page until the PIN or the device's own lock opens it; it comes hidden from the server.

import { isPin, isRecognised, keep, kept, waiting } from "./lock-keeping.js";

const LEFT = "app-lock-left"; // in this tab: when it was last seen open

class AppLock extends HTMLElement {
  #before = null; // what had the focus

  connectedCallback() {
    this.pin = this.querySelector("input");
    this.#part("pin").addEventListener("submit", (event) => this.#try(event));
    this.#part("passkey").addEventListener("click", () => this.#recognise());
    this.#part("forgotten").addEventListener("click", () => this.#forget());
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) this.#leave();
      else this.#look();
    });
    window.addEventListener("pagehide", () => this.#leave());
    window.addEventListener("pageshow", () => this.#look());
    this.#look();
  }

  #part(name) {
    return this.querySelector(`[data-${name}]`);
  }

  #look() {
    const lock = kept();
    const away = Date.now() - Number(sessionStorage.getItem(LEFT));
    if (lock && !(away >= 0 && away <= lock.wait * 1000)) this.#close(lock);
    else this.#open(lock);
  }

  /** Covers the page for the picture that the phone keeps of it, and notes the time. */
  #leave() {
    if (!this.hidden || !kept()) return;
    sessionStorage.setItem(LEFT, Date.now());
    this.#cover();
  }

  #cover() {
    this.#before ??= document.activeElement;
    document.documentElement.dataset.lock = "closed";
  }

  #close(lock) {
    this.#cover();
    this.#part("pin").hidden = !lock.pin;
    this.#part("passkey").hidden = !lock.passkey;
    if (!this.hidden) return;
    this.hidden = false;
    this.#say("");
    (lock.pin ? this.pin : this.#part("passkey")).focus();
  }

  #open(lock) {
    if (lock) {
      sessionStorage.setItem(LEFT, Date.now());
      if (lock.wrong && !this.hidden) keep({ wrong: 0, until: 0 });
    }
    this.hidden = true;
    delete document.documentElement.dataset.lock;
    this.#before?.focus({ preventScroll: true });
    this.#before = null;
  }

  #say(words) {
    this.querySelector(".lock-said").textContent = words;
  }

  async #try(event) {
    event.preventDefault();
    const lock = kept();
    if (!lock) return this.#look(); // taken off in another window
    const seconds = waiting(lock);
    const typed = this.pin.value;
    this.pin.value = "";
    if (seconds) this.#say(this.dataset.wait.replace("{seconds}", seconds));
    else if (await isPin(lock, typed)) this.#open(kept());
    else this.#say(this.dataset.wrong);
  }

  async #recognise() {
    const lock = kept();
    try {
      if (await isRecognised(lock.passkey)) this.#open(lock);
      else this.#say(this.dataset.other);
    } catch {
      this.#say(this.dataset.other);
    }
  }

  /** Signs out, where somebody is signed in; signing in takes the lock off. */
  async #forget() {
    const out = this.#part("out");
    try {
      const asked = await fetch("/session.json", { redirect: "error" });
      if (!asked.ok) return location.assign("/sign-in");
      const { csrf_token, person } = await asked.json();
      Object.entries({ csrf_token, person }).forEach(([name, value]) => {
        out.elements[name].value = value;
      });
      out.requestSubmit(); // `leaving.js` names what was not sent, as at any other way out
    } catch {
      this.#say(this.dataset.offline);
    }
  }
}

customElements.define("app-lock", AppLock);
