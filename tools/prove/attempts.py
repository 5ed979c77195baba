"""Requests with something bad in them: one field of a good form, or another shape altogether."""

import json
import random
import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Final
from urllib.parse import quote_from_bytes

from tools.prove.bad_values import BODIES, FILES, LITERALS, NAMES, TYPES, VALUES
from tools.prove.forms import FORMS, GUARD, NIGHT, QUERIES
from tracker.domain.questionnaire import Ruler

FORM: Final = "application/x-www-form-urlencoded"
MULTIPART: Final = "multipart/form-data; boundary=bbbb"

Field = tuple[bytes, bytes]


@dataclass(frozen=True, slots=True)
class Attempt:
    """One request. Each house puts what it has its own of in place of `<words>`.

    Attributes:
        rule: whose view it is for.
        what: what is bad about it, for whoever reads a finding.
        fields: of the form; None where `body` is sent as it is.
    """

    rule: str
    what: str
    method: str = "POST"
    fields: tuple[Field, ...] | None = None
    body: bytes = b""
    content_type: str = FORM
    query: tuple[Field, ...] = ()
    path: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


def urlencoded(fields: tuple[Field, ...]) -> bytes:
    """Return fields as a form sends them, whatever bytes they are."""
    pairs = (f"{quote_from_bytes(name)}={quote_from_bytes(value)}" for name, value in fields)
    return "&".join(pairs).encode()


def multipart(fields: tuple[Field, ...]) -> bytes:
    """Return fields as a form with a file sends them; `file` is the file."""
    parts = []
    for name, value in fields:
        shown = name.replace(b'"', b"%22").replace(b"\r", b"%0D").replace(b"\n", b"%0A")
        file = b'; filename="diary.csv"' if name == b"file" else b""
        head = b'--bbbb\r\nContent-Disposition: form-data; name="' + shown + b'"' + file
        parts.append(head + b"\r\n\r\n" + value + b"\r\n")
    return b"".join(parts) + b"--bbbb--\r\n"


def valid(rule: str, chance: random.Random) -> Attempt:
    """Return a form as a page of ours sends it."""
    fields = {**FORMS[rule], **{name: f"<{name}>" for name in GUARD}}
    if "client_id" in fields:
        fields["client_id"] = str(uuid.UUID(int=chance.getrandbits(128)))
    if "make" in fields and chance.random() < 0.8:  # noqa: PLR2004 - it hides all other errors
        del fields["make"]
    pairs = tuple((name.encode(), value.encode()) for name, value in fields.items())
    kind = MULTIPART if "file" in fields else FORM
    return Attempt(rule, "as it should be", fields=pairs, content_type=kind)


def spoiled(attempt: Attempt, name: bytes, value: bytes) -> Attempt:
    """Return an attempt with another value in one field."""
    fields = attempt.fields or ()
    changed = tuple((each, value if each == name else was) for each, was in fields)
    return replace(attempt, what=f"{name!r}={value[:60]!r}", fields=changed)


def every_field(chance: random.Random) -> Iterator[Attempt]:
    """Return every field with every kind of bad value, in any order."""
    pairs = [(rule, name) for rule in FORMS for name in FORMS[rule]]
    # The guard is one for all forms: three of them are enough.
    pairs += [(rule, name) for rule in ("/diary/<text>", "/items/", "/imports/") for name in GUARD]
    cases = list(product(pairs, VALUES))
    chance.shuffle(cases)
    for (rule, name), value in cases:
        yield spoiled(valid(rule, chance), name.encode(), value)


def generated(chance: random.Random) -> Iterator[Attempt]:
    """Return bad requests of every other shape, without end."""
    makers = (several, shapes, queries, paths, night_json, raw, files)
    while True:
        yield chance.choices(makers, weights=(6, 4, 3, 2, 5, 3, 2))[0](chance)


def several(chance: random.Random) -> Attempt:
    """Return a form with several bad fields at once."""
    attempt = valid(chance.choice(list(FORMS)), chance)
    names = [name for name, _ in attempt.fields or () if name.decode() not in GUARD]
    for name in chance.sample(names, min(2, len(names))):
        attempt = spoiled(attempt, name, chance.choice(VALUES))
    return replace(attempt, what=f"several {attempt.what}")


