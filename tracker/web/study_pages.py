"""What the pages of a study share: the study as who looks at it runs it, and lines of its list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tracker.domain import wording
from tracker.domain.readings import Reader, ReaderKind
from tracker.domain.studies import StudyState
from tracker.domain.words import N_
from tracker.services import readings, studies
from tracker.services.participants import Standing
from tracker.services.studies import Run
from tracker.web import figures
from tracker.web.access import found
from tracker.web.context import current, current_account
from tracker.web.reading_notes import noted
from tracker.web.words import _

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


def lines(run: Run, standings: Sequence[Standing]) -> Sequence[Line]:
    """Return the lines of the list."""
    return [_line(run, one) for one in standings]


def _line(run: Run, one: Standing) -> Line:
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
        missed=str(one.missed),
        on_time=str(one.on_time),
        last=DASH if one.last is None else figures.dated_day(one.last),
    )


def steps_of(run: Run, order: int) -> str:
    """Return what one order of a study is: what is taken for how many days, one after the other."""
    steps = run.study.draft.protocol.steps().orders[order]
    return ", ".join(
        _("%(kind)s %(days)s days", kind=_(wording.KINDS[step.kind]), days=step.days)
        for step in steps
    )
