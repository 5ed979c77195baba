// Asks whether the diary should follow the phone into another time zone.

class PhoneZone extends HTMLElement {
  connectedCallback() {
    const phone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!phone || phone === this.dataset.zone) return;
    this.querySelector("[data-phone]").textContent = phone;
    this.querySelector("input[name=zone]").value = phone;
    this.hidden = false;
  }
}

customElements.define("phone-zone", PhoneZone);