def shapes(chance: random.Random) -> Attempt:
    """Return a form with a field twice, gone, or of no name we know."""
    attempt = valid(chance.choice(list(FORMS)), chance)
    fields = list(attempt.fields or ())
    name, value = chance.choice(fields)
    deed = chance.choice(("twice", "gone", "added", "many", "alone"))
    if deed == "twice":
        fields.append((name, chance.choice((value, *VALUES))))
    elif deed == "gone":
        fields.remove((name, value))
    elif deed == "added":
        fields.append((chance.choice(NAMES), chance.choice(VALUES)))
    elif deed == "many":
        fields += [(b"%s%d" % (name, number), value) for number in range(chance.choice((90, 600)))]
    else:
        fields = [(name, value)]
    return replace(attempt, what=f"{deed} {name!r}", fields=tuple(fields))


def queries(chance: random.Random) -> Attempt:
    """Return a question with a bad value."""
    rule = chance.choice(list(QUERIES))
    asked = {name.encode(): value.encode() for name, value in QUERIES[rule].items()}
    name = chance.choice([*asked, chance.choice(NAMES)])
    asked[name] = chance.choice(VALUES)
    twice = ((name, chance.choice(VALUES)),) if chance.random() < 0.1 else ()  # noqa: PLR2004
    what = f"?{name!r}={asked[name][:60]!r}"
    return Attempt(rule, what, "GET", query=(*asked.items(), *twice))


def paths(chance: random.Random) -> Attempt:
    """Return a request for something that can't have that address."""
    rules = [rule for rule in (*FORMS, *QUERIES) if "<" in rule]
    rule = chance.choice([*rules, "/diary/<text>"])
    value = chance.choice(VALUES)
    method = chance.choice(("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS"))
    path = re.sub(rb"<[a-z_]+>", lambda _: value, rule.encode())
    fields = valid(rule, chance).fields if method == "POST" and rule in FORMS else ()
    return Attempt(rule, f"path {path[:60]!r}", method, fields=fields or (), path=path)


def night_json(chance: random.Random) -> Attempt:
    """Return a night as a script sends it, with bad values, names and literals."""
    told = {name.encode(): json.dumps(value).encode() for name, value in NIGHT.items()}
    told.pop(b"pain.state")
    told[b"client_id"] = f'"{uuid.UUID(int=chance.getrandbits(128))}"'.encode()
    name = chance.choice([*told, *NAMES])
    value = chance.choice((_quoted(chance.choice(VALUES)), chance.choice(LITERALS)))
    pairs = [*{**told, name: value}.items()]
    if chance.random() < 0.1:  # noqa: PLR2004 - a name twice
        pairs.append((name, value))
    body = b"{" + b",".join(_quoted(each) + b":" + text for each, text in pairs) + b"}"
    return _with_token(
        Attempt("/diary/<text>", f"JSON {name!r}:{value[:60]!r}", body=body), "application/json"
    )


def raw(chance: random.Random) -> Attempt:
    """Return a body that may be no body of the kind that it says it is."""
    rule, kind, body = chance.choice(list(FORMS)), chance.choice(TYPES), chance.choice(BODIES)
    return _with_token(Attempt(rule, f"{kind!r} {body[:60]!r}", body=body), kind)


def files(chance: random.Random) -> Attempt:
    """Return a file that can't be taken in, or hardly."""
    content = chance.choice((*FILES, *(_cell(chance) for _ in range(len(FILES)))))
    attempt = spoiled(valid("/imports/", chance), b"file", content)
    return spoiled(attempt, b"ruler", chance.choice([*Ruler, ""]).encode())


def _cell(chance: random.Random) -> bytes:
    row = [b"2026-10-20", b"7", b"3", b"Rain"]
    row[chance.randrange(len(row))] = chance.choice(VALUES)
    return b"date,pain,mood,note\n" + b",".join(row) + b"\n"


def _quoted(value: bytes) -> bytes:
    """Return bytes as a text in JSON, lone surrogates as they are written there."""
    text = value.decode("utf-8", "surrogatepass") if _is_text(value) else value.decode("latin-1")
    return json.dumps(text).encode()


def _is_text(value: bytes) -> bool:
    try:
        value.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _with_token(attempt: Attempt, kind: str) -> Attempt:
    accepts = {"Accept": "application/json", "X-CSRF-Token": "own"}
    return replace(attempt, content_type=kind, headers=accepts)
