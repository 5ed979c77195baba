// What is sent of a night, and the hash by which the server's answer is known to mean it.

const UNHASHED = new Set(["csrf_token", "phone_now"]);

/**
 * Return fields with their texts as the server hashes them: NFC, with LF. They are sent like
 * that: a server that knows fewer letters than this phone leaves those as they came.
 */
export function normal(fields) {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      value.replace(/\r\n?/g, "\n").normalize("NFC"),
    ]),
  );
}

/** Return `payload_sha256` of fields that are `normal`, all of them texts. */
export async function payloadHash(fields) {
  const names = Object.keys(fields).filter((name) => !UNHASHED.has(name));
  const sorted = Object.fromEntries(names.sort().map((name) => [name, fields[name]]));
  const bytes = new TextEncoder().encode(JSON.stringify(sorted));
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(digest)]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}
