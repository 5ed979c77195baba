"""What a study says when its arms are known, and what may be taken along of its data."""

from collections.abc import Sequence

from tracker.domain.studies import Study, StudyRefused
from tracker.domain.study_data import Volunteer, volunteer
from tracker.domain.words import N_
from tracker.storage import diaries, participants, phases
from tracker.storage.database import Session


class StillBlinded(StudyRefused):
    """Figures by arm are asked for before anybody may know the arms."""

    def __init__(self) -> None:
        super().__init__(N_("The report by arm opens once the study is unblinded."))


def gather(session: Session, study: Study) -> Sequence[tuple[str, Volunteer]]:
    """Return what the study may use of everybody, by code, each with whose it is.

    Who withdrew is left out. Before the unblinding, phases are as everyone without the key sees
    them.
    """
    return [
        (
            one.part.owner,
            volunteer(
                study,
                one.part,
                diaries.load_diary(session, one.part.owner),
                phases.load_phases(session, one.part.owner),
            ),
        )
        for one in participants.list_of_study(session, study.id)
        if not one.part.withdrawn
    ]


def demand_arms(study: Study) -> None:
    """Let through where figures by arm may be shown.

    Raises:
        StillBlinded: the study is not unblinded.
    """
    if not study.tells_arms:
        raise StillBlinded
