"""The appointment as a PDF: what each part says, set by typst."""

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from typing import Final

from tracker.domain import wording
from tracker.domain.words import N_, Refused
from tracker.exports.summary import (
    answer,
    happenings,
    items,
    medicines,
    method,
    nights,
    phases,
)
from tracker.exports.summary.values import Json, Paper, Summary, said

APPOINTMENT: Final = "template.typ"
_SETTER: Final = "tracker.exports.summary.setting"
_PATIENCE: Final = 60.0  # seconds; ten years take five
PAPERS: Final = {Paper.A4: "a4", Paper.LETTER: "us-letter"}


class PdfFailed(Refused):
    """The typesetter did not make it."""


def summary_pdf(summary: Summary) -> bytes:
    """Return the PDF: the same bytes for the same summary, tagged for reading aloud.

    What a person typed goes to the typesetter as data, never as its markup.

    Raises:
        PdfFailed: the typesetter broke off, or took too long.
    """
    return typeset(APPOINTMENT, document(summary), summary.printed)


def typeset(template: str, data: Mapping[str, Json], printed: date) -> bytes:
    """Return the PDF that `template` makes of `data`, dated to the day `printed`.

    Raises:
        PdfFailed: the typesetter broke off, or took too long.
    """
    asked = {"template": template, "data": data, "printed": printed.isoformat()}
    try:
        done = subprocess.run(  # noqa: S603 - our own module, by our own Python
            [sys.executable, "-I", "-m", _SETTER],
            input=json.dumps(asked).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # it may quote what a person wrote: no log has that
            timeout=_PATIENCE,
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise PdfFailed(
            N_("The PDF could not be made. Try it with fewer nights, or without notes.")
        ) from error
    return done.stdout


def document(summary: Summary) -> dict[str, Json]:
    """Return everything that the template sets."""
    voice = summary.voice
    return {
        "lang": voice.tag.partition("-")[0],
        "rtl": voice.is_from_right,
        "paper": PAPERS[summary.paper],
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
        "medicines": medicines.rows(summary),
        "notice": medicines.notice(summary),
        "happened": happenings.lines(summary),
        "worst": nights.worst(summary),
        "question": answer.question(summary),
        "placebo": voice.say(wording.PLACEBO_RATE),
        "method": method.lines(summary),
        "figures": items.every_figure(summary),
        "nights": nights.tables(summary),
    }
