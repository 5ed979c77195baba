"""Taking a file in: choose it, see what it brings, say yes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from flask import Blueprint, flash, make_response, redirect, request
from werkzeug.datastructures import CombinedMultiDict, FileStorage
from werkzeug.wrappers import Response

from tracker.domain.diary import FutureDay
from tracker.domain.limits import FILE_NAME_LIMIT
from tracker.domain.questionnaire import Item, Ruler
from tracker.domain.words import N_, Refused
from tracker.imports.archive import is_archive, read_archive
from tracker.imports.diaries import names_rulers, read_diary
from tracker.imports.problems import FileRefused, Problem
from tracker.services import imports, plans
from tracker.services.imports import Format, ImportMissing, Standing, Taking, Upload
from tracker.services.intakes import Intake, of_archive, of_diary
from tracker.services.plans import Plan
from tracker.storage.questionnaires import own_items_of
from tracker.web import file_words
from tracker.web.access import Policy, found, policy
from tracker.web.context import current, current_account
from tracker.web.dates import full_day
from tracker.web.forms.imports import ImportForm
from tracker.web.templating import render
from tracker.web.words import _, ngettext

blueprint = Blueprint("imports", __name__)
HERE: Final = "/imports/"
MOST_BYTES: Final = 16 * 1024 * 1024  # twenty years of nights with notes are a third of it
MOST_PROBLEMS: Final = 50  # a file on the wrong ruler has one in every cell
MOST_DAYS: Final = 10  # named one by one


class FileMissing(Refused):
    """Nothing was chosen."""


class RulerMissing(Refused):
    """Neither the file nor the person says which ruler the scores are on."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What taking a file in would do, in words; `is_choice` where the person has one."""

    file: str
    what: tuple[tuple[str, str], ...]
    is_choice: bool
    is_nothing: bool


@blueprint.get("/imports/")
@policy(Policy.PATIENT)
def choose() -> str:
    """Show the form for a file."""
    return _page(ImportForm())


@blueprint.post("/imports/")
@policy(Policy.PATIENT, max_bytes=MOST_BYTES)
def upload() -> Response:
    """Read a file and keep it until the person has seen what it brings; or say what is wrong."""
    form = ImportForm(CombinedMultiDict([request.files, request.form]))
    problems: Sequence[Problem] = ()
    try:
        file = _sent(request.files.get("file"))
        ruler = _ruler(file, form.chosen_ruler)
        intake, problems = _read(file, ruler)
        _plan(intake)
    except RulerMissing as refused:
        form.refuse(refused, "ruler")
    except (FileMissing, FileRefused, FutureDay) as refused:
        form.refuse(file_words.of_refusal(refused), "file")
    else:
        if not problems:
            return redirect(f"{HERE}{_kept(file)}?ruler={ruler}", 303)
    return make_response(_page(form, problems), 422)


@blueprint.get("/imports/<batch>")
@policy(Policy.PATIENT)
def preview(batch: str) -> str:
    """Show what a file that waits would bring."""
    file, intake, ruler = _waiting(batch, request.args.get("ruler"))
    return render(
        "imports/preview.html",
        batch=batch,
        ruler=ruler,
        preview=_preview(file, _plan(intake)),
        place="more",
    )


@blueprint.post("/imports/<batch>")
@policy(Policy.PATIENT)
def take(batch: str) -> Response:
    """Take in a file that waits."""
    _file, intake, _ruler = _waiting(batch, request.form.get("ruler"))
    asked = request.form.get("standing")
    standing = Standing(asked) if asked in set(Standing) else Standing.SKIP
    who, now = current_account(), current().now
    taking = Taking(who, batch, intake, who.id, now, standing)
    taken = imports.take(current().database, taking)
    flash(_taken(taken.new + taken.added))
    return redirect("/diary/", 303)


@blueprint.post("/imports/<batch>/drop")
@policy(Policy.PATIENT)
def drop(batch: str) -> Response:
    """Throw a file away that waits; nothing of it was stored."""
    who = current_account()
    try:
        current().database.write(lambda session: imports.drop(session, who, batch))
    except ImportMissing:
        found(None)
    flash(_("Nothing was taken in."))
    return redirect(HERE, 303)


def _sent(file: FileStorage | None) -> Upload:
    """Return the file that was sent."""
    content = b"" if file is None else file.read()
    if file is None or not (content or file.filename):
        raise FileMissing(N_("Choose a file."))
    form = Format.JSON if is_archive(content) else Format.CSV
    name = (file.filename or "").replace("\\", "/").rpartition("/")[2]
    shown = "".join(one for one in name if one.isprintable())
    return Upload(form, shown[-FILE_NAME_LIMIT:], content)


