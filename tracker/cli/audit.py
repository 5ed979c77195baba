"""The command `tracker audit`: say whether the audit chains are as they were written."""

import argparse
import sys
from gettext import gettext as _
from pathlib import Path

from tracker.cli.opening import opened
from tracker.cli.tree import Commands, command
from tracker.storage import audit_check

MOST_FINDINGS = 20


def add(commands: Commands) -> None:
    """Add the command to the tree."""
    parser = command(
        commands,
        "audit",
        run,
        _("verify the audit chains"),
        _(
            "Every deed is a sealed line in its owner's chain. `tracker audit verify` finds "
            "lines that were edited, deleted, swapped or put in, and, by the list of signed "
            "heads outside the database, chains that were cut short."
        ),
    )
    parser.add_argument("deed", choices=["verify"], metavar="verify", help=_("read all chains"))
    parser.add_argument(
        "--against",
        type=Path,
        metavar=_("FILE"),
        help=_("another list of signed heads than the one in the instance folder"),
    )


def run(args: argparse.Namespace) -> int:
    """Verify; return 1 where something is not as it was written."""
    with opened() as diary:
        heads: Path = args.against or diary.settings.audit_heads_file
        lines = (
            heads.read_text(encoding="utf-8", errors="replace").splitlines()
            if (args.against or heads.exists())
            else []
        )
        with diary.database.snapshot() as session:
            done = audit_check.verify(session, lines)
    for finding in done.findings[:MOST_FINDINGS]:
        print(finding.as_refusal().in_words(_), file=sys.stderr)
    if done.findings:
        print(
            _("tracker: %(count)s findings in the audit chains.") % {"count": len(done.findings)},
            file=sys.stderr,
        )
        return 1
    told = {"chains": done.chains, "events": done.events, "heads": len(lines)}
    print(_("All is as it was written: %(events)s events in %(chains)s chains.") % told)
    return 0
