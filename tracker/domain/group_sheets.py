"""A group report as it is printed: tables whose cells are words already, and what they mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tracker.domain.questionnaire import Ruler
from tracker.domain.responder import Rule
from tracker.domain.windows import Preset
from tracker.domain.words import N_

METHOD: Final = (
    N_(
        "Each person is judged against their own baseline: the first baseline phase, or else the "
        "14 days before the first placebo or treatment. Improvement is the percent by which mean "
        "pain is lower than in the baseline."
    ),
    N_(
        "Responders are of all people of the arm: who can't be judged counts as none. In the "
        "curve, “of all” does the same (intention to treat, ITT), and “of those judged” leaves out "
        "who has no percent (observed)."
    ),
    N_("Side effects are of those who were asked. Nights are of all people of the arm together."),
    N_(
        "Beside a percent stands Wilson's 95 % interval. Percents are cut after one decimal, "
        "limits of intervals are rounded."
    ),
)
PAIRING: Final = N_(
    "McNemar's exact test looks at those alone who respond in one arm only. Its p means something "
    "only where the order of the arms was drawn by lot."
)
BY_RULE: Final = N_(
    "The rule above was chosen first. Looking at many until one says yes finds improvement by "
    "chance alone."
)
RELEASE: Final = N_(
    "For release: a number of people below 5 is printed as “< 5”, all but fewer than 5 of 28 as "
    "“> 23”, and what would tell such a number by its difference is left out (“%(dash)s”). Who "
    "makes another report of the same people, by another rule or at another time, may tell more "
    "by both: release one."
)
ONE_BY_ONE: Final = N_(
    "The seven answers are not told one by one: some were given by fewer than five people."
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell of a table: what it says, and what stands quietly below it."""

    text: str
    more: str = ""


Row = tuple[str, Sequence[Figure]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its first column names the rows."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Row]
    about: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A group report as it is printed. `answers` has a line an arm, `curves` a table an arm."""

    counted: str
    asked: Sequence[str]
    answers: Sequence[tuple[str, Figure]]
    main: Table
    paired: Table | None
    rules: Table | None
    curves: Sequence[Table]
    pgic: Table | None
    effects: Table | None
    method: Sequence[str]

    @property
    def tables(self) -> Sequence[Table]:
        """All tables, in the order in which they are read."""
        some = (self.main, self.paired, self.rules, *self.curves, self.pgic, self.effects)
        return [table for table in some if table is not None]


@dataclass(frozen=True, slots=True)
class Asked:
    """By what a group is judged."""

    ruler: Ruler
    rule: Rule
    preset: Preset
