"""A study's report in the format that `tracker study report` is asked for."""

import json
from datetime import date
from gettext import gettext as _
from gettext import ngettext
from typing import Final

from tracker.domain.voice import Voice
from tracker.exports.plain_groups import plain_group
from tracker.exports.plain_sheets import plain_sheet
from tracker.exports.summary.values import Paper
from tracker.web.study_reports import Judged, pdf, told_json

VOICE: Final = Voice(_, ngettext)


def written(judged: Judged, kind: str, paper: Paper, today: date) -> bytes:
    """Return the report as `kind`: text, json or pdf."""
    asked = judged.asked
    if kind == "pdf":
        return pdf(judged, paper, today, VOICE)
    if kind == "json":
        return f"{json.dumps(told_json(judged), indent=1)}\n".encode()
    if judged.told.is_release:
        return plain_sheet(judged.sheet(VOICE)).encode()
    return plain_group(judged.report, (asked.ruler, asked.rule, asked.preset), _).encode()
