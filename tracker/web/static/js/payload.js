// What is sent of a night, and the hash by which the server's answer is known to mean it.

const UNHASHED = new Set(["csrf_token", "phone_now"]);

/** Return texts as the server hashes them: NFC, with LF. */
function normal(value) {
  return value.replace(/\r\n?/g, "\n").normalize("NFC");
}

/** Return `payload_sha256` of the fields, all of them texts. */
export async function payloadHash(fields) {
  const names = Object.keys(fields).filter((name) => !UNHASHED.has(name));
  const sorted = Object.fromEntries(
    names.sort().map((name) => [name, normal(fields[name])]),
  );
  const bytes = new TextEncoder().encode(JSON.stringify(sorted));
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(digest)]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}
