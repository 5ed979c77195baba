// A button that copies the text beside it; without script the text is marked by hand.

class CopyText extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    button.hidden = false;
    button.addEventListener("click", () => this.#copy());
  }

  async #copy() {
    const said = this.querySelector("[role=status]");
    try {
      await navigator.clipboard.writeText(
        this.querySelector("[data-text]").textContent,
      );
      said.textContent = this.dataset.done;
    } catch {
      said.textContent = this.dataset.failed;
    }
  }
}

customElements.define("copy-text", CopyText);
