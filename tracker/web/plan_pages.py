"""What the pages of plans say: a plan's phases with their dates, its state, what comes next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from typing import Final

from markupsafe import Markup

from tracker.charts.plans import draw_plan
from tracker.domain.blinding import shown
from tracker.domain.openings import opening_lines
from tracker.domain.phases import Phase
from tracker.domain.plan_words import NAMES
from tracker.domain.plans import Plan, drawn, lay_out
from tracker.domain.spans import ONE_DAY
from tracker.domain.started_plans import Holder, StartedPlan
from tracker.services.plans import Stopped
from tracker.web import figures, guard, qr, removed
from tracker.web.dates import clock_time
from tracker.web.templating import render
from tracker.web.words import _, voice

HERE: Final = "/plans/"
STOPPED: Final = "removed_plan"


@dataclass(frozen=True, slots=True)
class Line:
    """One phase of a plan, its days, and whether it runs."""

    name: str
    days: str
    is_now: bool


@dataclass(frozen=True, slots=True)
class Course:
    """Phases as a page prints them: a bar, a list, and what comes next, "" where nothing does.

    `is_over` is True where the last of them has ended.
    """

    bar: Markup
    lines: Sequence[Line]
    next: str
    is_over: bool


def name_of(key: str) -> str:
    """Return what a plan is called."""
    return _(NAMES[key]) if key in NAMES else _("A plan")


def course(phases: Sequence[Phase], today: date) -> Course | None:
    """Return phases as a page prints them; None where there are none."""
    if not phases:
        return None
    names = [figures.phase_name(phase) for phase in phases]
    bar = draw_plan(phases, names, today, _("The plan's phases in time"))
    coming = [phase for phase in phases if phase.start > today]
    return Course(
        bar=Markup(bar),  # noqa: S704 - our own markup
        lines=[_line(phase, name, today) for phase, name in zip(phases, names, strict=True)],
        next=_(
            "Next: %(phase)s, from %(day)s.",
            phase=figures.phase_name(coming[0]),
            day=figures.dated_day(coming[0].start),
        )
        if coming
        else "",
        is_over=all(phase.end is not None and phase.end <= today for phase in phases),
    )


def preview(plan: Plan, started_on: date, holder: Holder, today: date) -> Course | None:
    """Return how a plan would lie in time, as anybody may see it; in an order still to be drawn."""
    hides = holder is not Holder.NONE and len(plan.orders) > 1
    laid = lay_out(shown(plan if hides else drawn(plan, 0)), started_on)
    return course(laid, today)


def state_of(started: StartedPlan, zone: tzinfo) -> Sequence[str]:
    """Return what is to be known of a plan's key, one sentence each."""
    if started.unblinding is not None:
        opened = started.unblinding
        return opening_lines(replace(opened, at=opened.at.astimezone(zone)), voice())
    if not started.is_blinded:
        return [_("Nothing of this plan is hidden.")]
    if started.holder is Holder.APP:
        return _app_state(started)
    if started.holder is Holder.STUDY:
        return _study_state(started)
    if started.waits:
        return [
            _("Not sealed yet: whoever is to hold the key has not come."),
            _("Don't begin the hidden part before: no order is drawn. You can move the rest."),
        ]
    seen = started.looked_at
    return [
        _("The order is drawn and sealed. Only the key's holder can open it."),
        *([_("The key's holder looked at it on %(at)s.", at=moment(seen, zone))] if seen else []),
    ]


def _app_state(started: StartedPlan) -> Sequence[str]:
    day = "" if started.opens_on is None else figures.dated_day(started.opens_on)
    return [
        _("The order is drawn and sealed. This app holds the key until %(day)s.", day=day),
        _("Whoever holds this server's files could read it. You can open it earlier at any time."),
    ]


def _study_state(started: StartedPlan) -> Sequence[str]:
    if started.study is None:
        return [
            _("This plan came along from a study elsewhere. Only that study can open its order.")
        ]
    if started.waits:
        return [
            _("You are not randomised yet: those who run the study do that."),
            _("Don't begin the hidden part before. Where that comes late, the plan waits."),
        ]
    return [
        _("The order is drawn and sealed. The study opens it, for everybody, once it is over."),
        _("Then this page and your phases say what you took, even if you left before."),
    ]


def emergency_words(at: datetime, zone: tzinfo) -> str:
    """Return that the study opened one person's order before all others'."""
    return _(
        "In an emergency, on %(at)s, the study looked up what you take. Ask those who run it.",
        at=moment(at, zone),
    )


def moment(instant: datetime, zone: tzinfo) -> str:
    """Return an instant by the clocks of `zone`."""
    at = instant.astimezone(zone)
    return f"{figures.dated_day(at.date())}, {clock_time(at)}"


def made(token: str, plan_id: str) -> str:
    """Return the page that tells the holder's link, in this one answer and nowhere else."""
    link = f"{guard.own_origin()}/hold#{token}"
    return render(
        "plans/made.html",
        place="more",
        link=link,
        picture=qr.drawn(link),
        path=f"{HERE}{plan_id}",
    )


def keep(plan_id: str, stopped: Stopped, now: datetime) -> None:
    """Let the next hour's undo know what stopping took away."""
    phases = [removed.pack_phase(one) for one in stopped.before]
    removed.keep(STOPPED, {"plan": plan_id, "phases": phases}, now)


def kept(now: datetime) -> tuple[str, Stopped] | None:
    """Return which plan was stopped within the hour, and what that took away."""
    found = removed.waiting(STOPPED, now)
    if found is None:
        return None
    return found["plan"], Stopped([removed.unpack_phase(one) for one in found["phases"]])


def _line(phase: Phase, name: str, today: date) -> Line:
    first = figures.dated_day(phase.start)
    if phase.end is None:
        days = _("since %(day)s", day=first)
    else:
        last = figures.dated_day(phase.end - ONE_DAY)
        days = _("%(first)s to %(last)s", first=first, last=last)
    is_now = phase.start <= today and (phase.end is None or today < phase.end)
    return Line(name, days, is_now)


def packing(phases: Sequence[Phase]) -> Sequence[Mapping[str, str]]:
    """Return what each hidden phase is, for whoever packs it."""
    return [
        {
            "label": phase.label or _("Study period"),
            "what": figures.phase_name(replace(phase, label="")),
            "days": _line(phase, "", phase.start).days,
        }
        for phase in phases
    ]
