"""The archive as bytes: complete, and the same for the same diary wherever it is kept."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from tracker.domain.answers import Answer
from tracker.domain.archives import (
    FORMAT,
    GENESIS,
    Archive,
    Json,
    KeptCheck,
    KeptEffect,
    KeptMeasurement,
    KeptMedicine,
    KeptPause,
    KeptPhase,
    KeptReminder,
    OwnItem,
    Preferences,
    Version,
    canonical,
    links,
)
from tracker.domain.plan_texts import definition
from tracker.domain.questionnaire import ITEMS, Item, Kind
from tracker.domain.revisions import Revision
from tracker.domain.started_plans import StartedPlan, Unblinding
from tracker.exports.table import written_instant

# Where a revision came from differs from one installation to the next.
LOCAL: Final = frozenset({"origin", "import_id", "answers"})


def archive_json(archive: Archive) -> bytes:
    """Return the archive as the bytes of one canonical JSON object and a line end."""
    items = {**ITEMS, **{own.item.key: own.item for own in archive.own_items}}
    revisions = [_revision(one, items) for one in archive.revisions]
    hashes = links(revisions)
    whole: dict[str, Json] = {
        "format": FORMAT,
        "account": _preferences(archive.preferences),
        "questionnaires": [_version(one) for one in archive.versions],
        "own_items": [_own_item(one) for one in archive.own_items],
        "phases": [_phase(one) for one in archive.phases],
        "plans": [_plan(one) for one in archive.plans],
        "medicines": [_medicine(one) for one in archive.medicines],
        "pauses": [_pause(one) for one in archive.pauses],
        "reminder": None if archive.reminder is None else _reminder(archive.reminder),
        "effects": [_effect(one) for one in archive.happenings.effects],
        "effect_checks": [_check(one) for one in archive.happenings.checks],
        "measurements": [_measurement(one) for one in archive.happenings.measurements],
        "revisions": [
            {**revision, "sha256": sha256}
            for revision, sha256 in zip(revisions, hashes, strict=True)
        ],
        "chain": {"revisions": len(hashes), "sha256": hashes[-1] if hashes else GENESIS},
    }
    return (canonical(whole) + "\n").encode()


def _preferences(kept: Preferences) -> dict[str, Json]:
    return {
        "zone": kept.zone,
        "rollover": f"{kept.rollover:%H:%M}",
        "theme": kept.theme.value,
        "language": kept.language,
        "calm": kept.calm,
    }


def _version(version: Version) -> dict[str, Json]:
    return {
        "number": version.asked.number,
        "ruler": version.asked.ruler.value,
        "wording": version.wording,
        "items": [item.key for item in version.asked.items],
        "created_at": _instant(version.created_at),
    }


def _own_item(own: OwnItem) -> dict[str, Json]:
    item = own.item
    return {
        "item": item.key,
        "name": item.name,
        "question": item.question,
        "low": item.low,
        "high": item.high,
        "direction": item.direction.value,
        "created_at": _instant(own.created_at),
    }


def _phase(kept: KeptPhase) -> dict[str, Json]:
    phase = kept.phase
    return {
        "phase": phase.kind.value,
        "start": phase.start.isoformat(),
        "end": _day(phase.end),
        "label": phase.label,
        "medicine": phase.medicine,
        "dose_mg": None if phase.dose_mg is None else _amount(phase.dose_mg),
        "created_at": _instant(kept.created_at),
        "plan": kept.plan,
    }


def _medicine(kept: KeptMedicine) -> dict[str, Json]:
    medicine = kept.medicine
    return {
        "name": medicine.name,
        "start": medicine.start.isoformat(),
        "end": _day(medicine.end),
        "at": None if medicine.at is None else f"{medicine.at:%H:%M}",
        "doses": [
            {
                "start": dose.start.isoformat(),
                "dose_mg": _amount(dose.dose_mg),
                "by": dose.by.value,
                "note": dose.note,
                "created_at": _instant(at),
            }
            for dose, at in zip(medicine.doses, kept.doses_at, strict=True)
        ],
        "created_at": _instant(kept.created_at),
    }


def _plan(started: StartedPlan) -> dict[str, Json]:
    """Return a plan without the sealed order, or what opens it: those are its holder's."""
    sealing, unblinding = started.sealing, started.unblinding
    return {
        "id": started.id,
        "definition": definition(started.plan),
        "start": started.started_on.isoformat(),
        "created_at": _instant(started.created_at),
        "ended_at": _instant(started.ended_at),
        "holder": started.holder.value,
        "opens_on": _day(started.opens_on),
        "public": None if sealing is None else sealing.public.hex(),
        "looked_at": _instant(started.looked_at),
        "unblinding": None if unblinding is None else _unblinding(unblinding),
    }


def _unblinding(unblinding: Unblinding) -> dict[str, Json]:
    return {
        "at": _instant(unblinding.at),
        "by": unblinding.by.value,
        "why": unblinding.why.value,
        "reason": unblinding.reason,
    }


def _pause(pause: KeptPause) -> dict[str, Json]:
    return {
        "start": pause.start.isoformat(),
        "end": _day(pause.end),
        "reason": pause.reason,
        "created_at": _instant(pause.created_at),
    }


def _effect(kept: KeptEffect) -> dict[str, Json]:
    effect = kept.effect
    return {
        "effect": effect.effect.value,
        "name": effect.name,
        "severity": effect.severity.value,
        "start": effect.start.isoformat(),
        "end": _day(effect.end),
        "bothersome": effect.bothersome,
        "action": effect.action.value,
        "reported": effect.reported.isoformat(),
        "created_at": _instant(kept.created_at),
    }


def _check(kept: KeptCheck) -> dict[str, Json]:
    return {"day": kept.day.isoformat(), "created_at": _instant(kept.created_at)}


def _measurement(kept: KeptMeasurement) -> dict[str, Json]:
    measured = kept.measurement
    return {
        "name": measured.name,
        "value": str(measured.value),
        "unit": measured.unit,
        "day": measured.day.isoformat(),
        "note": measured.note,
        "created_at": _instant(kept.created_at),
    }


def _reminder(kept: KeptReminder) -> dict[str, Json]:
    return {
        "time": f"{kept.wish.clock:%H:%M}",
        "push": kept.wish.by_push,
        "mail": kept.wish.by_mail,
        "on": kept.is_on,
    }


def _revision(revision: Revision, items: Mapping[str, Item]) -> dict[str, Json]:
    """Return every field of a revision but those of this installation."""
    told: dict[str, Json] = {
        field.name: _written(getattr(revision, field.name))
        for field in fields(Revision)
        if field.name not in LOCAL
    }
    told["answers"] = {key: _answer(items[key], answer) for key, answer in revision.answers.items()}
    return told


def _written(value: object) -> Json:
    if isinstance(value, datetime):
        return _instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return str(value)
    return value if isinstance(value, int) else None


def _answer(item: Item, answer: Answer) -> Json:
    if answer.value is None:
        return answer.state.value
    return item.choices[answer.value] if item.kind is Kind.CHOICE else answer.value


def _amount(dose_mg: Decimal) -> str:
    return format(dose_mg.normalize(), "f")


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _instant(instant: datetime | None) -> str | None:
    return written_instant(instant) or None
