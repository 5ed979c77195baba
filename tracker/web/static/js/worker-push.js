// The service worker's share of reminders: shows one, opens tonight's form, or switches them off.

const JSON_TYPE = "application/json";
const TONIGHT = "/";
const REMINDERS = "/reminders/";
// What is shown where a message can't be read: a push must always show something.
const PLAIN = {
  tag: "evenfall-tonight",
  title: "Evenfall",
  body: "Tonight's form is ready.",
};

self.addEventListener("push", (event) => event.waitUntil(show(read(event.data))));
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const told = event.notification.data ?? {};
  const deed = event.action === "off" ? off(told) : open(told.path ?? TONIGHT);
  event.waitUntil(deed);
});
self.addEventListener("pushsubscriptionchange", (event) =>
  event.waitUntil(renew(event)),
);

function read(data) {
  try {
    return { ...PLAIN, ...data.json() };
  } catch {
    return PLAIN;
  }
}

async function show(told) {
  const { tag, title, body } = told;
  // The same evening's, sent again, takes its place without a sound.
  const before = await self.registration.getNotifications({ tag });
  const isAgain = before.some((one) => told.day && one.data?.day === told.day);
  const actions = told.off_path ? [{ action: "off", title: told.off }] : [];
  const options = {
    body,
    tag,
    renotify: !isAgain,
    silent: isAgain,
    actions,
    data: told,
  };
  await self.registration.showNotification(title, options);
}

/** Open a page of ours, in the window that shows it already where there is one. */
async function open(path) {
  const windows = await self.clients.matchAll({
    type: "window",
    includeUncontrolled: true,
  });
  const there = windows.find((one) => new URL(one.url).pathname === path);
  await (there ? there.focus() : self.clients.openWindow(path));
}

/** Its link alone is enough to switch a reminder off; where that fails its page has the button. */
async function off({ off_path: path, is_off: body, tag, title }) {
  try {
    const answer = await fetch(path, { method: "POST", redirect: "error" });
    if (!answer.ok) throw new Error("not switched off");
    const data = { path: REMINDERS };
    await self.registration.showNotification(title, { body, tag, silent: true, data });
  } catch {
    await self.clients.openWindow(path);
  }
}

/** The browser changed its endpoint: the server knows the person by the earlier one. */
async function renew({ oldSubscription: before, newSubscription: made }) {
  if (!before) return; // the reminders page offers to begin anew
  const after = made ?? (await self.registration.pushManager.subscribe(before.options));
  const session = await fetch("/session.json", { headers: { Accept: JSON_TYPE } });
  const { csrf_token, person } = await session.json();
  const { endpoint, keys } = after.toJSON();
  const told = { endpoint, ...keys, replaces: before.endpoint, csrf_token, person };
  await fetch("/reminders/devices", {
    method: "POST",
    headers: { Accept: JSON_TYPE },
    body: new URLSearchParams(told),
  });
}
