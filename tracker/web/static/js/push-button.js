// Asks this browser for pushes, and tells the server where they go; without script mail remains.

class PushButton extends HTMLElement {
  connectedCallback() {
    this.words = JSON.parse(this.dataset.words);
    this.button = this.querySelector("button");
    this.status = this.querySelector("[role=status]");
    this.hidden = false;
    if (!("serviceWorker" in navigator && "PushManager" in window)) {
      this.#say(isApples() ? "install" : "unsupported", true);
      return;
    }
    this.button.addEventListener("click", () => this.#ask());
    this.#look();
  }

  /** Where this very browser is pushed to already there is nothing to press. */
  async #look() {
    const registration = await navigator.serviceWorker.getRegistration("/");
    const found = await registration?.pushManager.getSubscription();
    if (
      found &&
      this.dataset.known.split(" ").includes(await shortHash(found.endpoint))
    ) {
      this.#say("here", true);
    }
  }

  async #ask() {
    this.#say("waiting", false);
    this.button.disabled = true;
    try {
      if ((await Notification.requestPermission()) !== "granted") {
        this.#say("denied", false);
        return;
      }
      const trouble = await this.#tell(await this.#subscribed());
      if (!trouble) {
        location.reload();
        return;
      }
      this.status.textContent = trouble;
    } catch {
      this.#say("failed", false);
    } finally {
      this.button.disabled = false;
    }
  }

  async #subscribed() {
    const { pushManager } = await navigator.serviceWorker.ready;
    const options = { userVisibleOnly: true, applicationServerKey: this.dataset.key };
    const before = await pushManager.getSubscription();
    if (before && keyOf(before) === this.dataset.key) return before;
    await before?.unsubscribe(); // bound to a key that this server has no more
    return pushManager.subscribe(options);
  }

  /** Tell the server; return what it has against it, "" for nothing. */
  async #tell(subscription) {
    const { endpoint, keys } = subscription.toJSON();
    const { token, person } = this.dataset;
    const answer = await fetch("/reminders/devices", {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams({ endpoint, ...keys, person, csrf_token: token }),
      redirect: "error",
    });
    const { saved, errors } = await answer.json();
    return saved ? "" : Object.values(errors ?? {}).join(" ") || this.words.failed;
  }

  #say(word, isAll) {
    this.status.textContent = this.words[word];
    this.button.hidden = isAll;
  }
}

/** An iPhone or iPad, where pushes come with the home screen. */
function isApples() {
  const { userAgent, maxTouchPoints } = navigator;
  return (
    /iPhone|iPad/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1)
  );
}

function keyOf(subscription) {
  const bytes = new Uint8Array(subscription.options.applicationServerKey ?? []);
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

async function shortHash(text) {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  const bytes = [...new Uint8Array(hash).slice(0, 8)];
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

customElements.define("push-button", PushButton);
