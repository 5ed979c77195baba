// The phone's own database: forms, drafts, nights that wait, nights that arrived, and facts.

const NAME = "evenfall";
const VERSION = 1;
const PATIENCE = 5_000; // ms; a database that hangs keeps nothing, and Save must say so
const STORES = {
  people: "person",
  drafts: ["person", "day"],
  outbox: "client_id",
  sent: "client_id",
  facts: "name",
};

let opened; // a promise of the database, asked for once

function open() {
  opened ??= ask().catch((error) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

function ask() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, VERSION);
    const late = setTimeout(reject, PATIENCE, new Error("no answer"));
    asked.onupgradeneeded = () => {
      for (const [name, keyPath] of Object.entries(STORES)) {
        asked.result.createObjectStore(name, { keyPath });
      }
    };
    asked.onsuccess = () => {
      clearTimeout(late);
      const forget = () => {
        opened = undefined;
      };
      asked.result.onclose = forget;
      asked.result.onversionchange = () => {
        asked.result.close();
        forget();
      };
      resolve(asked.result);
    };
    asked.onerror = () => reject(asked.error);
  });
}

async function begin(names, mode, options) {
  const database = await open();
  try {
    return database.transaction(names, mode, options);
  } catch {
    opened = undefined; // the browser closed it without a word, as iOS does after a sleep
    return (await open()).transaction(names, mode, options);
  }
}

/** Say whether this browser, on this address, can keep nights at all. */
export function canKeep() {
  // Plain http has no hashes, no service worker, and is read along: nothing is kept there.
  return globalThis.isSecureContext && "indexedDB" in globalThis;
}

/**
 * Run `deed` in one transaction. What it changed is on the disk once the promise is kept: a
 * power cut takes nothing back. Inside, only requests to this database may be waited for.
 *
 * @param {string[]} names - of the stores
 * @param {(store: (name: string) => object) => Promise} deed
 */
export async function change(names, deed) {
  const transaction = await begin(names, "readwrite", { durability: "strict" });
  const late = setTimeout(() => transaction.abort(), PATIENCE);
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error ?? new Error("taken back"));
  });
  try {
    const result = await deed((name) => wrapped(transaction.objectStore(name)));
    await done;
    return result;
  } catch (error) {
    done.catch(() => {}); // said by `error` already
    try {
      transaction.abort();
    } catch {
      // It ended by itself.
    }
    throw error;
  } finally {
    clearTimeout(late);
  }
}

/** Return one record, or undefined. */
export async function read(name, key) {
  return answered((await begin(name)).objectStore(name).get(key));
}

/** Return every record of a store. */
export async function readAll(name) {
  return answered((await begin(name)).objectStore(name).getAll());
}

function wrapped(store) {
  return {
    all: () => answered(store.getAll()),
    get: (key) => answered(store.get(key)),
    put: (value) => answered(store.put(value)),
    remove: (key) => answered(store.delete(key)),
  };
}

function answered(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
