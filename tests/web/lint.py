"""What every page must be, whatever it is about."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final
from xml.etree.ElementTree import Element

import html5lib

NAMED: Final = ("input", "select", "textarea")
HIDDEN: Final = {"hidden", "submit", "button"}
ADDRESSES: Final = ("href", "src", "action", "formaction", "poster", "data")
# Strangers' forms: there is no session that a token could belong to.
DOORS: Final = {"/sign-in", "/register", "/recover", "/reset", "/s"}
OURS: Final = re.compile(r"(/(?![/\\])|#|\?).*|tel:\+?[0-9]+|otpauth://totp/[!-~]+", re.DOTALL)
REFERENCES: Final = ("aria-describedby", "aria-labelledby", "aria-controls", "for", "form", "list")
SILENT: Final = {"script", "style", "template"}
WORD: Final = re.compile(r"[A-Za-z]{3,}")
BRACKETED: Final = re.compile(r"\[[^\[\]]*\]")


def parsed(html: str) -> Element:
    """Return the page's root; a parse error fails."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    root: Element = parser.parse(html)
    return root


def problems(html: str, *, signed_in: bool) -> list[str]:
    """Return what is wrong with a page."""
    root = parsed(html)
    return [
        *_frame(root),
        *_names(root),
        *_attributes(root),
        *_references(root),
        *(_forms(root) if signed_in else ()),
    ]


def text_of(element: Element) -> str:
    """Return what an element says, without scripts, runs of space as one."""
    return " ".join(" ".join(_texts(element)).split())


def untranslated(html: str, kept: Iterable[str]) -> list[str]:
    """Return the words of a page in the accented language that no catalogue reached.

    `kept` are words that stay: names, what people typed.
    """
    root = parsed(html)
    said = [text_of(root), *_spoken(root)]
    left = [BRACKETED.sub(" ", text) for text in said]
    return [word for text in left for word in WORD.findall(text) if word not in set(kept)]


def forms(html: str) -> list[tuple[str, dict[str, str]]]:
    """Return each form's action and the fields that a browser would send untouched."""
    return [(form.get("action", ""), dict(_sent(form))) for form in parsed(html).iter("form")]


def _sent(form: Element) -> Iterator[tuple[str, str]]:
    for field in form.iter():
        name = field.get("name")
        if not name or field.tag not in NAMED:
            continue
        kind = field.get("type", "text")
        if field.tag == "textarea":
            yield name, (field.text or "").removeprefix("\n")
        elif field.tag == "select":
            chosen = [o for o in field.iter("option") if "selected" in o.attrib]
            options = chosen or list(field.iter("option"))[:1]
            yield from ((name, o.get("value", o.text or "")) for o in options)
        elif kind not in {"radio", "checkbox"} or "checked" in field.attrib:
            yield name, field.get("value", "")


def _texts(element: Element) -> Iterator[str]:
    tag: object = element.tag  # a comment's is a function
    if isinstance(tag, str) and tag not in SILENT:
        yield element.text or ""
        for child in element:
            yield from _texts(child)
            yield child.tail or ""


def _spoken(root: Element) -> Iterator[str]:
    for element in root.iter():
        for name in ("aria-label", "title", "alt", "placeholder"):
            yield element.get(name, "")


def _frame(root: Element) -> Iterator[str]:
    if not root.get("lang") or root.get("dir") not in {"ltr", "rtl"}:
        yield "no language or direction"
    if len(list(root.iter("h1"))) != 1:
        yield "not exactly one h1"
    if not any(text_of(title) for title in root.iter("title")):
        yield "no title"
    if len(list(root.iter("main"))) != 1:
        yield "not exactly one main"
    if not any(link.get("href") == "/help/now" for link in root.iter("a")):
        yield "no way to help right now"
    level = 0
    for element in root.iter():
        found = re.fullmatch(r"h([1-6])", str(element.tag))
        if found:
            if int(found[1]) > level + 1:
                yield f"the heading {text_of(element)!r} skips a level"
            level = int(found[1])


def _names(root: Element) -> Iterator[str]:
    labels = {label.get("for") for label in root.iter("label")}
    inside = {id(field) for label in root.iter("label") for field in label.iter()}
    for element in root.iter():
        tag, attributes = element.tag, element.attrib
        spoken = attributes.get("aria-label") or attributes.get("aria-labelledby")
        if tag in NAMED and attributes.get("type") not in HIDDEN:
            labelled = spoken or attributes.get("id") in labels or id(element) in inside
            if not labelled:
                yield f"the field {attributes.get('name')!r} has no label"
        if tag in {"button", "a"} and not (spoken or text_of(element) or _pictures(element)):
            yield f"a {tag} without a name"
        if tag == "img" and "alt" not in attributes:
            yield "a picture without alt"
        if tag == "fieldset" and not any(text_of(legend) for legend in element.iter("legend")):
            yield "a group without a legend"


def _pictures(element: Element) -> str:
    return "".join(picture.get("alt", "") for picture in element.iter("img"))


def _attributes(root: Element) -> Iterator[str]:
    for element in root.iter():
        tag: object = element.tag
        if not isinstance(tag, str):
            yield "a comment is sent to people"
            continue
        yield from _unsafe(element)
        for name in ADDRESSES:
            value = element.get(name)
            if value is not None and OURS.fullmatch(value) is None:
                yield f"{element.tag} {name} leaves our origin: {value}"


def _unsafe(element: Element) -> Iterator[str]:
    if element.tag == "style" or "style" in element.attrib:
        yield f"inline style in {element.tag}"
    if element.tag == "script" and (not element.get("src") or (element.text or "").strip()):
        yield "inline script"
    if any(name.startswith("on") for name in element.attrib):
        yield f"inline handler in {element.tag}"
    loads = element.tag == "script" or element.get("rel") in {"stylesheet", "modulepreload"}
    if loads and not element.get("integrity"):
        yield f"{element.tag} without integrity"


def _references(root: Element) -> Iterator[str]:
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    yield from (f"the id {name!r} stands twice" for name in {i for i in ids if ids.count(i) > 1})
    for element in root.iter():
        named = [one for name in REFERENCES for one in element.get(name, "").split()]
        target = element.get("href", "")
        if target.startswith("#") and target != "#":
            named.append(target[1:])
        yield from (
            f"{element.tag} names {one!r}, which is not there" for one in named if one not in ids
        )


def _forms(root: Element) -> Iterator[str]:
    for form in root.iter("form"):
        fields: list[Any] = [field.get("name") for field in form.iter("input")]
        if form.get("action") in DOORS:
            continue
        if form.get("method") == "post" and not {"csrf_token", "person"} <= set(fields):
            yield f"the form to {form.get('action')!r} has no token"
