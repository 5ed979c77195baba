"""The reader's language: its catalogue, its direction, and gettext for pages and views."""

import gettext
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from flask import g
from markupsafe import Markup, escape

from tracker.domain.voice import Voice, unbroken
from tracker.domain.words import Refused

FOLDER: Final = Path(__file__).resolve().parent.parent / "locale"
DOMAIN: Final = "tracker"
# Primary subtags of languages written from the right; the last is the mirrored pseudo-language.
FROM_THE_RIGHT: Final = frozenset({"ar", "dv", "fa", "he", "ps", "ur", "yi", "qps-plocm"})


@dataclass(frozen=True, slots=True)
class Language:
    """One language that pages speak. `tag` is what `lang` says (BCP 47)."""

    tag: str
    catalogue: gettext.NullTranslations

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """Where a line begins.

        >>> Language("ar-EG", gettext.NullTranslations()).direction
        'rtl'
        """
        primary = self.tag.partition("-")[0]
        return "rtl" if {self.tag, primary} & FROM_THE_RIGHT else "ltr"


ENGLISH: Final = Language("en", gettext.NullTranslations())


def installed(folder: Path = FOLDER) -> Mapping[str, Language]:
    """Return the languages that have a compiled catalogue in `folder`, and English, by tag."""
    found = {ENGLISH.tag: ENGLISH}
    for path in sorted(folder.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")):
        tag = path.parts[-3].replace("_", "-")
        with path.open("rb") as file:
            found[tag] = Language(tag, gettext.GNUTranslations(file))
    return found


def chosen(languages: Mapping[str, Language], wanted: Iterable[str]) -> Language:
    """Return the first language wanted that there is, by full tag and then by primary subtag.

    >>> chosen({"en": ENGLISH}, ["tlh", "en-GB"]).tag
    'en'
    """
    for tag in wanted:
        found = languages.get(tag) or languages.get(tag.partition("-")[0])
        if found is not None:
            return found
    return ENGLISH


def current_language() -> Language:
    """Return the language of the request being answered; English before it is known."""
    language: Language = g.get("language", ENGLISH)
    return language


def voice() -> Voice:
    """Return how reports speak to the reader of this request."""
    language = current_language()
    catalogue, is_from_right = language.catalogue, language.direction == "rtl"
    return Voice(catalogue.gettext, catalogue.ngettext, language.tag, is_from_right)


def _(text: str, /, **values: object) -> str:
    """Return `text` in the reader's language, with `values` in its `%(name)s` places."""
    found = unbroken(current_language().catalogue.gettext(text))
    return found % values if values else found


def ngettext(one: str, many: str, count: int, /, **values: object) -> str:
    """Return the form for `count`, which also fills `%(count)s`."""
    found = unbroken(current_language().catalogue.ngettext(one, many, count))
    return found % {"count": count, **values}


def in_words(refusal: Refused) -> str:
    """Return what a rule said, in the reader's language."""
    return refusal.in_words(_)


def on_page(text: str, /, **values: object) -> str:
    """Return `_(text)` for a template: values are escaped, unless they are markup already.

    >>> from flask import Flask
    >>> with Flask("words").app_context():
    ...     on_page("Hello %(name)s", name="<b>")
    Markup('Hello &lt;b&gt;')
    """
    found = escape(unbroken(current_language().catalogue.gettext(text)))
    return found % values if values else found


def on_page_many(one: str, many: str, count: int, /, **values: object) -> Markup:
    """Return `ngettext` for a template, likewise escaped."""
    found = escape(unbroken(current_language().catalogue.ngettext(one, many, count)))
    return found % {"count": count, **values}
