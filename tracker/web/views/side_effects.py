"""Side effects: tell of one, end it, change it, take it away and back, or say "nothing new"."""

from collections.abc import Mapping
from datetime import date, datetime
from http import HTTPStatus
from typing import Final

from flask import Blueprint, flash, redirect, request
from werkzeug.wrappers import Response

from tracker.domain import happening_words as words
from tracker.domain.diary import diary_day
from tracker.domain.side_effects import (
    Action,
    Effect,
    Severity,
    SideEffect,
    SideEffectRefused,
)
from tracker.services import side_effects
from tracker.storage.side_effects import StoredEffect
from tracker.web import removed
from tracker.web.access import Policy, found, policy
from tracker.web.context import current, current_account
from tracker.web.forms.phases import EndForm
from tracker.web.forms.side_effects import EffectForm
from tracker.web.templating import render
from tracker.web.words import _, voice

blueprint = Blueprint("side_effects", __name__)
HERE: Final = "/side-effects/"
REMOVED: Final = "removed_effect"

Answer = str | Response | tuple[str, int]


@blueprint.get("/side-effects/")
@policy(Policy.PATIENT)
def overview() -> str:
    """Show what lasts and what is over, and the form for another."""
    return _page(_new_form())


@blueprint.post("/side-effects/")
@policy(Policy.PATIENT)
def tell() -> Answer:
    """Tell of a side effect."""
    form, known, today = EffectForm(request.form), current(), _today()
    if form.validate():
        try:
            with known.database.writing() as writing:
                side_effects.tell(writing, current_account(), form.told(today), today, known.now)
        except SideEffectRefused as refusal:
            form.refuse(refusal)
        else:
            return _saved(_("It is noted."))
    return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY


@blueprint.route("/side-effects/<effect_id>", methods=["GET", "POST"])
@policy(Policy.PATIENT)
def edit(effect_id: str) -> Answer:
    """Change a side effect."""
    stored, known, today = _stored(effect_id), current(), _today()
    form = EffectForm(request.form) if request.method == "POST" else EffectForm.of(stored.effect)
    if request.method == "POST" and form.validate():
        told = form.told(today)
        try:
            with known.database.writing() as writing:
                side_effects.change(writing, current_account(), effect_id, told, today, known.now)
        except SideEffectRefused as refusal:
            form.refuse(refusal)
        else:
            return _saved(_("It is noted."))
    page = render("side_effects/edit.html", place="more", form=form, effect_id=effect_id)
    refused = request.method == "POST"
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK


@blueprint.post("/side-effects/<effect_id>/end")
@policy(Policy.PATIENT)
def end(effect_id: str) -> Answer:
    """Let a side effect that lasts end with the day given."""
    _stored(effect_id)
    form, known, who, today = EndForm(request.form), current(), current_account(), _today()
    if form.validate():
        last_day = form.data["last_day"]
        try:
            with known.database.writing() as writing:
                side_effects.end(writing, who, effect_id, last_day, today, known.now)
        except SideEffectRefused as refusal:
            form.refuse(refusal, "last_day")
        else:
            return _saved(_("Good that it is over. It is noted."))
    return _page(_new_form(), effect_id, form), HTTPStatus.UNPROCESSABLE_ENTITY


@blueprint.post("/side-effects/<effect_id>/delete")
@policy(Policy.PATIENT)
def delete(effect_id: str) -> Answer:
    """Take a side effect away; the next page offers it back."""
    known = current()
    with known.database.writing() as writing:
        gone = found(side_effects.remove(writing, current_account(), effect_id, known.now))
    removed.keep(REMOVED, _kept(gone), known.now)
    return redirect(HERE, HTTPStatus.SEE_OTHER)


@blueprint.post("/side-effects/undo")
@policy(Policy.PATIENT)
def undo() -> Answer:
    """Bring back the side effect that was taken away last."""
    known = current()
    told = found(_removed(known.now))
    with known.database.writing() as writing:
        side_effects.tell(writing, current_account(), told, _today(), known.now)
    return _saved(_("It is back."))


@blueprint.post("/side-effects/none")
@policy(Policy.PATIENT)
def nothing_new() -> Answer:
    """Note that the person was asked today and has nothing new to tell."""
    known = current()
    with known.database.writing() as writing:
        side_effects.nothing_new(writing, current_account(), _today(), known.now)
    return redirect(HERE, HTTPStatus.SEE_OTHER)


@blueprint.post("/side-effects/none/undo")
@policy(Policy.PATIENT)
def take_back() -> Answer:
    """Take today's "nothing new" back."""
    known = current()
    with known.database.writing() as writing:
        side_effects.take_back(writing, current_account(), _today(), known.now)
    return redirect(HERE, HTTPStatus.SEE_OTHER)


def _today() -> date:
    who = current_account()
    return diary_day(current().now, who.tzinfo, who.rollover)


def _new_form() -> EffectForm:
    return EffectForm(data={"start": _today()})


def _stored(effect_id: str) -> StoredEffect:
    with current().database.reading() as reading:
        return found(side_effects.find(reading, current_account(), effect_id))


def _saved(message: str) -> Response:
    removed.forget(REMOVED)
    flash(message)
    return redirect(HERE, HTTPStatus.SEE_OTHER)


def _page(form: EffectForm, refused_id: str = "", refused: EndForm | None = None) -> str:
    """Return the page; `refused` is the end that could not be taken, beside its side effect."""
    known, today = current(), _today()
    with known.database.reading() as reading:
        standing = side_effects.standing(reading, current_account(), today)
    gone = _removed(known.now)
    lines = [_line(each) for each in standing.effects]
    return render(
        "side_effects/index.html",
        place="more",
        form=form,
        today=today,
        since=standing.since,
        is_due=standing.is_due,
        is_answered=standing.is_answered,
        lasting=[line for line in lines if line["lasts"]],
        over=[line for line in lines if not line["lasts"]],
        refused_id=refused_id,
        refused=refused,
        removed=gone and words.effect_name(gone, _),
    )


def _line(stored: StoredEffect) -> Mapping[str, object]:
    told = stored.effect
    return {
        "id": stored.id,
        "name": words.effect_name(told, _),
        "days": words.effect_days(told, voice()),
        "remarks": words.effect_remarks(told, voice()),
        "lasts": told.end is None,
    }


def _kept(told: SideEffect) -> removed.Kept:
    return {
        "effect": told.effect.value,
        "start": told.start.isoformat(),
        "severity": told.severity.value,
        "reported": told.reported.isoformat(),
        "end": None if told.end is None else told.end.isoformat(),
        "bothersome": told.bothersome,
        "action": told.action.value,
        "name": told.name,
    }


def _removed(now: datetime) -> SideEffect | None:
    """Return what was taken away within the hour; None where nothing was."""
    kept = removed.waiting(REMOVED, now)
    if kept is None:
        return None
    return SideEffect(
        effect=Effect(kept["effect"]),
        start=date.fromisoformat(kept["start"]),
        severity=Severity(kept["severity"]),
        reported=date.fromisoformat(kept["reported"]),
        end=date.fromisoformat(kept["end"]) if kept["end"] else None,
        bothersome=bool(kept["bothersome"]),
        action=Action(kept["action"]),
        name=kept["name"],
    )
