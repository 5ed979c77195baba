"""How long the group report of many diary files takes, and whether its memory stays flat."""

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from tools.bench.timing import UnexpectedError

PEOPLE: Final = (1_000, 10_000)
NIGHTS: Final = 180
BASELINE: Final = 14
FIRST: Final = date(2025, 1, 1)
STARTS: Final = 300  # days among which people begin
COURSES: Final = 40  # diaries that are made; people share them, from different days on
MISSED: Final = 10  # one night in so many is not written
HEADINGS: Final = "person,date,pain,fatigue,sleep,mood,dream_vividness,dream_distress,note\n"


def name_of(people: int) -> str:
    """Return what a report over so many people is called among the figures."""
    return f"cohort of {people:,} people"


def measured() -> Mapping[str, Mapping[str, float]]:
    """Return seconds and memory of `tracker cohort` over few people and over many."""
    with tempfile.TemporaryDirectory() as folder:
        return {name_of(people): _report(Path(folder), people) for people in PEOPLE}


def _report(folder: Path, people: int) -> Mapping[str, float]:
    diary, phases = folder / f"diary-{people}.csv", folder / f"phases-{people}.csv"
    draw = random.Random(people)
    starts = [FIRST + timedelta(days=draw.randrange(STARTS)) for _ in range(people)]
    with diary.open("w", encoding="utf-8") as file:
        file.writelines(_diaries(draw, starts))
    with phases.open("w", encoding="utf-8") as file:
        file.writelines(_phases(starts))
    command = ["cohort", str(diary), "--phases", str(phases), "--json"]
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "tracker", *command], stdout=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise UnexpectedError(f"tracker cohort exited with {process.returncode}")
    return {
        "seconds": round(seconds, 2),
        "cpu_s": round(used.ru_utime + used.ru_stime, 2),
        "memory_mb": round(used.ru_maxrss / 1024, 1),
    }


def _diaries(draw: random.Random, starts: list[date]) -> Iterator[str]:
    yield HEADINGS
    courses = [[_night(draw, day) for day in range(NIGHTS)] for _ in range(COURSES)]
    for number, start in enumerate(starts):
        days = [(start + timedelta(days=day)).isoformat() for day in range(NIGHTS)]
        yield "".join(
            f"p{number},{day}{cells}"
            for day, cells in zip(days, draw.choice(courses), strict=True)
            if cells
        )


def _night(draw: random.Random, day: int) -> str:
    """Return the cells of one night, "" where it is not written."""
    if draw.randrange(MISSED) == 0:
        return ""
    level = 6 if day < BASELINE else 4
    burdens = [round(min(10, max(0, draw.gauss(level, 1.5)))) for _ in range(6)]
    burdens[2] = 10 - burdens[2]  # sleep: higher is better
    return f",{','.join(map(str, burdens))},\n"


def _phases(starts: list[date]) -> Iterator[str]:
    yield "person,phase,start,end,label,medicine,dose_mg\n"
    for number, start in enumerate(starts):
        arms = ("treatment", "placebo") if number % 2 else ("placebo", "treatment")
        end = start + timedelta(days=BASELINE)
        yield f"p{number},baseline,{start},{end},,,\n"
        for arm in arms:
            begin, end = end, end + timedelta(days=(NIGHTS - BASELINE) // 2)
            medicine = "naltrexone,4.5" if arm == "treatment" else ","
            yield f"p{number},{arm},{begin},{end},,{medicine}\n"
