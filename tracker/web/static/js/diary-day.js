// The diary day by wall clock, as the server counts it, and whether the phone's clock can be believed.

const DAY = 86_400_000; // ms
const TOLERANCE = 120_000; // ms that two clocks may differ before it is worth a question

/** Return the day before or after, `YYYY-MM-DD`. */
export function shifted(day, days) {
  return new Date(Date.parse(`${day}T00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/**
 * Return the diary day of an instant, `YYYY-MM-DD`.
 *
 * @param {number} instant - ms since 1970
 * @param {string} zone - IANA name
 * @param {string} rollover - `HH:MM` by wall clock; before it the evening goes on
 */
export function diaryDay(instant, zone, rollover) {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  const part = Object.fromEntries(
    format.formatToParts(instant).map(({ type, value }) => [type, value]),
  );
  const date = `${part.year.padStart(4, "0")}-${part.month}-${part.day}`;
  return `${part.hour}:${part.minute}` < rollover ? shifted(date, -1) : date;
}

/**
 * Say whether a night may have landed on a wrong day, or its time may be wrong, by the clock.
 *
 * @param {{saved: number, skew: number | null, floor: number, chosenBy: string}} told - what was
 *   known at Save: the phone's clock, how far it ran ahead when last compared (null: never), the
 *   newest time that the server ever told, and who chose the day (`server` or `phone`)
 * @param {number} skew - how far the phone's clock runs ahead now
 * @param {{zone: string, rollover: string} | undefined} diary - undefined: not known any more
 */
export function isDoubtful(told, skew, diary) {
  const thought = told.saved - (told.skew ?? 0);
  const known = told.saved - skew;
  if (told.skew !== null && Math.abs(told.skew - skew) > TOLERANCE) return true;
  if (thought < told.floor - TOLERANCE) return true; // earlier than what was already past
  if (told.chosenBy === "server" || !diary) return false;
  return (
    diaryDay(thought, diary.zone, diary.rollover) !==
    diaryDay(known, diary.zone, diary.rollover)
  );
}
