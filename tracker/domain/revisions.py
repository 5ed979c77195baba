"""One saving of a night with all its provenance, and the night as its savings leave it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tracker.domain.answers import Answer
from tracker.domain.diary import Entry, Status
from tracker.domain.questionnaire import Ruler


class Deed(StrEnum):
    """What a revision did to its night."""

    SAVE = "save"
    DELETE = "delete"
    RESTORE = "restore"


class Outcome(StrEnum):
    """How a revision joined what stood; a conflict is kept, but the night stays as it was."""

    STORED = "stored"
    MERGED = "merged"
    CONFLICT = "conflict"


class Origin(StrEnum):
    """Where a revision came from."""

    PERSON = "person"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class Revision:
    """One saving of one night; once written it never changes.

    `answers` are all of the night's as this saving leaves them. `number` counts the night's
    revisions from 1. `saved_at` is the phone's clock at Save, set right; `measured_at` the same as
    the phone said it; None where it was not told (a file may not say). `skew_ms` is the phone's
    clock less ours, `utc_offset` minutes east at `saved_at`. `author` is an account's id or
    "operator"; `entered_by` a helper's name as it was, None where the author wrote. `base_revision`
    is what the form showed, `replaces` the client id of a queued saving that this one stands for.
    `questionnaire` is the number of the person's version that asked. `purged_at` says when note and
    reason were taken out for good.
    """

    day: date
    number: int
    client_id: str
    payload_sha256: str
    status: Status
    questionnaire: int
    ruler: Ruler
    received_at: datetime
    author: str
    answers: Mapping[str, Answer]
    note: str = ""
    deed: Deed = Deed.SAVE
    outcome: Outcome = Outcome.STORED
    origin: Origin = Origin.PERSON
    saved_at: datetime | None = None
    measured_at: datetime | None = None
    skew_ms: int | None = None
    zone: str = ""
    utc_offset: int | None = None
    entered_by: str | None = None
    reason: str = ""
    purged_at: datetime | None = None
    sent_later: bool = False
    base_revision: int | None = None
    replaces: str | None = None
    schema: int = 1
    import_id: str | None = None


def open_conflicts(night: Sequence[Revision]) -> list[Revision]:
    """Return a night's conflicts that nobody has settled: no later revision names them."""
    settled = {one.replaces for one in night}
    return [
        one for one in night if one.outcome is Outcome.CONFLICT and one.client_id not in settled
    ]


@dataclass(frozen=True, slots=True)
class Head:
    """A night as it stands, deleted ones too.

    `number` is the revision that counts, `revisions` how many there are (the next one gets
    `revisions` + 1). `status`, `first_submitted_at`, `zone` and `sent_later` are those of the first
    saving that held an answer and never change after. `scored` says that there was one.
    """

    day: date
    number: int
    revisions: int
    status: Status
    questionnaire: int
    ruler: Ruler
    answers: Mapping[str, Answer]
    note: str
    origin: Origin
    first_submitted_at: datetime | None
    zone: str
    sent_later: bool
    scored: bool
    conflict: bool
    deleted_at: datetime | None
    entered_by: str = ""

    @property
    def entry(self) -> Entry:
        """The night as reports see it."""
        return Entry(
            day=self.day,
            answers=self.answers,
            ruler=self.ruler,
            status=self.status,
            note=self.note,
            revision=self.number,
            submitted_at=self.first_submitted_at,
            zone=self.zone,
            imported=self.origin is Origin.IMPORT,
            sent_later=self.sent_later,
            conflict=self.conflict,
            entered_by=self.entered_by,
        )
