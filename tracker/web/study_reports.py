"""A study's report put together: its figures in words, its picture, what stands beside it, its PDF.

Nothing of a request is known here, so that the command line makes the same file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element

from tracker.charts import drawing, paper
from tracker.charts.curves import draw_curves, legend
from tracker.domain.cumulative import Curve
from tracker.domain.group_sheets import Asked, Sheet
from tracker.domain.group_words import arm_name, cell_words, sheet
from tracker.domain.groups import GroupReport
from tracker.domain.releases import cell, released
from tracker.domain.responder import Rule
from tracker.domain.studies import Study
from tracker.domain.study_data import Volunteer, study_report
from tracker.domain.told_groups import ToldReport, whole
from tracker.domain.voice import Voice
from tracker.domain.windows import Preset
from tracker.domain.words import N_
from tracker.exports.groups import group
from tracker.exports.releases import released_group
from tracker.exports.summary.group import GroupPaper, group_pdf
from tracker.exports.summary.values import Paper
from tracker.exports.verdict import Json
from tracker.services.study_reports import Beside
from tracker.web.appointments import FONT


@dataclass(frozen=True, slots=True)
class Judged:
    """A study's report, judged as it was asked for.

    `told` is what is shown of `report`: all of it, or as much as a release may tell. `rules` has
    the same people by every rule, nothing in a release.
    """

    study: Study
    asked: Asked
    report: GroupReport
    told: ToldReport
    beside: Beside
    rules: Mapping[Rule, ToldReport]

    def sheet(self, voice: Voice) -> Sheet:
        """Return the report in words."""
        return sheet(self.told, self.asked, voice, self.rules)

    def curves(self, voice: Voice) -> Mapping[str, Curve]:
        """Return the curves to draw, by arm; none in a release: a step is a single person's."""
        if self.told.is_release:
            return {}
        return {arm_name(name, voice): arm.curve for name, arm in self.report.arms.items()}

    def remarks(self, voice: Voice) -> Sequence[str]:
        """Return what has to be read beside the figures, a line each."""
        return _counted(self.beside, voice) if self.told.is_release else _named(self.beside, voice)


def judge(
    study: Study,
    people: Sequence[Volunteer],
    beside: Beside,
    by: tuple[Rule, Preset],
    *,
    release: bool,
) -> Judged:
    """Return the report of a study whose arms may be known; in a release small numbers go."""
    rule, preset = by
    report = study_report(people, rule, preset)
    asked = Asked(study.draft.ruler, rule, preset)
    if release:
        return Judged(study, asked, report, released(report, rule), beside, rules={})
    rules = {one: whole(study_report(people, one, preset)) for one in Rule}
    return Judged(study, asked, report, whole(report), beside, rules)


def pdf(judged: Judged, size: Paper, printed: date, voice: Voice) -> bytes:
    """Return the report as a PDF, printed on the day `printed`.

    Raises:
        PdfFailed: it could not be made.
    """
    curves = judged.curves(voice)
    made = GroupPaper(
        title=judged.study.draft.title,
        sheet=judged.sheet(voice),
        remarks=judged.remarks(voice),
        picture=_printed(draw_curves(curves, voice.say)) if curves else "",
        legend=[(_printed(key.picture), key.meaning) for key in legend(curves, voice.say)],
        is_release=judged.told.is_release,
    )
    return group_pdf(made, size, printed, voice)


def told_json(judged: Judged) -> dict[str, Json]:
    """Return the report as JSON: that of a cohort, or of a release."""
    asked = judged.asked
    by = asked.ruler, asked.rule, asked.preset
    if judged.told.is_release:
        return released_group(judged.told, *by)
    return group(judged.report, *by)


def _printed(picture: Element) -> str:
    """Return a picture in its colours, its words in the font of the page."""
    coloured = paper.coloured(picture, "")
    coloured.set("font-family", FONT)
    return drawing.write(coloured)


def _named(beside: Beside, voice: Voice) -> Sequence[str]:
    gone = N_("%(gone)s people withdrew or erased what they gave: they are not in these figures.")
    opened = N_("%(code)s was opened in an emergency on %(day)s by %(name)s: %(reason)s")
    early = N_("%(code)s was randomised before the baseline was long enough: %(reason)s")
    return [
        voice.say(gone, gone=beside.gone),
        *(
            voice.say(
                opened,
                code=one.code,
                day=voice.full_day(one.at.date()),
                name=one.by_name,
                reason=one.reason,
            )
            for one in beside.opened
        ),
        *(voice.say(early, code=code, reason=reason) for code, reason in beside.early),
    ]


def _counted(beside: Beside, voice: Voice) -> Sequence[str]:
    """Return the same by number alone."""
    counts = (
        (N_("Withdrew or erased what they gave: %(n)s."), beside.gone),
        (N_("Opened one by one in an emergency: %(n)s."), len(beside.opened)),
        (N_("Randomised before the baseline was long enough: %(n)s."), len(beside.early)),
    )
    return [voice.say(words, n=cell_words(cell(count))) for words, count in counts]
