"""A report as plain text for a patient record: a page, at most 72 columns wide."""

import textwrap
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate
from typing import Final

from tracker.domain import (
    cycle_sentences,
    figures,
    medicine_words,
    responder,
    sentences,
    verdict_words,
    wording,
)
from tracker.domain import happening_words as words
from tracker.domain.answers import Answer, AnswerState
from tracker.domain.completion import count_days
from tracker.domain.diary import Status
from tracker.domain.dossiers import Dossier
from tracker.domain.improvement import ItemResult
from tracker.domain.openings import opened_among, opening_lines
from tracker.domain.phases import Phase
from tracker.domain.questionnaire import Kind
from tracker.domain.report import PhaseResult
from tracker.domain.spans import Span
from tracker.domain.voice import Voice
from tracker.domain.words import N_
from tracker.exports.summary import method

COLUMNS: Final = 72
MOST_ITEMS: Final = 7
MOST_PHASES: Final = 4
MOST_MEDICINES: Final = 3
MOST_DOSES: Final = 2  # of each
MOST_HAPPENINGS: Final = 3  # of side effects, and of measurements
NIGHTS: Final = 14
NAME: Final = COLUMNS - 4 * NIGHTS  # columns of a name, beside a score of each night
ANSWERS: Final = {
    AnswerState.DECLINED: "x",
    AnswerState.NOT_APPLICABLE: "/",
    AnswerState.NO_RECALL: "o",
}
EMPTY: Final = "."
LEGEND: Final = N_(
    "%(empty)s not answered, %(declined)s preferred not to say, %(none)s does not apply, "
    "%(recall)s no dream recalled."
)
WRITTEN_LEGEND: Final = N_("L late, E early in the day, I imported, P paused.")
WRITTEN: Final = {
    Status.ON_TIME: "",
    Status.LATE: "L",
    Status.BEFORE_TIME: "E",
    Status.IMPORTED: "I",
}
UNSEEN: Final = frozenset({"Cc", "Cf", "Cs"})


def report_text(dossier: Dossier, voice: Voice) -> bytes:
    """Return the text, UTF-8, lines ended by LF; the same for the same diary on the same day."""
    lines = "\n".join(_Writer(dossier, voice).lines())
    return (lines.replace("\N{NO-BREAK SPACE}", " ") + "\n").encode()


def cut(text: str, columns: int) -> str:
    """Return somebody's words on one line of at most so many columns, without hidden signs.

    >>> cut("Stiff hands", 8), cut("abc", 3), cut("\u75db\u307f\u75db\u307f", 5)
    ('Stiff h…', 'abc', '痛み…')
    """
    seen = [sign for sign in text if unicodedata.category(sign) not in UNSEEN]
    if sum(map(_width, seen)) <= columns:
        return "".join(seen)
    reached = accumulate(map(_width, seen))
    kept = (sign for sign, so_far in zip(seen, reached, strict=True) if so_far < columns)
    return "".join(kept) + "\N{HORIZONTAL ELLIPSIS}"


def padded(text: str, columns: int) -> str:
    """Return `text` cut and filled up to exactly so many columns."""
    shown = cut(text, columns)
    return shown + " " * (columns - sum(map(_width, shown)))


