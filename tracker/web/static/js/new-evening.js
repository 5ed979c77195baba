// Whether a page for tonight has lain open until another evening.

import { diaryDay } from "./diary-day.js";
import { known } from "./phone-people.js";
import { read } from "./store.js";

/** Say whether the page calls `day` tonight, and it is not any more. */
export async function isAnotherEvening(person, day) {
  if (location.pathname !== "/" || document.visibilityState !== "visible") return false;
  const diary = await known(person).catch(() => undefined);
  if (!diary) return false;
  const clock = await read("facts", "clock");
  const today = diaryDay(Date.now() - (clock?.skew ?? 0), diary.zone, diary.rollover);
  return today !== day;
}
