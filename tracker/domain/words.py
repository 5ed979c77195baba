"""How the domain speaks: wording marked for translation, refusals that carry it."""

from collections.abc import Callable


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for "mark, don't translate"
    """Mark `text` for the catalogue; the edge (page, command line) translates it."""
    return text


class Refused(Exception):  # noqa: N818 - it is an answer to a person, not a fault
    """A rule said no.

    Args:
        text: a marked sentence with `%(name)s` places; says what to do.
        values: what goes into the places.
    """

    def __init__(self, text: str, /, **values: object) -> None:
        super().__init__(text, values)
        self.text = text
        self.values = values

    def in_words(self, translate: Callable[[str], str]) -> str:
        """Return the sentence in the reader's language."""
        return translate(self.text) % self.values

    def __str__(self) -> str:
        return self.in_words(str)
