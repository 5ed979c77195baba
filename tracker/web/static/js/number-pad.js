// A number pad: a tap on the chosen answer clears it, digits choose, Enter never submits.

const PAUSE = 800; // ms within which "1" and "0" make ten

class NumberPad extends HTMLElement {
  #pressed = null;
  #typed = "";
  #timer = 0;

  connectedCallback() {
    this.addEventListener("pointerdown", (event) => this.#press(event));
    this.addEventListener("click", (event) => this.#tap(event));
    this.addEventListener("keydown", (event) => this.#key(event));
  }

  #radioOf(target) {
    return target.closest(".cell")?.querySelector("input[type=radio]") ?? null;
  }

  #press(event) {
    const radio = this.#radioOf(event.target);
    this.#pressed = radio?.checked ? radio : null;
  }

  #tap(event) {
    // A tap on the label clicks the input as well: only the input's own click counts.
    if (event.target !== this.#pressed) return;
    this.#pressed = null;
    this.#choose("");
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter") {
      event.preventDefault();
      event.target.click();
    } else if (event.key === "Backspace" || event.key === "Delete") {
      event.preventDefault();
      this.#choose("");
    } else if (/^[0-9]$/.test(event.key)) {
      event.preventDefault();
      this.#digit(event.key);
    }
  }

  #digit(digit) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#typed = "";
    }, PAUSE);
    const both = this.#typed + digit;
    this.#typed = this.#choose(both) ? both : digit;
    if (this.#typed === digit) this.#choose(digit);
  }

  #choose(value) {
    const radio = this.querySelector(`input[type=radio][value="${value}"]`);
    if (!radio) return false;
    radio.checked = true;
    // What clears is not shown once nothing is chosen, so focus stays where it was.
    if (value !== "") radio.focus();
    radio.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  }
}

customElements.define("number-pad", NumberPad);
