"""What a study says when its arms are known, and what may be taken along of its data."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.domain.studies import Participant, Study, StudyRefused, Unblinded
from tracker.domain.study_data import Volunteer, volunteer, with_effects
from tracker.domain.words import N_
from tracker.services.participants import count_present
from tracker.storage import diaries, participants, phases, side_effects
from tracker.storage.database import Session


class StillBlinded(StudyRefused):
    """Figures by arm are asked for before anybody may know the arms."""

    def __init__(self) -> None:
        super().__init__(N_("The report by arm opens once the study is unblinded."))


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a study's figures for good.

    `gone` people withdrew or erased what they gave, `opened` were opened one by one in an
    emergency, `early` were randomised before the baseline was long enough: by code, and why.
    """

    gone: int
    opened: Sequence[Unblinded]
    early: Sequence[tuple[str, str]]


def gather(session: Session, study: Study) -> Sequence[tuple[str, Volunteer]]:
    """Return what the study may use of everybody, by code, each with whose it is.

    Who withdrew is left out. Before the unblinding, phases are as everyone without the key sees
    them.
    """
    return [
        (one.part.owner, _volunteer(session, study, one.part))
        for one in participants.list_of_study(session, study.id)
        if not one.part.withdrawn
    ]


def _volunteer(session: Session, study: Study, part: Participant) -> Volunteer:
    owner = part.owner
    diary, lived = diaries.load_diary(session, owner), phases.load_phases(session, owner)
    effects = [stored.effect for stored in side_effects.list_effects(session, owner)]
    checks = side_effects.list_checks(session, owner)
    return with_effects(study, part, volunteer(study, part, diary, lived), effects, checks)


def beside(session: Session, study: Study) -> Beside:
    """Return what has to be read beside a study's figures."""
    return Beside(
        gone=study.enrolled - count_present(session, study),
        opened=participants.list_unblindings(session, study.id),
        early=participants.list_reasons(session, study.id),
    )


def demand_arms(study: Study) -> None:
    """Let through where figures by arm may be shown.

    Raises:
        StillBlinded: the study is not unblinded.
    """
    if not study.tells_arms:
        raise StillBlinded
