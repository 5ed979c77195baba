"""What taking a file in would do, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final

from tracker.domain.answers import write_answer
from tracker.domain.diary import Diary, Entry
from tracker.domain.questionnaire import Item
from tracker.imports.columns import item_of
from tracker.imports.conversions import Conversion
from tracker.imports.mapped import MappedFile
from tracker.imports.readings import Reading, Several
from tracker.imports.scales import Rounding, written
from tracker.services.import_plans import Plan
from tracker.services.imports import Upload
from tracker.web.access import found
from tracker.web.dates import full_day
from tracker.web.forms.mapped_answers import ROUNDINGS, SEVERAL
from tracker.web.forms.mapped_columns import ORDERS
from tracker.web.forms.questions import in_words
from tracker.web.waiting_files import Foreign
from tracker.web.words import _

MOST_DAYS: Final = 10  # named one by one
FIRST_NIGHTS: Final = 5
NOTE_LENGTH: Final = 80  # of a night among the first


@dataclass(frozen=True, slots=True)
class Preview:
    """What taking a file in would do, in words; `is_choice` where the person has one."""

    file: str
    what: tuple[tuple[str, str], ...]
    is_choice: bool
    is_nothing: bool


@dataclass(frozen=True, slots=True)
class Converted:
    """What becomes of the texts of one column: rows of the file's text, its answer, a remark.

    `said` stands in place of rows where all answers stay as they are. Where there is no remark,
    rows have two cells.
    """

    title: str
    said: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


def preview(file: Upload, plan: Plan, *, is_ours: bool = True, skipped: int = 0) -> Preview:
    """Return what a plan does; of another app's table what is asked stays as it is."""
    nights = plan.nights
    asked = _asked(plan) if plan.is_fresh and is_ours else ""
    told = (
        (_("Nights in the file"), _reach(plan.days)),
        (_("New nights"), str(len(nights.new))),
        (_("The same as here"), _count(len(nights.same))),
        (_("Different from what is here"), _named(nights.differing)),
        (_("Deleted here"), _named(nights.deleted)),
        (_("Lines that don't fit yet"), _count(skipped)),
        (_("Phases"), _beside(len(plan.phases), plan.phases_left)),
        (_("Medicines"), _known(len(plan.medicines), plan.medicines_left)),
        (_("Pauses"), _beside(len(plan.pauses), plan.pauses_left)),
        (_("Side effects"), _count(len(plan.happenings.effects))),
        (_("Measurements"), _count(len(plan.happenings.measurements))),
        (_("New questions of your own"), ", ".join(item.name for item in plan.own_items)),
        (_("Asked from now on"), asked),
    )
    return Preview(
        file=file.name,
        what=tuple((name, text) for name, text in told if text),
        is_choice=bool(nights.differing or nights.deleted),
        is_nothing=not any(
            (
                nights.new,
                nights.differing,
                nights.deleted,
                plan.phases,
                plan.medicines,
                plan.pauses,
                plan.happenings,
            )
        ),
    )


def rules(reading: Reading) -> Sequence[str]:
    """Return how a file is read, a sentence a choice."""
    told = [_("Dates: %(order)s.", order=_(ORDERS[reading.order]))]
    if reading.rollover is not None:
        clock = f"{reading.rollover:%H:%M}"
        told.append(_("A line from before %(clock)s belongs to the day before.", clock=clock))
    if reading.comma:
        told.append(_("Decimals follow a comma."))
    if reading.several is not Several.REFUSE:
        told.append(_("Of several answers on a day: %(one)s.", one=_(SEVERAL[reading.several])))
    for heading, column in reading.columns.items():
        if column.several is not None:
            one = _(SEVERAL[column.several])
            told.append(_("Of several of “%(column)s”: %(one)s.", column=heading, one=one))
    if reading.rounding is Rounding.NEAREST:
        rule = _(ROUNDINGS[Rounding.NEAREST])
        told.append(_("Between two answers: %(rule)s.", rule=rule))
    return told


def conversions(foreign: Foreign, reading: Reading, mapped: MappedFile) -> Sequence[Converted]:
    """Return what becomes of each column's texts."""
    return [
        _converted(foreign, heading, reading.columns[heading].meaning, texts)
        for heading, texts in mapped.conversions.items()
    ]


def _converted(
    foreign: Foreign, heading: str, meaning: str, texts: Sequence[Conversion]
) -> Converted:
    item = _item(foreign, meaning)
    is_plain = all(one.text == one.cell for one in texts)
    title = _("“%(column)s” becomes %(item)s", column=heading, item=_name(item))
    rows = [_row(item, one) for one in texts]
    cells = 3 if any(remark for _text, _cell, remark in rows) else 2
    return Converted(
        title=title,
        said=_("Its answers stay as they are.") if is_plain else "",
        heads=(_("In the file"), _("Here"), _("Remark"))[:cells],
        rows=[row[:cells] for row in rows],
    )


def _row(item: Item, one: Conversion) -> tuple[str, str, str]:
    if one.refused is not None:
        if one.exact is None:
            return one.text, "?", _("no answer yet")
        return one.text, "?", _("%(exact)s, between two answers", exact=written(one.exact))
    if not one.cell:
        return one.text, "", _("left out")
    remark = "" if one.exact is None or one.is_exact else written(one.exact)
    return one.text, in_words(item, one.cell, _), remark and _("from %(exact)s", exact=remark)


def first_nights(foreign: Foreign, diary: Diary) -> Sequence[tuple[str, str]]:
    """Return the first nights as they would be: the day, and what it says."""
    return [
        (full_day(day), _night(foreign, entry))
        for day, entry in islice(diary.entries.items(), FIRST_NIGHTS)
    ]


def _night(foreign: Foreign, entry: Entry) -> str:
    items = ((_item(foreign, key), answer) for key, answer in entry.answers.items())
    told = [
        f"{_name(item)} {in_words(item, write_answer(item, answer), _)}" for item, answer in items
    ]
    note = " ".join(entry.note.split())
    if note:
        told.append(f"“{note}”" if len(note) <= NOTE_LENGTH else f"“{note[:NOTE_LENGTH]}…”")
    return " · ".join(told)


def _item(foreign: Foreign, meaning: str) -> Item:
    own = foreign.own.get(meaning)
    return own if own is not None else found(item_of(meaning))


def _reach(days: Sequence[date]) -> str:
    if not days:
        return _("none")
    return _(
        "%(count)d, from %(first)s to %(last)s",
        count=len(days),
        first=full_day(days[0]),
        last=full_day(days[-1]),
    )


def _count(count: int) -> str:
    return str(count) if count else ""


def _named(days: Iterable[date]) -> str:
    ordered = sorted(days)
    names = ", ".join(full_day(day) for day in ordered[:MOST_DAYS])
    rest = len(ordered) - MOST_DAYS
    if rest <= 0:
        return names
    return _("%(count)d: %(days)s and %(rest)d more", count=len(ordered), days=names, rest=rest)


def _beside(fitting: int, left: int) -> str:
    if left:
        return _("%(new)d, and %(left)d that overlap what is here", new=fitting, left=left)
    return _count(fitting)


def _known(new: int, left: int) -> str:
    if left:
        return _("%(new)d, and %(left)d that are here already", new=new, left=left)
    return _count(new)


def _asked(plan: Plan) -> str:
    names = ", ".join(_name(item) for item in plan.asked.items)
    return _("%(names)s; from 0 to %(most)d", names=names, most=plan.asked.ruler.maximum)


def _name(item: Item) -> str:
    return item.name if item.is_own else _(item.name)
