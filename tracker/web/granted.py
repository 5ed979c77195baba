"""Who is signed in comes in to another's diary: by a grant that holds now, or nothing is there."""

from tracker.domain.grants import GrantKind
from tracker.domain.readings import Seen
from tracker.services import grants
from tracker.services.grants import Entrance
from tracker.web.access import found
from tracker.web.context import current, current_account
from tracker.web.reading_notes import noted


def entrance(owner_id: str, kind: GrantKind) -> Entrance:
    """Return the way in to the diary of `owner_id`.

    Raises:
        NotFound: there is none (any more); nobody learns whether there is such a diary.
    """
    known, who = current(), current_account()
    with known.database.reading() as session:
        return found(grants.find_entrance(session, owner_id, who, kind, known.now))


def note(way: Entrance, what: Seen) -> None:
    """Write down that who is signed in looks at `what`; stands before anything of it is shown.

    Raises:
        ReadingNotNoted: it can't be written; the reader gets 503.
    """
    now = current().now
    noted(lambda session: grants.note_entrance(session, way, what, now))
