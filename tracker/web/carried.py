"""What a person typed, carried through a sign-in or a refusal so that it is not lost."""

import json
import re
from dataclasses import dataclass
from typing import Final, Self

from flask import request, session

from tracker.domain.people import Account
from tracker.web.guard import PERSON_FIELD, TOKEN_FIELD

FIELD: Final = "carried"
MOST_BYTES: Final = 64 * 1024
SECRET: Final = re.compile(r"password|passphrase|code$", re.IGNORECASE)
OURS: Final = re.compile(r"/(?![/\\])[^\x00-\x20\x7f\\]*", re.ASCII)


def own_path(text: str | None, default: str = "/") -> str:
    r"""Return `text` where it is a path of ours, else `default`.

    >>> own_path("/trends/?item=pain"), own_path("//evil.example"), own_path("/\\evil.example")
    ('/trends/?item=pain', '/', '/')
    """
    return text if text is not None and OURS.fullmatch(text) else default


@dataclass(frozen=True, slots=True)
class Carried:
    """A form that could not be taken: where it goes, who typed it, and what.

    `person` is "" where that is not known; then it is shown to nobody else but the session that
    sent it. Passwords and codes are never carried.
    """

    path: str
    person: str
    fields: tuple[tuple[str, str], ...]

    @classmethod
    def from_request(cls) -> Self | None:
        """Return what the request brought; None where it brought nothing that can be kept."""
        if request.method != "POST" or request.mimetype not in {
            "application/x-www-form-urlencoded",
            "multipart/form-data",
        }:
            return None
        fields = tuple(
            (name, value)
            for name, value in request.form.items(multi=True)
            if name not in {TOKEN_FIELD, PERSON_FIELD, FIELD} and SECRET.search(name) is None
        )
        person = request.form.get(PERSON_FIELD) or session.get("person", "")
        made = cls(request.path, person, fields)
        return made if fields and len(made.as_text()) <= MOST_BYTES else None

    @classmethod
    def from_text(cls, text: str) -> Self | None:
        """Return what `as_text` wrote; None where it is anything else."""
        try:
            path, person, fields = json.loads(text[: MOST_BYTES + 1])
            pairs = tuple((name, value) for name, value in fields)
        except (ValueError, TypeError, RecursionError):
            return None
        strings = (path, person, *(part for pair in pairs for part in pair))
        if not all(isinstance(part, str) for part in strings) or own_path(path) != path:
            return None
        return cls(path, person, pairs)

    def as_text(self) -> str:
        """Return this as one hidden field carries it."""
        return json.dumps([self.path, self.person, self.fields], ensure_ascii=False)

    def is_of(self, account: Account) -> bool:
        """True where `account` typed it: nobody else ever sees it."""
        return self.person == account.id


def carried_by_form() -> Carried | None:
    """Return what the sign-in form that was sent carries along."""
    return Carried.from_text(request.form.get(FIELD, ""))
