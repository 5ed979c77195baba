"""What a study's people told of side effects, as those who run it see it: by code, unworded."""

from collections.abc import Iterable, Mapping, Sequence

from tracker.domain.side_effects import SideEffect
from tracker.domain.studies import Participant, Study
from tracker.storage import side_effects
from tracker.storage.database import Session


def told_by_code(
    session: Session, study: Study, parts: Iterable[Participant]
) -> Mapping[str, Sequence[SideEffect]]:
    """Return what `parts` told of in the days that the study sees, by code; one statement."""
    told, plan = side_effects.list_of_study(session, study.id), study.draft.protocol.steps()
    return {
        part.code: [each for each in told.get(part.owner, ()) if each.reported in part.span(plan)]
        for part in parts
    }
