"""Make two pseudo-languages, to see which words a translator cannot reach."""

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tools.words import DOMAIN, TEMPLATE

# `qps` is accented and a third longer, as German is; `qps_plocm` reads from the right.
ACCENTED: Final = "qps"
MIRRORED: Final = "qps_plocm"
LETTERS: Final = str.maketrans(
    "ACDEGHIJKLNORSTUWYZacdeghijklnorstuwyz",
    "ÅÇÐÉĜĤÎĴĶĻÑÖŔŠŢÛŴÝŽåçðéĝĥîĵķļñöŕšţûŵýž",
)
RIGHT_TO_LEFT: Final = str.maketrans("abcdefghijklmnopqrstuvwxyz", "اבגדהוזחטיכלמנסעפצקרשתאבגד")
# Left as they are: placeholders of both styles, tags and character references.
KEPT: Final = re.compile(
    r"(%\(\w+\)[-#0 +]*\d*(?:\.\d+)?[a-zA-Z]|%[%sd]|\{[^{}]*\}|<[^<>]+>|&#?\w+;)"
)


def accented(text: str) -> str:
    """Accent and lengthen a text, in brackets that show where it was cut.

    >>> accented("Save <b>%(count)d</b> nights")
    '[Šåvé <b>%(count)d</b> ñîĝĥţš ~~~~]'
    """
    padding = "~" * max(1, len(KEPT.sub("", text)) // 3)
    return f"[{_translate(text, lambda part: part.translate(LETTERS))} {padding}]"


def mirrored(text: str) -> str:
    """Write a text in letters that run from the right.

    >>> mirrored("Save {name}").endswith("{name}")
    True
    """
    return _translate(text, lambda part: part.lower().translate(RIGHT_TO_LEFT))


def _translate(text: str, change: Callable[[str], str]) -> str:
    parts = KEPT.split(text)
    return "".join(part if index % 2 else change(part) for index, part in enumerate(parts))


def write(directory: Path) -> None:
    """Write both catalogues into a locale directory.

    They have the words of the template, which the gates keep fresh: collecting takes seconds.
    """
    with TEMPLATE.open("rb") as file:
        words = read_po(file)
    for language, change in ((ACCENTED, accented), (MIRRORED, mirrored)):
        catalog = Catalog(locale=language, domain=DOMAIN)
        for message in words:
            forms = [message.id] if isinstance(message.id, str) else list(message.id)
            if any(forms):
                changed = [change(form) for form in forms]
                single = isinstance(message.id, str)
                catalog.add(message.id, changed[0] if single else changed, context=message.context)
        folder = directory / language / "LC_MESSAGES"
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / f"{DOMAIN}.mo").open("wb") as file:
            write_mo(file, catalog)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
