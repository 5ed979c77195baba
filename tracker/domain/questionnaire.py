"""The nightly questionnaire, version 1: items, wording, anchors, rulers and directions as data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from tracker.domain.words import N_

VERSION: Final = 1  # of the built-in wording; a change of any word below is a new version


class Direction(StrEnum):
    """Which way is better."""

    LOWER = "lower"
    HIGHER = "higher"
    NEUTRAL = "neutral"


class Ruler(StrEnum):
    """The whole-number scale that a diary is kept on."""

    NRS = "nrs"
    VAS = "vas"

    @property
    def maximum(self) -> int:
        """M, the ruler's highest score; its lowest is 0."""
        return 10 if self is Ruler.NRS else 100


class Kind(StrEnum):
    """What sort of answer an item takes."""

    SCALE = "scale"  # 0 to M of the diary's ruler
    HUNDRED = "hundred"  # 0 to 100 whatever the ruler
    PGIC = "pgic"  # 1 to 7
    CHOICE = "choice"  # one of `Item.choices`, stored as its place in the list


@dataclass(frozen=True, slots=True)
class Item:
    """One question of the diary.

    `name` is the short label of tables and charts; `low` and `high` are the anchors at 0 and M.
    `steps` are the words of each number from 1 on, none where only the ends have words.
    """

    key: str
    name: str
    question: str
    low: str
    high: str
    direction: Direction
    kind: Kind = Kind.SCALE
    choices: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()

    @property
    def is_own(self) -> bool:
        """True where the person worded it: then its words are never translated."""
        return self.key.startswith((OWN_PREFIX, OWN_COLUMN))

    def bounds(self, ruler: Ruler) -> tuple[int, int]:
        """Return the lowest and highest whole number that answers this item on `ruler`.

        >>> DREAM_VIVIDNESS.bounds(Ruler.VAS), PGIC.bounds(Ruler.NRS), DOSE_TAKEN.bounds(Ruler.NRS)
        ((0, 100), (1, 7), (0, 2))
        """
        if self.kind is Kind.CHOICE:
            return 0, len(self.choices) - 1
        fixed = {Kind.HUNDRED: (0, 100), Kind.PGIC: (1, 7)}
        return fixed.get(self.kind, (0, ruler.maximum))


OWN_COLUMN: Final = "own:"  # then name and direction: the column, and the key, in a file
OWN_PREFIX: Final = "own_"  # then random letters: an own symptom's name never stands in a URL

