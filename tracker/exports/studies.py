"""A study's data set: people by code, night by night, as files that other programs read."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from tracker.domain.answers import Answer, AnswerState, write_answer
from tracker.domain.diary import Entry
from tracker.domain.phases import Phase
from tracker.domain.questionnaire import ITEMS, Item, Ruler
from tracker.domain.studies import Study
from tracker.domain.study_data import Volunteer
from tracker.exports.study_effects import EFFECTS, effects_csv, events_csv
from tracker.exports.study_redcap import redcap_zip
from tracker.exports.table import table_csv

LONG: Final = {
    "study_code": "The person's code in this study.",
    "diary_day": "The date of the evening that the night belongs to.",
    "study_day": "1 is the first day of the plan.",
    "phase": "The kind of phase of that day; blinded before the unblinding, empty in none.",
    "label": "The phase's label.",
    "item": "The key of the question: see below.",
    "value": "The answer as a whole number; empty where it is a state.",
    "state": "answered, declined, n/a, no_recall; a row that is not there is missing.",
    "ruler": "The ruler of that night's scores: nrs 0-10, vas 0-100; never mix them.",
    "status": "on_time, before_time, late or imported.",
    "imported": "1: it came from a file, and counts as on time nowhere.",
    "sent_later": "1: saved on the phone first, sent later.",
    "revision": "How many times the night was saved.",
}
SDTM: Final = (
    *("STUDYID", "DOMAIN", "USUBJID", "QSSEQ", "QSTESTCD", "QSTEST", "QSCAT", "QSORRES"),
    *("QSSTRESN", "QSSTAT", "QSREASND", "EPOCH", "QSDTC", "QSDY"),
)
CATEGORY: Final = "EVENFALL NIGHTLY DIARY"
# At most eight letters each, as SDTM has it.
TEST_CODES: Final = {
    "pain": "PAIN",
    "fatigue": "FATIGUE",
    "sleep": "SLEEP",
    "mood": "MOOD",
    "dream_vividness": "DREAMVIV",
    "dream_distress": "DREAMDIS",
    "dose_taken": "DOSETAKE",
    "activity": "ACTIVITY",
    "function": "FUNCTION",
    "satisfaction": "SATISFAC",
    "stress": "STRESS",
    "memory": "MEMORY",
    "headache": "HEADACHE",
    "overall": "OVERALL",
    "worst_pain": "WORSTPN",
    "tolerability": "TOLERAB",
    "pgic": "PGIC",
}
REASONS: Final = {
    AnswerState.DECLINED: "PREFERRED NOT TO SAY",
    AnswerState.NOT_APPLICABLE: "NOT APPLICABLE",
    AnswerState.NO_RECALL: "NO DREAM RECALLED",
}
PHASES: Final = ("person", "phase", "start", "end", "label", "medicine", "dose_mg")


Writer = Callable[[Sequence[Volunteer], Study], bytes]
# Each file of the data set.
FILES: Final[Mapping[str, Writer]] = {
    "long.csv": lambda people, _study: long_csv(people),
    "dictionary.csv": lambda people, study: dictionary_csv(people, study.draft.ruler),
    "diaries.csv": lambda people, _study: diaries_csv(people),
    "phases.csv": lambda people, _study: phases_csv(people),
    "qs.csv": lambda people, study: sdtm_csv(people, study.draft.title),
    "side_effects.csv": lambda people, _study: effects_csv(people),
    "ae.csv": lambda people, study: events_csv(people, study.draft.title),
    "redcap.zip": redcap_zip,
}


def long_csv(people: Iterable[Volunteer]) -> bytes:
    """Return a row for each answer of each night of each person."""
    return table_csv(LONG, (row for one in people for row in _long(one)))


def dictionary_csv(people: Sequence[Volunteer], ruler: Ruler) -> bytes:
    """Return what each column means, then each item as it was asked."""
    heads = ("name", "kind", "meaning", "lowest", "highest", "low_end", "high_end", "direction")
    blank = ("",) * 5
    columns = [
        (name, kind, told, *blank)
        for kind, named in (("column", LONG), ("column of side_effects.csv", EFFECTS))
        for name, told in named.items()
    ]
    items = {key: item for one in people for key, item in one.diary.items.items()}
    return table_csv(heads, [*columns, *(_defined(item, ruler) for item in items.values())])


def diaries_csv(people: Sequence[Volunteer]) -> bytes:
    """Return all nights as one cohort file: `tracker cohort` reads it."""
    answered = {key for one in people for e in one.diary.entries.values() for key in e.answers}
    columns = [item for key, item in ITEMS.items() if key in answered]
    heads = ("person", "date", *(item.key for item in columns), "ruler", "status", "revision")
    return table_csv(heads, (row for one in people for row in _nights(one, columns)))


def phases_csv(people: Iterable[Volunteer]) -> bytes:
    """Return all phases as a cohort's file of phases."""
    return table_csv(PHASES, (_phase(one.code, phase) for one in people for phase in one.phases))


