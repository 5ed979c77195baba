// Nights as the table that the import page takes, for whoever wants to carry them by hand.

const META = new Set([
  ...[
    "client_id",
    "base_revision",
    "person",
    "schema",
    "measured_at",
    "zone",
    "reason",
  ],
  ...["replaces", "questionnaire", "note"],
]);
const RISKY = /^[=+\-@\t\r']/; // what a spreadsheet might take for a formula

function cell(text) {
  const safe = RISKY.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Return nights as CSV, a row a day: the last saving of an answer counts. */
export function nightTable(savings) {
  const days = {};
  const headings = {};
  for (const { day, fields, columns } of savings) {
    days[day] = { ...days[day], ...fields };
    if (days[day].dream_vividness === "no_recall") days[day].dream_distress = "n/a";
    Object.assign(headings, columns);
  }
  const items = [
    ...new Set(
      Object.values(days).flatMap((fields) =>
        Object.keys(fields).filter((name) => !META.has(name)),
      ),
    ),
  ];
  const rows = Object.entries(days).map(([day, fields]) => [
    day,
    ...items.map((name) => fields[name] ?? ""),
    fields.note ?? "",
  ]);
  return [["date", ...items.map((name) => headings[name] ?? name), "note"], ...rows]
    .map((row) => `${row.map(cell).join(",")}\r\n`)
    .join("");
}

/** Give nights to the browser as a file to keep. */
export function downloadNights(savings) {
  const link = document.createElement("a");
  const file = new Blob([nightTable(savings)], { type: "text/csv" });
  link.href = URL.createObjectURL(file);
  link.download = "nights.csv";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