def _width(sign: str) -> int:
    if unicodedata.combining(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


class _Writer:
    """One report, part by part."""

    def __init__(self, dossier: Dossier, voice: Voice) -> None:
        self.dossier = dossier
        self.voice = voice
        self.report = dossier.report

    def lines(self) -> Iterator[str]:
        parts = (
            self.who(),
            self.answer(),
            self.figures(),
            self.phases(),
            self.medicines(),
            self.effects(),
            self.measured(),
            self.nights(),
        )
        for part in parts:
            found = list(part)
            yield from found
            if found:
                yield ""
        source = method.SOURCES[self.report.rule]
        yield from self.told(wording.PLACEBO_RATE)
        yield from self.told(method.PERCENT)
        yield from self.told(method.SOURCE, source=source)
        yield from self.told(method.SELF_REPORTED)

    def who(self) -> Iterator[str]:
        dossier, voice = self.dossier, self.voice
        yield from self.told(N_("Symptom diary of %(name)s"), name=cut(dossier.name, COLUMNS))
        begin = min(dossier.diary.entries, default=None)
        if begin is None:
            yield from self.told(N_("No night is logged yet."))
            return
        span = Span(begin, dossier.closed_until)
        days = count_days(dossier.diary, span)
        yield from self.told(
            N_("%(days)s; written %(today)s"),
            days=voice.days(span),
            today=voice.dated_day(dossier.today),
        )
        yield from self.told(
            N_("%(logged)d of %(expected)d nights logged, %(missing)d missing, %(late)d late"),
            logged=days.logged,
            expected=days.expected,
            missing=days.missing,
            late=days.late,
        )

    def answer(self) -> Iterator[str]:
        report, voice = self.report, self.voice
        if not report.phases:
            yield from self.told(N_("No phase is noted, so there is nothing to compare."))
            return
        result = report.phases[-1]
        yield cut(self.titled(result), COLUMNS)
        yield from _wrapped(sentences.lead(report, result, voice))
        told = (sentences.verdict(result, voice), sentences.uncertain(result, voice))
        yield from _wrapped(" ".join(filter(None, told)))
        more = (*sentences.missing(report, result, voice), *sentences.remarks(result, voice))
        yield from _wrapped(" ".join(more))
        yield from self.told(
            N_("Rule: %(rule)s. Compared: %(days)s."),
            rule=voice.say(responder.WORDING[report.rule]),
            days=voice.say(verdict_words.PRESET_WORDING[report.preset]),
        )
        if report.cycles is not None:
            yield from _wrapped(" ".join(cycle_sentences.told(report.cycles, voice)))

    def titled(self, result: PhaseResult) -> str:
        name = figures.phase_name(result.phase, self.voice)
        return f"{name}, {self.voice.days(result.span)}"

    def figures(self) -> Iterator[str]:
        if not self.report.phases or not self.report.phases[-1].items:
            return
        result = self.report.phases[-1]
        ruled = sentences.ruled(self.report, result)
        rows = [*ruled, *(row for row in result.items.values() if row not in ruled)]
        heads = (N_("Means"), N_("baseline"), N_("evaluation"), N_("points"), N_("change"))
        yield _cells(*map(self.voice.say, heads))
        for row in rows[:MOST_ITEMS]:
            yield from self.row(row)
        if len(rows) > MOST_ITEMS:
            yield from self.told(N_("and %(count)d more questions"), count=len(rows) - MOST_ITEMS)

    def row(self, row: ItemResult) -> Iterator[str]:
        voice = self.voice
        before, after = row.baseline, row.evaluation
        line = _cells(
            figures.item_name(row.item, voice.say),
            f"{figures.mean_of(before, voice)} ({before.days})",
            f"{figures.mean_of(after, voice)} ({after.days})",
            figures.points_of(row.points, voice),
            figures.percent_of(row, voice),
        )
        limits = "" if row.ci95 is None else f" ({figures.interval_of(row, voice)})"
        if len(line + limits) <= COLUMNS:
            yield line + limits
        else:
            yield from (line, f"{limits:>{COLUMNS}}")

    def phases(self) -> Iterator[str]:
        found = self.dossier.phases
        if not found:
            return
        yield from self.told(N_("Phases and doses"))
        if len(found) > MOST_PHASES:
            yield from self.told(N_("%(count)d earlier phases"), count=len(found) - MOST_PHASES)
        for phase in found[-MOST_PHASES:]:
            yield self.phase(phase)
        for one in opened_among(self.dossier.openings, found[-MOST_PHASES:]):
            lines = opening_lines(one.how, self.voice, own_words=False)
            yield from _wrapped(" ".join(lines))

    def phase(self, phase: Phase) -> str:
        voice = self.voice
        kind = padded(voice.say(wording.KINDS[phase.kind]), NAME)
        days = (
            voice.say(N_("since %(day)s"), day=voice.dated_day(phase.start))
            if phase.end is None
            else voice.days(Span(phase.start, phase.end))
        )
        taken = [figures.taken(phase, voice), phase.label]
        about = ", ".join(filter(None, taken))
        return f"{kind}{days:<28}{cut(about, COLUMNS - NAME - 28)}".rstrip()

    def medicines(self) -> Iterator[str]:
        report, voice = self.report, self.voice
        found = report.medicines
        if found:
            yield from self.told(N_("Medicines as noted"))
        if len(found) > MOST_MEDICINES:
            yield from self.told(
                N_("%(count)d earlier medicines"), count=len(found) - MOST_MEDICINES
            )
        for medicine in found[-MOST_MEDICINES:]:
            days = medicine_words.taken_in_words(medicine, voice)
            yield cut(f"{medicine.name}, {days}", COLUMNS)
            for dose in medicine.doses[-MOST_DOSES:]:
                said = medicine_words.dose_in_words(medicine, dose, voice)
                yield f"  {cut(said, COLUMNS - 2)}"
        yield from _wrapped(medicine_words.adherence_in_words(report.adherence, voice))
        if report.notice is not None:
            yield from _wrapped(" ".join(medicine_words.notice_lines(report.notice, voice)))

    def effects(self) -> Iterator[str]:
        found = self.dossier.happenings.effects[::-1]
        if not found:
            return
        yield from self.told(N_("Side effects"))
        for one in found[:MOST_HAPPENINGS]:
            name = padded(words.effect_name(one, self.voice.say), NAME - 1) + " "
            days, remarks = (
                words.effect_days(one, self.voice),
                words.effect_remarks(one, self.voice),
            )
            yield f"{name}{days:<28}{cut(remarks, COLUMNS - NAME - 28)}".rstrip()
        yield from self.more(len(found))

    def measured(self) -> Iterator[str]:
        found = self.dossier.series
        if not found:
            return
        yield from self.told(N_("Measurements, the newest of each with its change from baseline"))
        for series in found[:MOST_HAPPENINGS]:
            newest = series.newest
            value = f"{self.voice.dated_day(newest.day)}: {words.measured(newest, self.voice)}"
            change = words.newest_change(series, self.voice)
            rest = COLUMNS - NAME - 28
            yield f"{padded(series.name, NAME - 1)} {padded(value, 28)}{cut(change, rest)}".rstrip()
        yield from self.more(len(found))

    def more(self, count: int) -> Sequence[str]:
        if count <= MOST_HAPPENINGS:
            return ()
        return self.told(N_("and %(count)d more"), count=count - MOST_HAPPENINGS)

    def nights(self) -> Iterator[str]:
        dossier = self.dossier
        last = Span(dossier.closed_until - timedelta(NIGHTS), dossier.closed_until)
        if not any(entry.is_logged and entry.day in last for entry in dossier.entries):
            return
        yield from self.told(N_("The last 14 nights: %(days)s"), days=self.voice.days(last))
        yield " " * NAME + "".join(f"{day.day:>4}" for day in last)
        shown = [item for item in dossier.items.values() if item.kind is not Kind.CHOICE]
        for item in shown[:MOST_ITEMS]:
            scores = (self.score(day, item.key) for day in last)
            name = figures.item_name(item, self.voice.say)
            yield padded(name, NAME) + "".join(f"{score:>4}" for score in scores)
        written = "".join(f"{self.written(day):>4}" for day in last)
        legend = self.voice.say(
            LEGEND,
            empty=EMPTY,
            declined=ANSWERS[AnswerState.DECLINED],
            none=ANSWERS[AnswerState.NOT_APPLICABLE],
            recall=ANSWERS[AnswerState.NO_RECALL],
        )
        if written.strip():
            yield (padded(self.voice.say(N_("Written")), NAME) + written).rstrip()
            legend = f"{legend} {self.voice.say(WRITTEN_LEGEND)}"
        yield from _wrapped(legend)

    def score(self, day: date, key: str) -> str:
        entry = self.dossier.diary.entries.get(day)
        answer: Answer | None = None if entry is None else entry.answers.get(key)
        if answer is None:
            return EMPTY
        return ANSWERS[answer.state] if answer.value is None else str(answer.value)

    def written(self, day: date) -> str:
        entry = self.dossier.diary.entries.get(day)
        if entry is not None and entry.is_logged:
            return WRITTEN[entry.status]
        return "P" if self.dossier.diary.is_paused(day) else ""

    def told(self, text: str, **values: object) -> Sequence[str]:
        """Return `text` in the reader's language, on as many lines as it needs."""
        return _wrapped(self.voice.say(text, **values))


def _cells(name: str, before: str, after: str, points: str, change: str) -> str:
    return f"{padded(name, NAME)}{before:>9}{after:>11}{points:>7}  {change}"


def _wrapped(text: str) -> Sequence[str]:
    return textwrap.wrap(text, COLUMNS, break_on_hyphens=False)
