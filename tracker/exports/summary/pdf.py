"""The appointment as a PDF: what each part says, set by typst."""

import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Final, Literal

import typst

from tracker.domain import wording
from tracker.domain.words import N_
from tracker.exports.summary import answer, items, method, nights, phases
from tracker.exports.summary.values import Json, Paper, Summary, said

Standard = Literal["ua-1"]
_HERE: Final = Path(__file__).resolve().parent
_TEMPLATE: Final = _HERE / "template.typ"
_FONTS: Final = _HERE / "fonts"
_PAPERS: Final = {Paper.A4: "a4", Paper.LETTER: "us-letter"}
# Tried in turn until every sign can be shown: our fonts; those of this machine as well; the same
# without the promise that all can be read aloud, which the standard denies where a sign is missing.
_WAYS: Final[Sequence[tuple[bool, Sequence[Standard]]]] = (
    (False, ("ua-1",)),
    (True, ("ua-1",)),
    (True, ()),
)


def summary_pdf(summary: Summary) -> bytes:
    """Return the PDF: the same bytes for the same summary, tagged for reading aloud.

    What a person typed goes to the typesetter as data, never as its markup.
    """
    data = json.dumps(_document(summary), ensure_ascii=False)
    stamp = datetime.combine(summary.printed, time(), UTC)
    *first, last = _WAYS
    for with_system, standards in first:
        with suppress(typst.TypstError):
            return _set(data, stamp, standards, with_system=with_system)
    with_system, standards = last
    return _set(data, stamp, standards, with_system=with_system)


def _set(data: str, stamp: datetime, standards: Sequence[Standard], *, with_system: bool) -> bytes:
    return typst.compile(
        _TEMPLATE.read_bytes(),
        font_paths=_fonts(with_system=with_system),
        sys_inputs={"data": data},
        pdf_standards=[*standards],
        timestamp=stamp,
        format="pdf",
    )


@cache
def _fonts(*, with_system: bool) -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=with_system, include_embedded_fonts=False, font_paths=[_FONTS]
    )


def _document(summary: Summary) -> dict[str, Json]:
    """Return everything that the template sets."""
    voice = summary.voice
    return {
        "lang": voice.tag.partition("-")[0],
        "rtl": voice.is_from_right,
        "paper": _PAPERS[summary.paper],
        "diary": voice.say(N_("Symptom diary")),
        "printed": voice.say(N_("Printed %(day)s"), day=voice.dated_day(summary.printed)),
        "pages": voice.say(N_("page %(page)s of %(pages)s"), page="{page}", pages="{pages}"),
        "foot": voice.say(method.SELF_REPORTED),
        "name": said(summary.name),
        "dates": answer.dates(summary),
        "counted": answer.counted(summary),
        "answer": answer.answer(summary),
        "graph": items.graph(summary),
        "items": items.rows(summary),
        "phases": phases.rows(summary),
        "worst": nights.worst(summary),
        "question": answer.question(summary),
        "placebo": voice.say(wording.PLACEBO_RATE),
        "method": method.lines(summary),
        "figures": items.every_figure(summary),
        "nights": nights.tables(summary) if summary.table else None,
    }
