"""Files as other apps write them, made up from a seed."""

import csv
import io
import random
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

FIRST: Final = date(2026, 8, 10)
MOODS: Final = ("awful", "bad", "meh", "good", "rad")
SYMPTOMS: Final = ("Headache", "Neck pain", "Brain fog")
SEVERITIES: Final = ("", "Mild", "Moderate", "Severe", "Unbearable")
PARTS: Final = ("pre", "am", "mid", "pm")


def written(rows: Iterable[Sequence[object]], delimiter: str = ",") -> str:
    """Return rows as a CSV file."""
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return file.getvalue()


def daylio(nights: int = 20, *, a_day: int = 1, scales: bool = False) -> bytes:
    """Return a mood diary, newest first, with `a_day` entries each day."""
    chance = random.Random(7)
    head = ["full_date", "date", "weekday", "time", "mood", "activities", "note_title", "note"]
    rows: list[list[object]] = []
    for number in range(nights):
        day = FIRST + timedelta(days=number)
        for hour in range(a_day):
            row: list[object] = [day, f"{day:%d %B}", f"{day:%A}", f"{9 + hour}:05 am"]
            row += [chance.choice(MOODS), "walk | music", "", chance.choice(("", "rain<br>wind"))]
            if scales:
                row.insert(6, f"Energy:\N{NO-BREAK SPACE}{chance.randrange(6)} | Focus: 3")
            rows.append(row)
    if scales:
        head.insert(6, "scales")
    return b"\xef\xbb\xbf" + written([head, *reversed(rows)]).encode()


def old_daylio() -> bytes:
    """Return the older form of the same, without a whole date."""
    head = ["year", "date", "weekday", "time", "mood", "activities", "note"]
    return written([head, [2018, "18 May", "Friday", "11:54 pm", "rad", "walk", "sun"]]).encode()


def ordinal(day: int) -> str:
    """Return a day of a month as English says it."""
    endings = {1: "st", 2: "nd", 3: "rd"}
    return f"{day}{'th' if 10 < day < 14 else endings.get(day % 10, 'th')}"


def bearable(nights: int = 20, *, a_day: int = 1, is_old: bool = False) -> bytes:
    """Return a symptom diary, a line a measurement; symptoms are noted `a_day` times."""
    chance = random.Random(8)
    head = ["date", "date formatted", "weekday", "time of day", "category"]
    head += ["rating/amount", "detail", "notes"]
    rows: list[list[object]] = []
    for number in range(nights):
        day = FIRST + timedelta(days=number)
        start = [f"{ordinal(day.day)} {day:%b %Y}", day, f"{day:%A}"]
        rows.append([*start, "21:05", "Mood", 1 + chance.randrange(10), "Meh | Tired", ""])
        rows.append([*start, "all day", "Sleep quality", 1 + chance.randrange(5), "", ""])
        rows.append([*start, "all day", "Factors", "", "Walk | Quiet day", ""])
        rows.append([*start, "7:30", "Meds/Supplements", 4.5, "Naltrexone (mg)", ""])
        for symptom in SYMPTOMS:
            for part in PARTS[:a_day]:
                level = 1 + chance.randrange(4)
                detail = f"{symptom} ({SEVERITIES[level]})"
                rows.append([*start, part, "Symptom", level, detail, ""])
    if is_old:
        head.pop(1)
        for row in rows:
            row.pop(1)
    return written([head, *rows]).encode()
