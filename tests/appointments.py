"""Print appointments of diaries with a known course, and read what the PDF says."""

import gettext
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from pypdf import PageObject, PdfReader

from tests.charts import courses
from tracker.domain.diary import Diary
from tracker.domain.happenings import NOTHING, Happenings
from tracker.domain.phases import Phase
from tracker.domain.report import build_report
from tracker.domain.responder import Rule
from tracker.domain.voice import Voice
from tracker.domain.windows import Preset
from tracker.services.reports import Reading
from tracker.web.appointments import Wish, appointment

ENGLISH: Final = Voice(gettext.NullTranslations().gettext, gettext.NullTranslations().ngettext)
PHASES: Final = (courses.BASELINE, courses.TREATMENT)


def reading(kept: Diary, phases: Sequence[Phase] = PHASES) -> Reading:
    """Return the report of a diary on the day after its last night."""
    end = max(kept.entries, default=courses.FIRST) + timedelta(1)
    begun = [phase for phase in phases if phase.start < end]
    report = build_report(kept, begun, Rule.YOUNGER2013, Preset.WEEK, end)
    return Reading(diary=kept, report=report, closed_until=end, phases=begun, planned=())


def printed(
    kept: Diary,
    wish: Wish | None = None,
    phases: Sequence[Phase] = PHASES,
    name: str = "Moth",
    voice: Voice = ENGLISH,
    happened: Happenings = NOTHING,
) -> bytes:
    """Return the PDF of a diary, printed on the day after its last night."""
    found = replace(reading(kept, phases), happenings=happened)
    return appointment(found, name, wish or Wish(), found.closed_until, voice)


def pages(data: bytes) -> Sequence[PageObject]:
    """Return the pages of a PDF."""
    return PdfReader(io.BytesIO(data)).pages


def texts(data: bytes) -> Sequence[str]:
    """Return what each page says, on one line each."""
    return [" ".join(page.extract_text().split()) for page in pages(data)]
