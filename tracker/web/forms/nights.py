"""What a request says about one night: read from a form or from JSON into a `Night`."""

import hashlib
import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final, NoReturn

from tracker.domain.people import PreferenceRefused, clean_zone
from tracker.domain.text import normal
from tracker.domain.words import N_, Refused
from tracker.services.diaries import Night, NightRefused

SCHEMA: Final = "1"  # of the fields below; every number ever released stays readable
TEXT_LIMIT: Final = 20_000  # code points a field: kept far above what any field may hold

_TOLD: Final = frozenset(
    {
        "note",
        "client_id",
        "base_revision",
        "person",
        "schema",
        "measured_at",
        "phone_now",
        "zone",
        "reason",
        "replaces",
        "questionnaire",
    },
)
_UNHASHED: Final = frozenset({"csrf_token", "phone_now"})
_STATE: Final = ".state"
_KEY: Final = re.compile(r"[a-z][A-Za-z0-9_]{0,63}", re.ASCII)
_NUMBER: Final = re.compile(r"[0-9]{1,9}", re.ASCII)
_ZONE: Final = re.compile(r"[A-Za-z0-9_+/-]{1,64}", re.ASCII)
_UUID: Final = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", re.ASCII)
_INSTANT: Final = re.compile(
    r"(19[7-9]|2[01]\d)\d-\d\d-\d\dT\d\d:\d\d(:\d\d([.]\d{1,6})?)?(Z|[+-]\d\d:\d\d)",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Request:
    """A night, and whose diary the sender meant ("" where it didn't say)."""

    night: Night
    person: str


def read_form(day: date, fields: Mapping[str, str], *, from_page: bool) -> Request:
    """Read the fields of a form; a slider's other answers come beside it, as `<item>.state`.

    Args:
        day: the night.
        fields: as they were sent.
        from_page: whether a page sent them, not a script.

    Raises:
        NightRefused: a field can't be read.
    """
    told = {name: value for name, value in fields.items() if not name.endswith(_STATE)}
    for name, state in fields.items():
        item = name.removesuffix(_STATE)
        if item != name and state:
            if told.get(item, "") not in ("", state):
                _refuse(item, N_("Two different answers were given here. Keep one of them."))
            told[item] = state
    return _read(day, told, from_form=from_page)


def read_json(day: date, body: bytes) -> Request:
    """Read a JSON object, each name once, whose values are texts or whole numbers.

    Raises:
        NightRefused: it is no such object, or a field can't be read.
    """
    try:
        told = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_once,
            parse_float=_no_number,
            parse_constant=_no_number,
        )
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        _refuse("", N_("The body must be one JSON object in UTF-8, each name once."))
    for name, value in told.items():
        if not isinstance(value, str | int) or isinstance(value, bool):
            _refuse(name, N_("Write this as a text or a whole number."))
    return _read(day, told, from_form=False)


def payload_sha256(told: Mapping[str, str | int]) -> str:
    """Return the hash by which a night sent again is known.

    SHA-256 of the UTF-8 JSON of every field but `csrf_token` and `phone_now`: keys sorted, no
    spaces, texts in NFC with LF.
    """
    hashed = {
        name: normal(value) if isinstance(value, str) else value
        for name, value in told.items()
        if name not in _UNHASHED
    }
    text = json.dumps(hashed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _read(day: date, told: Mapping[str, str | int], *, from_form: bool) -> Request:
    for name, value in told.items():
        _check_shape(name, str(value))
    text = {name: str(value) for name, value in told.items() if name != "csrf_token"}
    if text.get("schema", SCHEMA) != SCHEMA:
        _refuse("schema", N_("This version of the form is not known here. Reload the page."))
    night = Night(
        day=day,
        tokens={name: value for name, value in text.items() if name not in _TOLD},
        client_id=_read_uuid("client_id", text) or str(uuid.uuid4()),
        payload_sha256=payload_sha256(told),
        note=text.get("note"),
        reason=text.get("reason", ""),
        base_revision=_read_number("base_revision", text),
        replaces=_read_uuid("replaces", text),
        questionnaire=_read_number("questionnaire", text),
        measured_at=_read_instant("measured_at", text),
        phone_now=_read_instant("phone_now", text),
        zone=_read_zone(text),
        from_form=from_form,
    )
    return Request(night, text.get("person", ""))


def _check_shape(name: str, value: str) -> None:
    """Refuse what neither the hash nor a database could take, or what can't be a field at all."""
    if _KEY.fullmatch(name) is None:
        _refuse("", N_("The request has a field that no night has."))
    if len(value) > TEXT_LIMIT:
        _refuse(name, N_("This is too long."))
    if any("\ud800" <= one <= "\udfff" or one == "\0" for one in value):
        _refuse(name, N_("This can't hold hidden or control characters."))


def _read_uuid(name: str, text: Mapping[str, str]) -> str | None:
    value = text.get(name, "")
    if value and _UUID.fullmatch(value) is None:
        _refuse(name, N_("This must be a UUID such as 9f1c2a34-0b5d-4c6e-8f70-112233445566."))
    return value.lower() or None


def _read_number(name: str, text: Mapping[str, str]) -> int | None:
    value = text.get(name, "")
    if value and _NUMBER.fullmatch(value) is None:
        _refuse(name, N_("This must be a whole number."))
    return int(value) if value else None


def _read_instant(name: str, text: Mapping[str, str]) -> datetime | None:
    value = text.get(name, "")
    if not value:
        return None
    instant = _instant(value)
    if instant is None:
        _refuse(name, N_("Write a time with its offset such as 2026-11-21T22:00:00+13:00."))
    return instant


def _instant(value: str) -> datetime | None:
    """Return the time in UTC, or None where `value` is none with an offset."""
    try:
        # The pattern comes first: `fromisoformat` takes week dates and more besides.
        matched = _INSTANT.fullmatch(value)
        return None if matched is None else datetime.fromisoformat(matched[0]).astimezone(UTC)
    except ValueError:
        return None


def _read_zone(text: Mapping[str, str]) -> str:
    """Return the phone's zone, or "" where this machine doesn't know it: no reason to refuse."""
    value = text.get("zone", "")
    if value and _ZONE.fullmatch(value) is None:
        _refuse("zone", N_("This must be a time zone such as Europe/Vienna."))
    try:
        return clean_zone(value)
    except PreferenceRefused:
        return ""


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    read = dict(pairs)
    if len(read) < len(pairs):
        raise ValueError
    return read


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)


def _refuse(name: str, text: str) -> NoReturn:
    raise NightRefused({name: Refused(text)})
