// Takes the token that follows the # into the form, and out of the address and its history.

class LinkToken extends HTMLElement {
  connectedCallback() {
    this.#take();
    // A link pasted over this page's own address loads nothing anew.
    addEventListener("hashchange", () => this.#take());
  }

  #take() {
    const token = location.hash.slice(1);
    if (!token) return;
    this.querySelector("input").value = token;
    this.querySelector("[data-hint]").textContent = this.dataset.ready;
    history.replaceState(null, "", location.pathname);
  }
}

customElements.define("link-token", LinkToken);
