"""The archive is complete: every column of every table travels, or there is a reason why not."""

from typing import Final

from tracker.storage import models

NOT_DIARY: Final = "access or housekeeping of one installation, not the diary"
ACCESS: Final = "who reads here is not who reads there"
DERIVED: Final = "follows from what travels"
STUDY: Final = "a study's, at the server that runs it; the diary itself goes along"
# A table, or a column of one whose rows travel, that stays behind.
STAYS: Final = {
    "allocations": STUDY,
    "attempts": NOT_DIARY,
    "audit_checkpoints": NOT_DIARY,
    "audit_events": "a fresh installation starts a chain of its own; revisions carry theirs",
    "audit_heads": NOT_DIARY,
    "consents": STUDY,
    "devices": NOT_DIARY,
    "enrolment_codes": STUDY,
    "entries": DERIVED,
    "erasures": NOT_DIARY,
    "factors": NOT_DIARY,
    "glances": DERIVED,
    "grant_invitations": ACCESS,
    "grants": ACCESS,
    "imports": "where a revision came from differs from one installation to the next",
    "installation": NOT_DIARY,
    "invitations": NOT_DIARY,
    "mappings": "how one file was read, kept with its import",
    "participants": STUDY,
    "readings": ACCESS,
    "recovery_codes": NOT_DIARY,
    "sessions": NOT_DIARY,
    "share_openings": ACCESS,
    "share_readers": ACCESS,
    "shares": ACCESS,
    "staged_answers": "an import that nobody has confirmed",
    "staged_revisions": "an import that nobody has confirmed",
    "studies": STUDY,
    "study_members": STUDY,
    "subscriptions": "a browser is subscribed at one server",
    "summaries": DERIVED,
    "unblindings": STUDY,
}
# Beside the owner and random ids, which are an installation's.
STAYING_COLUMNS: Final = {
    "accounts": {
        "name": "chosen anew, as the password is",
        "name_key": DERIVED,
        "role": NOT_DIARY,
        "password_hash": NOT_DIARY,
        "demo": NOT_DIARY,
        "consent_version": "agreed to where the account is",
        "consented_at": "agreed to where the account is",
        "created_at": NOT_DIARY,
        "disabled_at": NOT_DIARY,
        "erase_at": NOT_DIARY,
    },
    "answers": {"revision": "nested in its revision", "day": "nested", "ruler": DERIVED},
    "doses": {"medicine": "nested in its medicine"},
    "medicines": {"removed_at": "what was removed stays behind"},
    "plans": {
        "study": ACCESS,
        "hidden": "what opens a sealed order is its holder's alone",
        "sealed": "a sealed order travels in its holder's file alone",
        "token_sha256": ACCESS,
    },
    "reminders": {
        "due_at": DERIVED,
        "tries": NOT_DIARY,
        "reminded_day": NOT_DIARY,
        "delivered_at": NOT_DIARY,
        "delivered_by": NOT_DIARY,
        "off_sha256": NOT_DIARY,
        "address": "confirmed by a mail of the server that sends there",
        "confirm_sha256": NOT_DIARY,
        "asked": NOT_DIARY,
        "asked_at": NOT_DIARY,
        "tested_at": NOT_DIARY,
        "created_at": NOT_DIARY,
    },
    "revisions": {"origin": "all of an archive is imported", "import_id": NOT_DIARY},
}
# Each is a member of the archive, by its own name or another.
TRAVELS: Final = {
    "accounts": {"zone", "rollover", "theme", "language", "calm"},
    "answers": {"item", "state", "value"},
    "effect_checks": {"day", "created_at"},
    "effects": {
        "effect",
        "name",
        "severity",
        "start_day",
        "end_day",
        "bothersome",
        "action",
        "reported_day",
        "created_at",
    },
    "measurements": {"name", "bound", "digits", "places", "unit", "day", "note", "created_at"},
    "own_items": {"item", "name", "question", "low", "high", "direction", "created_at"},
    "medicines": {"name", "start_day", "end_day", "usual_minute", "created_at"},
    "doses": {"start_day", "dose_ug", "changed_by", "note", "created_at"},
    "pauses": {"start_day", "end_day", "reason", "created_at"},
    "phases": {
        "kind",
        "start_day",
        "end_day",
        "label",
        "medicine",
        "dose_ug",
        "created_at",
        "plan",
    },
    "plans": {
        "definition",
        "started_on",
        "created_at",
        "ended_at",
        "holder",
        "public",
        "opens_on",
        "looked_at",
        "revealed_at",
        "revealed_by",
        "why",
        "reason",
    },
    "questionnaire_items": {"number", "item", "position"},
    "questionnaires": {"number", "ruler", "wording", "created_at"},
    "reminders": {"clock", "by_push", "by_mail", "off_at"},
    "revisions": {
        "day",
        "number",
        "client_id",
        "payload_sha256",
        "deed",
        "outcome",
        "status",
        "questionnaire",
        "ruler",
        "saved_at",
        "measured_at",
        "received_at",
        "skew_ms",
        "zone",
        "utc_offset",
        "author",
        "entered_by",
        "reason",
        "note",
        "purged_at",
        "sent_later",
        "base_revision",
        "replaces",
        "schema",
    },
}


def test_every_table_travels_or_there_is_a_reason() -> None:
    assert {*models.metadata.tables} == {*TRAVELS, *STAYS}
    assert not TRAVELS.keys() & STAYS.keys()


def test_every_column_travels_or_there_is_a_reason() -> None:
    for name, travelling in TRAVELS.items():
        columns = {*models.metadata.tables[name].columns.keys()} - {"owner", "id"}
        staying = STAYING_COLUMNS.get(name, {}).keys()
        assert columns == travelling | staying, name
        assert not travelling & staying
