// The service worker: opens tonight's form without a connection, and sends what waits.

import { waiting } from "./outbox.js";
import { send } from "./sender.js";
import "./worker-push.js";

const SHELL = "/offline";
const NIGHT = /^\/(?:|yesterday|diary\/\d{4}-\d{2}-\d{2})$/;
const PATIENCE = 2_000; // ms, after which tonight's form opens without the server
const GATEWAY = [502, 503, 504]; // somebody in front of the server answers that it is away
const { cache: NAME, files: FILES } = self.evenfall;

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(begin()));
self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
});
self.addEventListener("sync", (event) => event.waitUntil(sync()));
self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  if (mode === "navigate") event.respondWith(page(event.request, pathname));
  else if (FILES.includes(pathname)) event.respondWith(file(event.request));
});

/** Nothing personal is ever put in here: the shell is asked for as a stranger. */
async function fill() {
  const cache = await caches.open(NAME);
  const asked = { cache: "reload", credentials: "omit" };
  await cache.addAll([...FILES, SHELL].map((path) => new Request(path, asked)));
}

async function begin() {
  for (const name of await caches.keys()) {
    if (name !== NAME) await caches.delete(name);
  }
  await self.clients.claim();
}

async function file(request) {
  return (await caches.match(request)) ?? fetch(request);
}

async function page(request, path) {
  const answer = fetch(request).then((found) =>
    GATEWAY.includes(found.status) && NIGHT.test(path) ? shell() : found,
  );
  const reached = answer.catch(shell);
  if (!NIGHT.test(path)) return reached;
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  return (
    (await Promise.race([reached, late])) ?? (await caches.match(SHELL)) ?? reached
  );
}

async function shell() {
  return (await caches.match(SHELL)) ?? Response.error();
}

/** Chromium wakes us when there is a connection; tried again by it where nights still wait. */
async function sync() {
  await send();
  if ((await waiting()).some((one) => !one.problem)) throw new Error("not sent yet");
}
