// Days and times as people say them, in the page's language and as the server's pages do.

/**
 * Return a day (`YYYY-MM-DD`) or an instant (ms) in words.
 *
 * @param {string | number} at
 * @param {object} parts - what of it is said, as `Intl.DateTimeFormat` takes it
 */
export function written(at, parts) {
  const { lang } = document.documentElement;
  const isDay = typeof at === "string";
  return new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, {
    day: "numeric",
    month: "long",
    ...(isDay ? { timeZone: "UTC" } : {}),
    ...parts,
  }).format(new Date(isDay ? `${at}T00:00Z` : at));
}
