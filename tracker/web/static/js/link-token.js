// Takes the token that follows the # into the form, and out of the address and its history.

class LinkToken extends HTMLElement {
  connectedCallback() {
    const token = location.hash.slice(1);
    if (!token) return;
    this.querySelector("input").value = token;
    this.querySelector("[data-hint]").textContent = this.dataset.ready;
    history.replaceState(null, "", location.pathname);
  }
}

customElements.define("link-token", LinkToken);
