"""Collect the words of code and pages into the catalogues of tracker/locale."""

import sys
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT: Final = Path(__file__).resolve().parent.parent
LOCALE: Final = ROOT / "tracker" / "locale"
DOMAIN: Final = "tracker"
TEMPLATE: Final = LOCALE / f"{DOMAIN}.pot"
# What is written in code (`N_` marks words that are translated later) and pages.
METHODS: Final = [("**.py", "python"), ("web/templates/**.html", "jinja2")]
OPTIONS: Final = {
    "web/templates/**.html": {"trimmed": "true", "silent": "false"},
}
COMMENTS: Final = ("Translators:",)


def collect() -> Catalog:
    """Return the words that stand in code and pages now."""
    catalog = Catalog(project="Evenfall", charset="utf-8")
    for _, _, message, comments, context in extract_from_dir(
        ROOT / "tracker",
        METHODS,
        OPTIONS,
        keywords=DEFAULT_KEYWORDS,
        comment_tags=COMMENTS,
    ):
        catalog.add(message, auto_comments=comments, context=context)
    return catalog


def as_text(catalog: Catalog) -> str:
    """Write a template that changes only where words do: no dates, no line numbers."""
    buffer = BytesIO()
    write_po(buffer, catalog, no_location=True, omit_header=True, sort_output=True)
    return buffer.getvalue().decode()


def is_fresh() -> bool:
    """Say whether the template in the repository holds the words of now."""
    return TEMPLATE.exists() and TEMPLATE.read_text("utf-8") == as_text(collect())


def refresh() -> None:
    """Write the template, carry it into every language and compile those."""
    words = collect()
    LOCALE.mkdir(exist_ok=True)
    TEMPLATE.write_text(as_text(words), "utf-8")
    for path in sorted(LOCALE.glob(f"*/LC_MESSAGES/{DOMAIN}.po")):
        with path.open("rb") as file:
            catalog = read_po(file, locale=path.parts[-3], domain=DOMAIN)
        catalog.update(words, no_fuzzy_matching=True)
        with path.open("wb") as file:
            write_po(file, catalog, no_location=True, sort_output=True)
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalog)


def main() -> int:
    """Refresh the catalogues, or with ``--check`` only say whether they are fresh."""
    if "--check" not in sys.argv[1:]:
        refresh()
    elif not is_fresh():
        print("The words have changed: run `make words` and commit tracker/locale.")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
