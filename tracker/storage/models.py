"""The tables, all in one list: whoever reads or writes rows takes them from here.

Owner (the patient's account id) first in every key, random public ids, no sequences, no cascades.
`docs/decisions/0001-tables.md` draws them and gives the reasons. A night's facts lie in append-only
`revisions` and `answers` (`triggers.py`); `entries` points at the revision that counts.
"""

from tracker.storage.columns import metadata
from tracker.storage.tables.access import (
    grant_invitations,
    grants,
    readings,
    share_openings,
    share_readers,
    shares,
)
from tracker.storage.tables.asked import own_items, questionnaire_items, questionnaires
from tracker.storage.tables.audit import (
    audit_checkpoints,
    audit_events,
    audit_heads,
    erasures,
    installation,
)
from tracker.storage.tables.factors import factors
from tracker.storage.tables.files import imports, mappings, staged_answers, staged_revisions
from tracker.storage.tables.glances import glances
from tracker.storage.tables.happenings import effect_checks, effects, measurements
from tracker.storage.tables.medicines import doses, medicines
from tracker.storage.tables.nights import answers, entries, revisions
from tracker.storage.tables.people import (
    accounts,
    attempts,
    devices,
    invitations,
    recovery_codes,
    sessions,
)
from tracker.storage.tables.plans import plans
from tracker.storage.tables.reminders import reminders, subscriptions
from tracker.storage.tables.spans import pauses, phases, summaries
from tracker.storage.tables.studies import (
    allocations,
    consents,
    enrolment_codes,
    participants,
    studies,
    study_members,
    unblindings,
)

__all__ = [
    "accounts",
    "allocations",
    "answers",
    "attempts",
    "audit_checkpoints",
    "audit_events",
    "audit_heads",
    "consents",
    "devices",
    "doses",
    "effect_checks",
    "effects",
    "enrolment_codes",
    "entries",
    "erasures",
    "factors",
    "glances",
    "grant_invitations",
    "grants",
    "imports",
    "installation",
    "invitations",
    "mappings",
    "measurements",
    "medicines",
    "metadata",
    "own_items",
    "participants",
    "pauses",
    "phases",
    "plans",
    "questionnaire_items",
    "questionnaires",
    "readings",
    "recovery_codes",
    "reminders",
    "revisions",
    "sessions",
    "share_openings",
    "share_readers",
    "shares",
    "staged_answers",
    "staged_revisions",
    "studies",
    "study_members",
    "subscriptions",
    "summaries",
    "unblindings",
]
