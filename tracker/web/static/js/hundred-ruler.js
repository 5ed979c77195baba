// The 0 to 100 ruler: a slider without a start value beside its number field.

class HundredRuler extends HTMLElement {
  connectedCallback() {
    const number = this.querySelector("input[type=number]");
    if (this.querySelector(".slider")) return;
    const slider = this.#slider(number);
    number.before(slider);
    slider.addEventListener("input", () => {
      number.value = slider.value;
      this.#chosen(number);
    });
    number.addEventListener("input", () => {
      this.#follow(slider, number);
      if (number.value !== "") this.#chosen(number);
    });
    this.addEventListener("change", (event) => {
      if (event.target.type !== "checkbox" || !event.target.checked) return;
      for (const other of this.#states()) other.checked = other === event.target;
      number.value = "";
      this.#follow(slider, number);
    });
    this.#follow(slider, number);
  }

  #slider(number) {
    const slider = document.createElement("input");
    slider.type = "range";
    slider.min = number.min;
    slider.max = number.max;
    slider.className = "slider";
    slider.setAttribute("aria-label", number.getAttribute("aria-label"));
    return slider;
  }

  #states() {
    return this.querySelectorAll("input[type=checkbox]");
  }

  #follow(slider, number) {
    const untouched = number.value === "";
    slider.classList.toggle("is-untouched", untouched);
    if (untouched) slider.setAttribute("aria-valuetext", this.dataset.unanswered);
    else {
      slider.value = number.value;
      slider.removeAttribute("aria-valuetext");
    }
  }

  #chosen(number) {
    for (const other of this.#states()) other.checked = false;
    this.#follow(this.querySelector(".slider"), number);
    number.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

customElements.define("hundred-ruler", HundredRuler);
