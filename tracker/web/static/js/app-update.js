// Installs the service worker, and offers a new version without forcing it on anyone.

class AppUpdate extends HTMLElement {
  connectedCallback() {
    if (!("serviceWorker" in navigator)) return;
    this.querySelector("button").addEventListener("click", () => this.#take());
    if (document.readyState === "complete") this.#install();
    else addEventListener("load", () => this.#install(), { once: true });
  }

  async #install() {
    try {
      this.registration = await navigator.serviceWorker.register("/service-worker.js", {
        updateViaCache: "none",
      });
    } catch {
      return; // without it the diary works as long as there is a connection
    }
    this.#offer();
    this.registration.addEventListener("updatefound", () => {
      this.registration.installing?.addEventListener("statechange", () =>
        this.#offer(),
      );
    });
  }

  #offer() {
    // The first one takes over by itself: there is nothing old to be disturbed.
    this.hidden = !(this.registration.waiting && navigator.serviceWorker.controller);
  }

  #take() {
    // Only the page on which it was asked for loads anew; what is half filled in is a draft.
    navigator.serviceWorker.addEventListener("controllerchange", () =>
      location.reload(),
    );
    this.registration.waiting?.postMessage("take over");
  }
}

customElements.define("app-update", AppUpdate);
