"""The questions page: what is asked each night, in which order, on which ruler."""

from collections.abc import Callable, Sequence
from typing import Final
from urllib.parse import quote

from flask import Blueprint, flash, make_response, redirect, request
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from tracker.domain.questionnaire import Ruler
from tracker.services import questionnaires
from tracker.storage.database import Session
from tracker.web.access import Policy, found, policy
from tracker.web.context import current, current_account
from tracker.web.forms.items import OwnItemForm
from tracker.web.forms.questions import wording
from tracker.web.templating import render
from tracker.web.words import _

blueprint = Blueprint("items", __name__)
HERE: Final = "/items/"


@blueprint.get("/items/")
@policy(Policy.PATIENT)
def items() -> str:
    """Show every question there is, those asked first."""
    return _page(OwnItemForm())


@blueprint.post("/items/")
@policy(Policy.PATIENT, repeats={"item", "order"})
def ask() -> Response:
    """Switch questions on or off; a button beside one moves it up or down."""
    on = set(request.form.getlist("item"))
    keys = [key for key in request.form.getlist("order") if key in on]
    place = ""
    for name, step in (("up", -1), ("down", 1)):
        moved = request.form.get(name, "")
        if moved in keys:
            keys, place = _moved(keys, moved, step), f"#on-{quote(moved)}"
    return _deed(lambda session: _ask(session, keys), place)


@blueprint.post("/items/ruler")
@policy(Policy.PATIENT)
def ruler() -> Response:
    """Answer on the other ruler from now on."""
    asked = request.form.get("ruler", "")
    if asked not in set(Ruler):
        raise BadRequest
    who, now = current_account(), current().now
    return _deed(lambda session: questionnaires.choose_ruler(session, who, Ruler(asked), now))


@blueprint.post("/items/own")
@policy(Policy.PATIENT)
def add() -> Response:
    """Ask a symptom in the person's own words from now on."""
    form = OwnItemForm(request.form)
    who, now = current_account(), current().now
    if not form.validate():
        return make_response(_page(form), 422)
    try:
        current().database.write(
            lambda session: questionnaires.add_own(session, who, form.words(), now)
        )
    except questionnaires.QuestionsRefused as refused:
        form.refuse(refused)
        return make_response(_page(form), 422)
    return _saved()


@blueprint.get("/items/own/<key>")
@policy(Policy.PATIENT)
def own(key: str) -> str:
    """Show an own symptom's words, to change them."""
    with current().database.reading() as session:
        _version, known = questionnaires.choices(session, current_account())
    choice = found(next((one for one in known if one.item.is_own and one.item.key == key), None))
    form = OwnItemForm(obj=choice.item)
    return render("items/own.html", form=form, key=key, is_answered=choice.is_answered)


@blueprint.post("/items/own/<key>")
@policy(Policy.PATIENT)
def reword(key: str) -> Response:
    """Change an own symptom's words; once answered, that makes a new one in its place."""
    form = OwnItemForm(request.form)
    who, now = current_account(), current().now
    if form.validate():
        try:
            current().database.write(
                lambda session: questionnaires.reword_own(session, who, key, form.words(), now)
            )
        except questionnaires.QuestionsRefused as refused:
            form.refuse(refused)
        else:
            return _saved()
    return make_response(render("items/own.html", form=form, key=key, is_answered=False), 422)


def _deed(deed: Callable[[Session], None], place: str = "") -> Response:
    """Do what a tap asked for and go on at `place`; what a rule refuses stands on top."""
    try:
        current().database.write(deed)
    except questionnaires.QuestionsRefused as refused:
        form = OwnItemForm()
        form.refuse(refused)
        return make_response(_page(form), 422)
    return _saved(place)


def _saved(place: str = "") -> Response:
    flash(_("Saved."))
    return redirect(HERE + place, 303)


def _page(form: OwnItemForm) -> str:
    with current().database.reading() as session:
        asked, known = questionnaires.choices(session, current_account())
    rows = [
        (
            one.item.key,
            wording(one.item, one.item.name, _),
            wording(one.item, one.item.question, _),
            one.is_on,
            one.item.is_own,
        )
        for one in known
    ]
    return render("items/index.html", place="more", form=form, rows=rows, ruler=asked.ruler.value)


def _ask(session: Session, keys: Sequence[str]) -> None:
    questionnaires.ask(session, current_account(), keys, current().now)


def _moved(keys: list[str], key: str, step: int) -> list[str]:
    """Return `keys` with `key`, one of them, moved one place; as they are where it can't be."""
    rest = [one for one in keys if one != key]
    place = max(0, keys.index(key) + step)
    return [*rest[:place], key, *rest[place:]]
