// Tonight's form: counts the answers, asks for dream distress where dreams are recalled, stamps Save.

const DREAMS = "dream_vividness";
const DISTRESS = "dream_distress";

class NightForm extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.count = document.querySelector("[data-count]"); // in the save bar, where there is one
    this.form.addEventListener("change", () => this.#look());
    this.form.addEventListener("submit", () => this.#stamp());
    this.#look();
  }

  #answer(name) {
    const data = new FormData(this.form);
    return data.get(`${name}.state`) || data.get(name) || "";
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
    const now = new Date().toISOString();
    this.form.elements.measured_at.value = now;
    this.form.elements.phone_now.value = now;
    this.form.elements.zone.value =
      Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
  }
}

customElements.define("night-form", NightForm);
