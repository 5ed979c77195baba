// Brings the chosen tab of a long row into sight; the page itself does not move.

class TabStrip extends HTMLElement {
  connectedCallback() {
    const row = this.querySelector("ul");
    const chosen = this.querySelector("[aria-current]");
    if (!row || !chosen) return;
    const room = row.getBoundingClientRect();
    const tab = chosen.getBoundingClientRect();
    row.scrollLeft += tab.left + tab.width / 2 - (room.left + room.width / 2);
  }
}

customElements.define("tab-strip", TabStrip);