# [S] pain and sleep anchors: Younger 2013, NCT00568555. [O] the other anchors and the dream items.
PAIN: Final = Item(
    "pain",
    N_("Pain"),
    N_("On average, how much pain did you have today?"),
    N_("No pain"),
    N_("Worst pain imaginable"),
    Direction.LOWER,
)
FATIGUE: Final = Item(
    "fatigue",
    N_("Fatigue"),
    N_("On average, how tired or worn out were you today?"),
    N_("Not at all"),
    N_("Extremely"),
    Direction.LOWER,
)
SLEEP: Final = Item(
    "sleep",
    N_("Sleep"),
    N_("How well did you sleep last night?"),
    N_("Did not sleep well at all"),
    N_("Slept extremely well"),
    Direction.HIGHER,
)
MOOD: Final = Item(
    "mood",
    N_("Mood"),
    N_("Overall, how was your mood today?"),
    N_("Very bad"),
    N_("Very good"),
    Direction.HIGHER,
)
DREAM_VIVIDNESS: Final = Item(
    "dream_vividness",
    N_("Dream vividness"),
    N_("How vivid were your dreams last night?"),
    N_("Not vivid"),
    N_("Extremely vivid"),
    Direction.NEUTRAL,
)
DREAM_DISTRESS: Final = Item(
    "dream_distress",
    N_("Dream distress"),
    N_("How disturbing were they?"),
    N_("Not at all"),
    N_("Extremely"),
    Direction.LOWER,
)
DOSE_TAKEN: Final = Item(
    "dose_taken",
    N_("Dose taken"),
    N_("Did you take your dose last night?"),
    "",
    "",
    Direction.NEUTRAL,
    Kind.CHOICE,
    ("no", "yes", "not_prescribed"),
)
ACTIVITY: Final = Item(
    "activity",
    N_("Activity"),
    N_("How physically active were you today?"),
    N_("Not at all"),
    N_("Very"),
    Direction.NEUTRAL,
)
FUNCTION: Final = Item(
    "function",
    N_("Daily activities"),
    N_("How well could you do your daily activities today?"),
    N_("Not at all"),
    N_("Without any trouble"),
    Direction.HIGHER,
)
SATISFACTION: Final = Item(
    "satisfaction",
    N_("Satisfaction with life"),
    N_("Overall, how satisfied were you with your life today?"),
    N_("Not at all"),
    N_("Completely"),
    Direction.HIGHER,
)
STRESS: Final = Item(
    "stress",
    N_("Stress"),
    N_("How stressed were you today?"),
    N_("Not at all"),
    N_("Extremely"),
    Direction.LOWER,
)
MEMORY: Final = Item(
    "memory",
    N_("Memory and thinking"),
    N_("How well did your memory and thinking work today?"),
    N_("Not at all well"),
    N_("Perfectly well"),
    Direction.HIGHER,
)
HEADACHE: Final = Item(
    "headache",
    N_("Headache"),
    N_("How bad was your headache today, if any?"),
    N_("None"),
    N_("Worst imaginable"),
    Direction.LOWER,
)
OVERALL: Final = Item(
    "overall",
    N_("Overall symptoms"),
    N_("Overall, how severe were your symptoms today?"),
    N_("None"),
    N_("Worst imaginable"),
    Direction.LOWER,
)
WORST_PAIN: Final = Item(
    "worst_pain",
    N_("Worst pain"),
    N_("What was your worst pain today?"),
    N_("No pain"),
    N_("Worst pain imaginable"),
    Direction.LOWER,
)
TOLERABILITY: Final = Item(
    "tolerability",
    N_("Tolerability"),
    N_("How well did you tolerate the treatment this week?"),
    N_("Not tolerable at all"),
    N_("Perfectly tolerated"),
    Direction.HIGHER,
    Kind.HUNDRED,
)
# [S] exact public-domain wording; 1 Very Much Improved to 7 Very Much Worse.
PGIC: Final = Item(
    "pgic",
    N_("Overall change"),
    N_("Since the start of the study, my overall status is:"),
    N_("Very Much Improved"),
    N_("Very Much Worse"),
    Direction.LOWER,
    Kind.PGIC,
    steps=(
        N_("Very Much Improved"),
        N_("Much Improved"),
        N_("Minimally Improved"),
        N_("No Change"),
        N_("Minimally Worse"),
        N_("Much Worse"),
        N_("Very Much Worse"),
    ),
)

CORE: Final = (PAIN, FATIGUE, SLEEP, MOOD, DREAM_VIVIDNESS, DREAM_DISTRESS)
OPTIONAL: Final = (
    ACTIVITY,
    FUNCTION,
    SATISFACTION,
    STRESS,
    MEMORY,
    HEADACHE,
    OVERALL,
    WORST_PAIN,
)
OCCASIONAL: Final = (DOSE_TAKEN, TOLERABILITY, PGIC)  # each on days of its own: `occasions`
ITEMS: Final[Mapping[str, Item]] = MappingProxyType(
    {item.key: item for item in (*CORE, DOSE_TAKEN, *OPTIONAL, TOLERABILITY, PGIC)},
)


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """What one person is asked each night, in order, from one version of theirs on.

    `number` counts the person's own versions from 1; a change of ruler, items, order or own
    wording makes the next one, and every revision of an entry names the version it was asked by.
    """

    number: int
    ruler: Ruler
    items: tuple[Item, ...]

    def item(self, key: str) -> Item | None:
        """Return the item asked under `key`, or None where this version doesn't ask it."""
        return next((item for item in self.items if item.key == key), None)

    def also(self, items: Iterable[Item]) -> "Questionnaire":
        """Return this version with `items` at its end, those that it doesn't ask already."""
        more = tuple(item for item in items if item not in self.items)
        return replace(self, items=(*self.items, *more))


FIRST: Final = Questionnaire(1, Ruler.NRS, CORE)
