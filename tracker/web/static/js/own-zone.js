// Chooses the browser's own time zone where nobody chose one yet.

class OwnZone extends HTMLElement {
  connectedCallback() {
    const select = this.querySelector("select");
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!zone || select.value) return;
    if (![...select.options].some((option) => option.value === zone)) {
      select.add(new Option(zone, zone));
    }
    select.value = zone;
  }
}

customElements.define("own-zone", OwnZone);