def sdtm_csv(people: Iterable[Volunteer], study: str) -> bytes:
    """Return the answers in the shape of SDTM's domain QS; no claim of conformance."""
    return table_csv(SDTM, (row for one in people for row in _findings(one, study)))


def _long(one: Volunteer) -> Iterator[tuple[str, ...]]:
    for day, entry in one.diary.entries.items():
        phase = one.phase_on(day)
        for key, answer in entry.answers.items():
            yield (
                one.code,
                day.isoformat(),
                str(one.study_day(day)),
                "" if phase is None else phase.kind.value,
                "" if phase is None else phase.label,
                key,
                "" if answer.value is None else str(answer.value),
                answer.state.value,
                entry.ruler.value,
                entry.status.value,
                str(int(entry.imported)),
                str(int(entry.sent_later)),
                str(entry.revision),
            )


def _nights(one: Volunteer, columns: Sequence[Item]) -> Iterator[tuple[str, ...]]:
    for day, entry in one.diary.entries.items():
        yield (
            one.code,
            day.isoformat(),
            *(write_answer(item, entry.answers.get(item.key)) for item in columns),
            entry.ruler.value,
            entry.status.value,
            str(entry.revision),
        )


def _findings(one: Volunteer, study: str) -> Iterator[tuple[str, ...]]:
    number = 0
    for day, entry in one.diary.entries.items():
        for key, answer in entry.answers.items():
            number += 1
            yield (
                *(study, "QS", f"{study}-{one.code}", str(number)),
                *(TEST_CODES[key], ITEMS[key].name, CATEGORY),
                *_result(ITEMS[key], answer, entry),
                *(_epoch(one, day), day.isoformat(), str(one.study_day(day))),
            )


def _result(item: Item, answer: Answer, entry: Entry) -> tuple[str, str, str, str]:
    """Return original and numeric result, and status and reason where there is none."""
    if answer.value is None:
        return "", "", "NOT DONE", REASONS[answer.state]
    low, high = item.bounds(entry.ruler)
    told = item.choices[answer.value] if item.choices else f"{answer.value} of {low}-{high}"
    return told, str(answer.value), "", ""


def _defined(item: Item, ruler: Ruler) -> tuple[str, ...]:
    low, high = item.bounds(ruler)
    told = item.question if not item.choices else f"{item.question} {', '.join(item.choices)}"
    ends = (str(low), str(high), item.low, item.high)
    return (item.key, "item", told, *ends, item.direction.value)


def _phase(code: str, phase: Phase) -> tuple[str, ...]:
    return (
        code,
        phase.kind.value,
        phase.start.isoformat(),
        "" if phase.end is None else phase.end.isoformat(),
        phase.label,
        phase.medicine,
        "" if phase.dose_mg is None else format(phase.dose_mg.normalize(), "f"),
    )


def _epoch(one: Volunteer, day: date) -> str:
    phase = one.phase_on(day)
    return "" if phase is None else phase.kind.value.upper()
