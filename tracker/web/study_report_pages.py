"""The page of a study's report: its tables, its picture, and the ways to take it along."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup

from tracker.charts import drawing
from tracker.charts.curves import draw_curves, legend
from tracker.domain import responder, verdict_words
from tracker.domain.group_sheets import Sheet
from tracker.web.study_reports import Judged
from tracker.web.words import _, voice


@dataclass(frozen=True, slots=True)
class ReportPage:
    """All that the page says.

    `query` asks for the same report as a file, `own` and `release` for its two kinds. `choices`
    are what `response/choices.html` needs.
    """

    sheet: Sheet
    is_release: bool
    remarks: Sequence[str]
    picture: Markup | None
    legend: Sequence[tuple[Markup, str]]
    query: str
    own: str
    release: str
    choices: dict[str, object]


def page_of(judged: Judged) -> ReportPage:
    """Return what the page says."""
    speaks, is_release = voice(), judged.told.is_release
    curves = judged.curves(speaks)
    rule, preset = judged.asked.rule, judged.asked.preset
    own = urlencode({"rule": rule.value, "preset": preset.value})
    release = f"{own}&release=y"
    return ReportPage(
        sheet=judged.sheet(speaks),
        is_release=is_release,
        remarks=judged.remarks(speaks),
        picture=_markup(drawing.write(draw_curves(curves, _))) if curves else None,
        legend=[(_markup(drawing.write(key.picture)), key.meaning) for key in legend(curves, _)],
        query=release if is_release else own,
        own=own,
        release=release,
        choices={
            "path": f"/studies/{judged.study.id}/report",
            "kept": "&release=y" if is_release else "",
            "rule": rule,
            "preset": preset,
            "rules": verdict_words.RULE_NAMES,
            "definitions": responder.WORDING,
            "presets": verdict_words.PRESET_NAMES,
            "preset_definitions": verdict_words.PRESET_WORDING,
        },
    )


def _markup(picture: str) -> Markup:
    # Every text in it is escaped where it is written.
    return Markup(picture)  # noqa: S704 - our own markup
