"""The tables of studies: who runs one, what people agreed to, who takes part, the sealed slots."""

from typing import Final

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy import text as sql_text
from sqlalchemy.schema import Column

from tracker.domain.limits import DOSE_LIMIT_UG, MEDICINE_LIMIT
from tracker.domain.people import NAME_LIMIT
from tracker.domain.plans import PAIRS_LIMIT, READY_MADE
from tracker.domain.questionnaire import Ruler
from tracker.domain.studies import (
    CONSENT_LIMIT,
    MOST_DAYS,
    MOST_PEOPLE,
    MOST_USES,
    OWN_PLAN,
    REASON_LIMIT,
    TITLE_LIMIT,
)
from tracker.storage.columns import (
    choice,
    day,
    digest,
    flag,
    key,
    owner,
    sealed,
    table,
    text,
    utc,
    whole,
)

ITEMS_LIMIT: Final = 410  # ten keys
CODE_LIMIT: Final = 12  # letters of a study code such as P-007
BOX_LIMIT: Final = 200  # bytes

studies: Final = table(
    "studies",
    key("id", primary_key=True),
    text("title", TITLE_LIMIT, least=1),
    choice("plan", (*READY_MADE, OWN_PLAN)),
    text("medicine", MEDICINE_LIMIT, least=1),
    whole("dose_ug", 1, DOSE_LIMIT_UG, nullable=True),
    whole("pairs", 0, PAIRS_LIMIT),
    whole("period_days", 0, MOST_DAYS),
    whole("washout_days", 0, MOST_DAYS),
    whole("baseline_days", 0, MOST_DAYS),
    choice("ruler", Ruler),
    text("items", ITEMS_LIMIT),  # keys with spaces between
    whole("size", 1, MOST_PEOPLE),
    whole("least_nights", 0, MOST_DAYS),
    whole("enrolled", 0),  # how many codes were given
    digest("public_key", nullable=True),  # closes the boxes of the slots
    sealed("hidden_key", BOX_LIMIT, nullable=True),  # opens them, under the holder's passphrase
    utc("created_at"),
    utc("closed_at", nullable=True),
    key("asked_by", nullable=True),  # an account's id; no foreign key: the study outlives it
    utc("unblinded_at", nullable=True),
    CheckConstraint("(plan = 'own') = (pairs > 0 AND period_days > 0)", name="pairs"),
    CheckConstraint("(public_key IS NULL) = (hidden_key IS NULL)", name="keys"),
    CheckConstraint("unblinded_at IS NULL OR closed_at IS NOT NULL", name="unblinded"),
)


def _study() -> Column[str]:
    column = key("study", primary_key=True)
    column.append_foreign_key(ForeignKey("studies.id"))
    return column


study_members: Final = table(
    "study_members",
    _study(),
    key("account", primary_key=True),  # no foreign key: erasing takes the row along
    text("name", NAME_LIMIT, least=1),  # as it was
    flag("coordinates"),
    flag("holds_key"),
    utc("created_at"),
    CheckConstraint("coordinates OR holds_key", name="role"),
    Index(
        "uq_study_members_holder",
        "study",
        unique=True,
        sqlite_where=sql_text("holds_key"),
        postgresql_where=sql_text("holds_key"),
    ),
    Index(None, "account"),
    clustered=True,
)

consents: Final = table(
    "consents",
    _study(),
    whole("version", 1, primary_key=True),
    text("words", CONSENT_LIMIT, least=1),
    utc("created_at"),
    clustered=True,
)

enrolment_codes: Final = table(
    "enrolment_codes",
    _study(),
    key("id", primary_key=True),
    digest("code_sha256"),  # the code itself is nowhere
    utc("created_at"),
    utc("expires_at"),
    whole("uses_left", 0, MOST_USES),
    utc("revoked_at", nullable=True),
    UniqueConstraint("code_sha256"),
    CheckConstraint("expires_at > created_at", name="life"),
    clustered=True,
)

allocations: Final = table(  # the slots of a study, each with its order in a box
    "allocations",
    _study(),
    whole("slot", 1, primary_key=True),
    sealed("box", BOX_LIMIT),
    text("code", CODE_LIMIT, least=1, nullable=True),  # of who took it; stays when they go
    utc("taken_at", nullable=True),
    text("reason", REASON_LIMIT, least=1, nullable=True),  # where the baseline was too short
    UniqueConstraint("study", "code"),
    CheckConstraint("(code IS NULL) = (taken_at IS NULL)", name="taken"),
    CheckConstraint("reason IS NULL OR code IS NOT NULL", name="reason"),
    clustered=True,
)

participants: Final = table(
    "participants",
    owner(),
    _study(),
    text("code", CODE_LIMIT, least=1),
    whole("consent", 1),
    utc("joined_at"),
    day("start_day"),  # of the plan
    utc("left_at", nullable=True),
    day("left_day", nullable=True),  # the first that the study sees no more
    flag("withdrawn"),  # what they gave is taken back
    ForeignKeyConstraint(["study", "consent"], [consents.c.study, consents.c.version]),
    UniqueConstraint("study", "code"),
    CheckConstraint("(left_at IS NULL) = (left_day IS NULL)", name="left"),
    CheckConstraint("left_at IS NOT NULL OR NOT withdrawn", name="withdrawn"),
    Index(  # in one study at a time
        "uq_participants_present",
        "owner",
        unique=True,
        sqlite_where=sql_text("left_at IS NULL"),
        postgresql_where=sql_text("left_at IS NULL"),
    ),
    clustered=True,
)

unblindings: Final = table(  # of one person, in an emergency
    "unblindings",
    _study(),
    text("code", CODE_LIMIT, least=1, primary_key=True),
    utc("at"),
    key("by_account"),
    text("by_name", NAME_LIMIT, least=1),  # as it was
    text("reason", REASON_LIMIT, least=1),
    whole("drawn", 0),  # the order's place in the plan
    clustered=True,
)
