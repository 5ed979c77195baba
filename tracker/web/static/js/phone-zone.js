// Asks whether the diary should follow the phone into another time zone, where its clock differs.

const DECLINED = "zone-declined"; // the phone's zone that the diary was not to follow

/** @param {string} zone */
function clock(zone) {
  const format = { timeZone: zone, dateStyle: "short", timeStyle: "short" };
  return new Intl.DateTimeFormat("en", format).format(new Date());
}

class PhoneZone extends HTMLElement {
  connectedCallback() {
    const phone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!phone || clock(phone) === clock(this.dataset.zone)) return;
    if (this.#declined() === phone) return;
    this.querySelector("[data-phone]").textContent = phone;
    this.querySelector("input[name=zone]").value = phone;
    this.querySelector("[data-keep]").addEventListener("click", () =>
      this.#keep(phone),
    );
    this.hidden = false;
  }

  #declined() {
    try {
      return localStorage.getItem(DECLINED);
    } catch {
      return null; // a browser that keeps nothing asks each time
    }
  }

  #keep(phone) {
    this.hidden = true;
    try {
      localStorage.setItem(DECLINED, phone);
    } catch {
      // Hidden for now.
    }
  }
}

customElements.define("phone-zone", PhoneZone);
