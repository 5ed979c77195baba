"""The product with `synchronous=NORMAL`, to show that the proof would see it: never for a diary.

SQLite then acknowledges what the disk has not confirmed: a kill loses nothing, a power cut does.
"""

from typing import Final

from tracker.cli import main
from tracker.storage import database

PROGRAM: Final = ("-m", "tools.prove.hasty")
NORMAL: Final = ("synchronous", "NORMAL", 1)

if __name__ == "__main__":
    hasty = tuple(NORMAL if each[0] == NORMAL[0] else each for each in database.PRAGMAS)
    vars(database).update(PRAGMAS=hasty, READER=(*hasty, database.READER[-1]))
    raise SystemExit(main())
