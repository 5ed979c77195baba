"""Take the README's picture of an appointment: the demo's crossover, as it is printed."""

import gettext
import json
import os
import tempfile
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Final

import typst

from tracker.cli import main as tracker
from tracker.cli.opening import opened
from tracker.domain.responder import Rule
from tracker.domain.voice import Voice
from tracker.domain.windows import Preset
from tracker.exports.summary.pdf import document
from tracker.exports.summary.setting import FONTS, TEMPLATE
from tracker.services.reports import read_report
from tracker.storage import accounts
from tracker.web.appointments import Wish, summary_of

PICTURE: Final = Path(__file__).resolve().parent.parent / "docs" / "pictures" / "appointment.png"
RESOLUTION: Final = 90.0  # dots an inch
QUESTION: Final = "The dreams wake me at four. Is there anything I can change?"


def main() -> None:
    """Load the demo into a folder that is thrown away, and print from it."""
    voice = Voice(gettext.gettext, gettext.ngettext)
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(StringIO()):
        os.environ["TRACKER_INSTANCE"] = folder
        tracker(["demo"])
        with opened() as diary, diary.database.reading() as session:
            who = next(each for each in accounts.everyone(session) if "crossover" in each.name)
            now = diary.settings.clock()
            reading = read_report(session, who, Rule.YOUNGER2013, Preset.WEEK, now)
    summary = summary_of(reading, "M. K.", Wish(question=QUESTION), now.date(), voice)
    made = typst.compile(
        TEMPLATE.read_bytes(),
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[FONTS]),
        sys_inputs={"data": json.dumps(document(summary))},
        format="png",
        ppi=RESOLUTION,
    )
    PICTURE.write_bytes(bytes(made))


if __name__ == "__main__":
    main()
