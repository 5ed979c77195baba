// Tonight's questions one at a time, where the person wants that; all of them stay one form.

const ADVANCE = "calm-advance"; // kept on this phone: go on after a tap
const SOON = 400; // ms in which a second tap still meets the same question
const TYPING = 900; // ms, longer than a number pad waits for the 0 of "10"

class CalmMode extends HTMLElement {
  #now = null; // the question that is shown
  #key = null; // the last key pressed, "" after a touch, null while nobody did anything
  #timer = 0;

  connectedCallback() {
    this.calm = this.querySelector("[data-calm]");
    this.advance = this.querySelector("[data-advance]");
    this.calm.checked = "on" in this.dataset;
    this.advance.checked = remembered();
    this.querySelector(".calm-choices").hidden = false;
    this.addEventListener("change", (event) => this.#choose(event));
    this.addEventListener("pointerdown", () => {
      this.#key = "";
    });
    this.addEventListener("keydown", (event) => {
      this.#key = event.key;
    });
    // A screen reader may answer without either; a draft is put in by script.
    this.addEventListener("input", ({ isTrusted }) => {
      if (isTrusted) this.#key ??= "";
    });
    // The browser can't point at a field that is out of sight.
    this.addEventListener("invalid", (event) => this.#show(questionOf(event)), true);
    this.addEventListener("click", ({ target }) => {
      if (target.dataset.step) this.#step(Number(target.dataset.step));
    });
    window.addEventListener("hashchange", () => {
      const wanted = document.getElementById(location.hash.slice(1));
      if (this.#steps().includes(wanted)) this.#show(wanted, true);
    });
    // Above the form, so that questions that come and go have done so.
    this.closest("form").parentElement.addEventListener("change", (event) =>
      this.#answered(event),
    );
    this.#show(this.querySelector(".is-refused"));
  }

  #steps() {
    return [...this.querySelectorAll("[data-item]")].filter((one) => !one.hidden);
  }

  #firstOpen() {
    const chosen =
      'input:checked:not([value=""]), input[type=number]:valid:not([value=""])';
    return this.#steps().find((one) => !one.querySelector(chosen));
  }

  #step(by, isByItself = false) {
    const steps = this.#steps();
    const next = steps[steps.indexOf(this.#now) + by];
    if (next) this.#show(next, true, isByItself);
  }

  /** Shows a question, or the one that was shown; it takes the focus where it is gone to. */
  #show(question, isGoneTo = false, isByItself = false) {
    const isOn = this.calm.checked;
    const steps = this.#steps();
    if (question) this.#now = question;
    if (!steps.includes(this.#now)) this.#now = steps[0];
    clearTimeout(this.#timer);
    this.toggleAttribute("data-on", isOn);
    this.querySelector(".calm-steps").hidden = !isOn;
    this.advance.parentElement.hidden = !isOn;
    for (const one of this.querySelectorAll("[data-item]")) {
      one.toggleAttribute("data-away", isOn && one !== this.#now);
    }
    this.#place(steps.indexOf(this.#now) + 1, steps.length);
    if (isGoneTo && isOn) this.#focus(isByItself);
  }

  #place(now, all) {
    const place = this.querySelector("[data-position]");
    const words = place.dataset.position.replace("{now}", now).replace("{all}", all);
    if (place.textContent !== words) place.textContent = words; // said once
    this.querySelector('[data-step="-1"]').disabled = now === 1;
    this.querySelector('[data-step="1"]').disabled = now === all;
  }

  #focus(isByItself) {
    const chosen = this.#now.querySelector('input:checked:not([value=""])');
    (chosen ?? this.#now.querySelector("input")).focus({ preventScroll: true });
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (!(isByItself && isStill)) this.#now.scrollIntoView({ block: "nearest" });
  }

  #answered({ target }) {
    this.#show(this.#key === null ? this.#firstOpen() : null);
    if (this.#key === null) return; // a draft: it goes on where that ended
    const isAnswer = target.matches("[data-item] input:checked:not([value=''])");
    // Arrows pass over answers that are not meant.
    if (!isAnswer || !this.advance.checked || this.#key.startsWith("Arrow")) return;
    const wait = /^[0-9]$/.test(this.#key) ? TYPING : SOON;
    this.#timer = setTimeout(() => this.#step(1, true), wait);
  }

  #choose(event) {
    if (event.target === this.advance) remember(this.advance.checked);
    else if (event.target === this.calm) this.#keep();
    else return;
    event.stopPropagation(); // no answer of the night's
    this.#show();
    if (this.calm.checked) this.scrollIntoView();
  }

  async #keep() {
    const { csrf_token, person } = this.closest("form").elements;
    const body = { csrf_token: csrf_token.value, person: person.value };
    if (this.calm.checked) body.calm = "y";
    try {
      await fetch("/account/calm", {
        method: "POST",
        body: new URLSearchParams(body),
        headers: { Accept: "application/json" },
        redirect: "error",
      });
    } catch {
      // Without a connection the page changes all the same; the choice is not remembered.
    }
  }
}

function questionOf(event) {
  return event.target.closest("[data-item]");
}

function remembered() {
  try {
    return localStorage.getItem(ADVANCE) !== null;
  } catch {
    return false;
  }
}

function remember(isOn) {
  try {
    if (isOn) localStorage.setItem(ADVANCE, "");
    else localStorage.removeItem(ADVANCE);
  } catch {
    // A browser that keeps nothing has it until the page is left.
  }
}

customElements.define("calm-mode", CalmMode);
