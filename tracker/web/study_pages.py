"""What the pages of a study share: the study as who looks at it runs it, and lines of its list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tracker.domain import happening_words, wording
from tracker.domain.readings import Reader, ReaderKind
from tracker.domain.side_effects import EFFECTS, SEVERITIES, SideEffect, worst_of
from tracker.domain.studies import StudyState
from tracker.domain.words import N_
from tracker.services import readings, studies
from tracker.services.participants import Standing
from tracker.services.studies import Run
from tracker.web import figures
from tracker.web.access import found
from tracker.web.context import current, current_account
from tracker.web.reading_notes import noted
from tracker.web.words import _, voice

STATES: Final = {
    StudyState.PREPARING: N_("being prepared"),
    StudyState.OPEN: N_("open"),
    StudyState.CLOSED: N_("closed"),
    StudyState.UNBLINDED: N_("unblinded"),
}
FILES: Final = (
    ("long.csv", N_("a row for each answer")),
    ("dictionary.csv", N_("what the columns and questions mean")),
    ("diaries.csv", N_("a row a night, for tracker cohort")),
    ("phases.csv", N_("the phases, for tracker cohort")),
    ("qs.csv", N_("in the shape of SDTM's QS")),
    ("side_effects.csv", N_("a row for each side effect, and each day without a new one")),
    ("ae.csv", N_("in the shape of SDTM's AE")),
    ("redcap.zip", N_("dictionary and data for REDCap")),
)
DASH: Final = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class Line:
    """One participant in the list of a study: never a name, an arm or a score."""

    code: str
    path: str
    remark: str
    nights: str
    missed: str
    on_time: str
    last: str
    effects: str


def run_of(study_id: str) -> Run:
    """Return the study as who is signed in runs it; to others it is not there."""
    with current().database.reading() as session:
        return found(studies.find_run(session, study_id, current_account()))


def coordinated(study_id: str) -> Run:
    """Return the study where who is signed in coordinates it; else it is not there."""
    run = run_of(study_id)
    found(run.member.coordinates or None)
    return run


def note(run: Run, standings: Sequence[Standing]) -> None:
    """Write down, for each of these people, that a coordinator looks at how their nights stand."""
    who = Reader(run.member.account, run.member.name, ReaderKind.COORDINATOR)
    owners, now = [one.part.owner for one in standings], current().now
    noted(lambda session: readings.note_study(session, run.study.id, who, owners, now))


def lines(
    run: Run, standings: Sequence[Standing], told: Mapping[str, Sequence[SideEffect]]
) -> Sequence[Line]:
    """Return the lines of the list; `told` are side effects by code."""
    return [_line(run, one, told[one.part.code]) for one in standings]


def effect_rows(told: Sequence[SideEffect]) -> Sequence[tuple[str, str, str, str]]:
    """Return name, days, how it was and the day told of each, newest first; no words of theirs."""
    return [
        (
            _(EFFECTS[one.effect]),
            happening_words.effect_days(one, voice()),
            happening_words.effect_remarks(one, voice()),
            figures.dated_day(one.reported),
        )
        for one in reversed(told)
    ]


def _line(run: Run, one: Standing, told: Sequence[SideEffect]) -> Line:
    part = one.part
    if part.left_at is not None:
        remark = _("left")
    elif part.slot is not None:
        remark = _("randomised")
    elif run.study.is_drawn:
        remark = _("not randomised yet")
    else:
        remark = ""
    return Line(
        code=part.code,
        path=f"/studies/{run.study.id}/people/{part.code}",
        remark=remark,
        nights=_("%(logged)s of %(expected)s", logged=one.logged, expected=one.expected),
        missed=str(len(one.missed)),
        on_time=str(one.on_time),
        last=DASH if one.last is None else figures.dated_day(one.last),
        effects=_effects(told),
    )


def _effects(told: Sequence[SideEffect]) -> str:
    """Return how many, how strong at worst, and when they told of the last; a dash of none."""
    worst = worst_of(told)
    if worst is None:
        return DASH
    last = figures.dated_day(max(one.reported for one in told))
    words = _("%(count)s, at worst %(severity)s, last told %(day)s")
    return words % {"count": len(told), "severity": _(SEVERITIES[worst]), "day": last}


def steps_of(run: Run, order: int) -> str:
    """Return what one order of a study is: what is taken for how many days, one after the other."""
    steps = run.study.draft.protocol.steps().orders[order]
    return ", ".join(
        _("%(kind)s %(days)s days", kind=_(wording.KINDS[step.kind]), days=step.days)
        for step in steps
    )
