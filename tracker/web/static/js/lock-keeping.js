// What the app lock keeps on this phone: the PIN's salted hash, a passkey's id, when to ask again.

const PLACE = "app-lock";
const ROUNDS = 600_000; // of PBKDF2 with SHA-256, as OWASP advises
const FREE = 3; // wrong tries before waiting begins
const FIRST = 5; // seconds, doubled by each further wrong try
const LONGEST = 900; // seconds
const VERIFIED = 4; // the flag of authenticator data that says the person was recognised

/** The lock as it was kept: { pin, salt, passkey, wait, wrong, until }; null where there is none. */
export function kept() {
  try {
    // Whoever signed in since took it off.
    if (/(^|; )lock=off(;|$)/.test(document.cookie)) localStorage.removeItem(PLACE);
    return JSON.parse(localStorage.getItem(PLACE));
  } catch {
    return null; // a browser that keeps nothing has no lock
  }
}

export function keep(changes) {
  const lock = { wait: 60, wrong: 0, until: 0, ...kept(), ...changes };
  localStorage.setItem(PLACE, JSON.stringify(lock));
}

export function remove() {
  localStorage.removeItem(PLACE);
}

/** Seconds until the next try may be made. */
export function waiting(lock) {
  const seconds = Math.ceil((lock.until - Date.now()) / 1000);
  return Math.min(Math.max(seconds, 0), LONGEST);
}

export async function hashed(pin, salt = text(random(16))) {
  const key = await crypto.subtle.importKey(
    "raw",
    new TextEncoder().encode(pin),
    "PBKDF2",
    false,
    ["deriveBits"],
  );
  const how = {
    name: "PBKDF2",
    hash: "SHA-256",
    salt: bytes(salt),
    iterations: ROUNDS,
  };
  const bits = await crypto.subtle.deriveBits(how, key, 256);
  return { pin: text(new Uint8Array(bits)), salt };
}

/** Counts the try before it is made: closing the page in between does not help. */
export async function isPin(lock, pin) {
  const wrong = lock.wrong + 1;
  const wait = wrong < FREE ? 0 : Math.min(FIRST * 2 ** (wrong - FREE), LONGEST);
  keep({ wrong, until: Date.now() + wait * 1000 });
  return (await hashed(pin, lock.salt)).pin === lock.pin;
}

export async function hasPasskeys() {
  return Boolean(
    await globalThis.PublicKeyCredential?.isUserVerifyingPlatformAuthenticatorAvailable(),
  );
}

export async function madePasskey(name) {
  const made = await navigator.credentials.create({
    publicKey: {
      challenge: random(32),
      rp: { name: "Evenfall" },
      user: { id: random(16), name, displayName: name },
      pubKeyCredParams: [-7, -257].map((alg) => ({ type: "public-key", alg })),
      authenticatorSelection: {
        authenticatorAttachment: "platform",
        residentKey: "discouraged",
        userVerification: "required",
      },
    },
  });
  return text(new Uint8Array(made.rawId));
}

/** The signature is not checked: who could forge the answer here could leave out the question. */
export async function isRecognised(passkey) {
  const shown = await navigator.credentials.get({
    publicKey: {
      challenge: random(32),
      allowCredentials: [
        { type: "public-key", id: bytes(passkey), transports: ["internal"] },
      ],
      userVerification: "required",
    },
  });
  const flags = new Uint8Array(shown.response.authenticatorData)[32];
  return (flags & VERIFIED) !== 0;
}

function random(count) {
  return crypto.getRandomValues(new Uint8Array(count));
}

function text(array) {
  return btoa(String.fromCharCode(...array));
}

function bytes(written) {
  return Uint8Array.from(atob(written), (sign) => sign.charCodeAt(0));
}
