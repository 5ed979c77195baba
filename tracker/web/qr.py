"""A text as a QR code: drawn here, for no other server shall see it."""

import segno
from markupsafe import Markup

QUIET = 4  # modules of margin that readers need


def drawn(text: str) -> Markup:
    """Return the picture; its colours stand in the style sheet (`.qr`)."""
    code = segno.make(text, error="m", micro=False)
    # segno escapes nothing of ours: the text is in the dots.
    return Markup(code.svg_inline(border=QUIET, omitsize=True, svgclass=None, lineclass=None))  # noqa: S704 - dots only
