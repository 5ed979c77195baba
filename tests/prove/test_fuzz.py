"""Bad inputs: a tenth of the full run, and no form is forgotten."""

from pathlib import Path

import html5lib
import pytest

from tools.prove import fuzz
from tools.prove.forms import DAY, FORMS, GUARD, QUERIES
from tools.prove.fuzz import House, house


@pytest.mark.slow
def test_bad_inputs_are_never_our_fault_and_both_databases_answer_alike(
    sqlite_database_url: str, postgres_database_url: str, tmp_path: Path
) -> None:
    with (
        house("SQLite", sqlite_database_url, tmp_path) as one,
        house("PostgreSQL", postgres_database_url, tmp_path) as other,
    ):
        report = fuzz.run([one, other], 2_000, seed=2)
    assert not report.findings
    assert report.sent == 2_000
    # Enough gets through to what lies behind the checks.
    assert report.statuses[303] > 100


def test_no_form_and_no_question_is_forgotten(sqlite_database_url: str, tmp_path: Path) -> None:
    with house("SQLite", sqlite_database_url, tmp_path) as one:
        rules = list(one.app.url_map.iter_rules())
        posts = {rule.rule for rule in rules if "POST" in (rule.methods or ())}
        assert posts == set(FORMS)
        assert {rule.rule for rule in rules} >= set(QUERIES)
        for rule in rules:
            if "GET" in (rule.methods or ()) and not rule.arguments:
                look_through(one, rule.rule)


def look_through(one: House, path: str) -> None:
    """Check that every field on a page is one that is sent bad values."""
    page = one.visitor.get(path)
    if page.mimetype != "text/html":
        return
    for form in html5lib.parse(page.text, namespaceHTMLElements=False).iter("form"):
        if form.get("action") is None:
            continue  # a script's own: it sends nothing by itself
        action = str(form.get("action")).replace(DAY, "<text>")
        for name, thing in one.things.items():
            action = action.replace(thing, f"<{name}>")
        names = {str(each.get("name")) for each in form.iter() if each.get("name")}
        names = {name.replace(one.things["key"], "<key>") for name in names}
        known = FORMS if form.get("method") == "post" else QUERIES
        assert names <= {*known[action], *GUARD}, path
