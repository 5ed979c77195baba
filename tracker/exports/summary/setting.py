"""Set the template as a PDF, in a process of its own: JSON comes in, the file goes out.

The typesetter keeps what it has once seen, so a server that held it would grow with every file.
Nothing but it and the standard library is loaded here: a page takes a tenth of a second.
"""

import json
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

import typst

Standard = Literal["ua-1"]
_HERE: Final = Path(__file__).resolve().parent
TEMPLATE: Final = _HERE / "template.typ"
FONTS: Final = _HERE / "fonts"
# Tried in turn until every sign can be shown: our fonts; those of this machine as well; the same
# without the promise that all can be read aloud, which the standard denies where a sign is missing.
_WAYS: Final[Sequence[tuple[bool, Sequence[Standard]]]] = (
    (False, ("ua-1",)),
    (True, ("ua-1",)),
    (True, ()),
)


def set_pdf(data: str, printed: str, template: Path = TEMPLATE) -> bytes:
    """Return the PDF of `data`, which is JSON, dated to midnight of the day `printed`."""
    *first, last = _WAYS
    for with_system, standards in first:
        with suppress(typst.TypstError):
            return _set(data, printed, template, standards, with_system=with_system)
    with_system, standards = last
    return _set(data, printed, template, standards, with_system=with_system)


def _set(
    data: str, printed: str, template: Path, standards: Sequence[Standard], *, with_system: bool
) -> bytes:
    fonts = typst.Fonts(
        include_system_fonts=with_system, include_embedded_fonts=False, font_paths=[FONTS]
    )
    return typst.compile(
        template.read_bytes(),
        font_paths=fonts,
        sys_inputs={"data": data},
        pdf_standards=[*standards],
        timestamp=datetime.fromisoformat(printed).replace(tzinfo=UTC),
        format="pdf",
    )


if __name__ == "__main__":
    asked = json.loads(sys.stdin.buffer.read())
    template = _HERE / asked["template"]
    sys.stdout.buffer.write(set_pdf(json.dumps(asked["data"]), asked["printed"], template))
