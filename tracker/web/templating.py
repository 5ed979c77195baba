"""Pages: the template environment, and what every page is framed by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from flask import Flask, get_flashed_messages, render_template, request
from markupsafe import Markup

from tracker.domain import wording
from tracker.domain.people import Theme
from tracker.web import (
    context,
    dates,
    guard,
    locks,
    phone_words,
    places,
    security,
    telephones,
    words,
)
from tracker.web.assets import Assets
from tracker.web.carried import carried_by_form
from tracker.web.places import Place

SHOWN: Final = {Theme.DIM: "dim", Theme.LIGHT: "light", Theme.SEPIA: "sepia"}
SYSTEM: Final = "system"
SCHEMES: Final = {"dim": "dark", "sepia": "dark", "light": "light", SYSTEM: "dark light"}


@dataclass(frozen=True, slots=True)
class Frame:
    """What the layout says of the request: `frame` in every template.

    `theme` is the choice, `shown_theme` what the page is lit by. `person`, `who` and `csrf_token`
    are "" for strangers, `test_clock` where the clock is the real one. `now` is the server's time,
    ISO 8601, "" where it is not known. `calm` is True where the person wants tonight's questions
    one at a time, `locked` where this browser has an app lock and there is something to hide.
    `role` is the account's, "" for strangers; `places` are those at the bottom that are open.
    """

    lang: str
    dir: str
    theme: str
    shown_theme: str
    person: str
    who: str
    csrf_token: str
    test_clock: str
    plain_http: bool
    path: str
    now: str = ""
    calm: bool = False
    locked: bool = False
    role: str = ""
    places: Sequence[Place] = ()

    @property
    def color_scheme(self) -> str:
        """What the browser paints before the style sheet is there: no white flash."""
        return SCHEMES[self.shown_theme]

    def messages(self) -> Sequence[str]:
        """Return what the last deed had to say, once."""
        return [str(message) for message in get_flashed_messages()]


def shown_theme(theme: Theme, *, is_evening: bool) -> str:
    """Return what lights the page: by night dim, else as the device likes, where not chosen.

    >>> shown_theme(Theme.AUTO, is_evening=False), shown_theme(Theme.AUTO, is_evening=True)
    ('system', 'dim')
    """
    return SHOWN.get(theme, "dim" if is_evening else SYSTEM)


def frame() -> Frame:
    """Return the frame of the page being made, also where the request was refused early."""
    known = context.current_or_none()
    account = known.account if known else None
    theme = known.theme if known else Theme.AUTO
    settings = context.installation().settings
    language = words.current_language()
    return Frame(
        lang=language.tag,
        dir=language.direction,
        theme=theme.value,
        shown_theme=shown_theme(theme, is_evening=bool(known and known.is_evening)),
        person=account.id if account else "",
        who=account.name if account else "",
        calm=bool(account and account.calm),
        locked=account is not None and locks.is_on(),
        csrf_token=guard.token(),
        test_clock=f"{known.now:%Y-%m-%dT%H:%M:%SZ}" if known and settings.test_clock else "",
        plain_http=known is not None and security.is_open_network(request),
        path=request.full_path.rstrip("?") if request.method == "GET" else "/",
        now=f"{known.now:%Y-%m-%dT%H:%M:%SZ}" if known else "",
        role=account.role.value if account else "",
        places=places.of(known.signed_in if known else None),
    )


def render_for_all(
    template: str, values: Mapping[str, object], open_places: Sequence[Place] = ()
) -> str:
    """Return a page that is the same for everyone, whoever asks and whenever."""
    language = words.current_language()
    is_testing = context.installation().settings.test_clock is not None
    for_all = Frame(
        lang=language.tag,
        dir=language.direction,
        theme=Theme.AUTO.value,
        shown_theme=SYSTEM,
        person="",
        who="",
        csrf_token="",
        test_clock="…" if is_testing else "",
        plain_http=False,
        path="/",
        places=open_places,
    )
    return render_template(template, frame=for_all, bare=True, **values)


def render(template: str, **values: object) -> str:
    """Return the page of `template`, framed for the reader.

    Templates extend `layout.html` and get `frame`, `_`, `ngettext`, `asset(name)`,
    `stylesheet(name)`, `script(name)` and the filters of `tracker.web.dates`.
    """
    return render_template(template, frame=frame(), **values)


def prepare(app: Flask) -> None:
    """Give `app`, which has its files already, its template environment."""
    made: context.Installation = app.extensions[context.INSTALLATION]
    files = made.assets
    env = app.jinja_env
    env.trim_blocks = True
    env.lstrip_blocks = True
    env.globals.update(
        _=words.on_page,
        ngettext=words.on_page_many,
        asset=files.address,
        stylesheet=partial(_stylesheet, files),
        script=partial(_script, files),
        early_script=partial(_early_script, files),
        waiting_words=lambda: phone_words.in_words(phone_words.WAITING),
        form_words=lambda: phone_words.in_words(phone_words.FORM),
        carried_text=_carried_text,
        placebo_rate=wording.PLACEBO_RATE,
        bare=False,
        place="",
    )
    env.filters.update(
        weekday_and_day=dates.weekday_and_day,
        full_day=dates.full_day,
        short_day=dates.short_day,
        clock_time=dates.clock_time,
        number=dates.number,
        telephones=telephones.pieces,
    )


def _carried_text() -> str:
    carried = carried_by_form()
    return carried.as_text() if carried else ""


def _stylesheet(files: Assets, name: str) -> Markup:
    return Markup('<link rel="stylesheet" href="{}" integrity="{}">').format(
        files.address(name), files.files[name].integrity
    )


def _script(files: Assets, name: str) -> Markup:
    return Markup('<script type="module" src="{}" integrity="{}"></script>').format(
        files.address(name), files.files[name].integrity
    )


def _early_script(files: Assets, name: str) -> Markup:
    """Return a script that runs before the first paint; for what can't wait, and nothing else."""
    return Markup('<script src="{}" integrity="{}"></script>').format(
        files.address(name), files.files[name].integrity
    )