def _ruler(file: Upload, chosen: Ruler | None) -> Ruler:
    """Return the ruler of scores that don't name theirs; it is never guessed."""
    if chosen is not None:
        return chosen
    if file.format is Format.CSV and not names_rulers(file.content):
        raise RulerMissing(N_("The file doesn't say it, so please do."))
    return Ruler.NRS


def _read(file: Upload, ruler: Ruler) -> tuple[Intake, Sequence[Problem]]:
    if file.format is Format.JSON:
        return of_archive(read_archive(file.content)), ()
    diary = read_diary(file.content, ruler, {})
    with current().database.reading() as session:
        mine = own_items_of(session, current_account().id)
    return of_diary(diary.diary, mine, current().now), diary.problems


def _plan(intake: Intake) -> Plan:
    with current().database.reading() as session:
        return plans.plan(session, current_account(), intake, current().now)


def _kept(file: Upload) -> str:
    who, now = current_account(), current().now
    return current().database.write(
        lambda session: imports.keep_upload(session, who, file, who.id, now)
    )


def _waiting(batch: str, asked: str | None) -> tuple[Upload, Intake, Ruler]:
    """Return a file of this person's that waits; it was read before, so it has no problems."""
    with current().database.reading() as session:
        file = found(imports.kept_upload(session, current_account(), batch))
    ruler = Ruler(asked) if asked in set(Ruler) else Ruler.NRS
    intake, problems = _read(file, ruler)
    # Only an address that was changed by hand names a ruler that doesn't fit.
    found(None if problems else intake)
    return file, intake, ruler


def _page(form: ImportForm, problems: Sequence[Problem] = ()) -> str:
    return render(
        "imports/index.html",
        form=form,
        problems=[file_words.of_problem(problem) for problem in problems[:MOST_PROBLEMS]],
        more=max(len(problems) - MOST_PROBLEMS, 0),
        is_above=any(one.values.get("high") == Ruler.NRS.maximum for one in problems),
        place="more",
    )


def _taken(count: int) -> str:
    return ngettext("%(count)s night was taken in.", "%(count)s nights were taken in.", count)


def _preview(file: Upload, plan: Plan) -> Preview:
    nights = plan.nights
    told = (
        (_("Nights in the file"), _reach(plan.days)),
        (_("New nights"), str(len(nights.new))),
        (_("The same as here"), _count(len(nights.same))),
        (_("Different from what is here"), _named(nights.differing)),
        (_("Deleted here"), _named(nights.deleted)),
        (_("Phases"), _beside(len(plan.phases), plan.phases_left)),
        (_("Pauses"), _beside(len(plan.pauses), plan.pauses_left)),
        (_("New questions of your own"), ", ".join(item.name for item in plan.own_items)),
        (_("Asked from now on"), _asked(plan) if plan.is_fresh else ""),
    )
    return Preview(
        file=file.name,
        what=tuple((name, text) for name, text in told if text),
        is_choice=bool(nights.differing or nights.deleted),
        is_nothing=not (
            nights.new or nights.differing or nights.deleted or plan.phases or plan.pauses
        ),
    )


def _reach(days: Sequence[date]) -> str:
    if not days:
        return _("none")
    return _(
        "%(count)d, from %(first)s to %(last)s",
        count=len(days),
        first=full_day(days[0]),
        last=full_day(days[-1]),
    )


def _count(count: int) -> str:
    return str(count) if count else ""


def _named(days: Iterable[date]) -> str:
    ordered = sorted(days)
    names = ", ".join(full_day(day) for day in ordered[:MOST_DAYS])
    rest = len(ordered) - MOST_DAYS
    if rest <= 0:
        return names
    return _("%(count)d: %(days)s and %(rest)d more", count=len(ordered), days=names, rest=rest)


def _beside(fitting: int, left: int) -> str:
    if left:
        return _("%(new)d, and %(left)d that overlap what is here", new=fitting, left=left)
    return _count(fitting)


def _asked(plan: Plan) -> str:
    names = ", ".join(_name(item) for item in plan.asked.items)
    return _("%(names)s; from 0 to %(most)d", names=names, most=plan.asked.ruler.maximum)


def _name(item: Item) -> str:
    return item.name if item.is_own else _(item.name)
