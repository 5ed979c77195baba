"""Side effects are added, changed and removed by their owner alone."""

from dataclasses import replace

from tests.storage.nights import DAY, MOTH, NOW, OWL, later, welcome
from tracker.domain.side_effects import Action, Effect, Severity, SideEffect
from tracker.storage import side_effects
from tracker.storage.database import Database
from tracker.storage.side_effects import StoredEffect

DREAMS = SideEffect(Effect.VIVID_DREAMS, later(3), Severity.MILD, later(4))
OTHER = SideEffect(
    Effect.OTHER,
    DAY,
    Severity.SEVERE,
    later(2),
    later(5),
    bothersome=True,
    action=Action.TOLD,
    name="dry mouth",
)


def test_a_side_effect_is_changed_and_removed_by_its_id_and_owner(database: Database) -> None:
    with database.writing() as session:
        welcome(session)
        welcome(session, OWL)
        dreams, other = (
            side_effects.add_effect(session, MOTH, told, NOW) for told in (DREAMS, OTHER)
        )
        assert side_effects.list_effects(session, MOTH) == [
            StoredEffect(other, OTHER),
            StoredEffect(dreams, DREAMS),
        ]
        ended = replace(DREAMS, end=later(9))
        assert not side_effects.change_effect(session, OWL, dreams, ended)
        assert not side_effects.remove_effect(session, OWL, dreams)
        assert side_effects.change_effect(session, MOTH, dreams, ended)
        assert side_effects.list_effects(session, MOTH)[1] == StoredEffect(dreams, ended)
        assert side_effects.remove_effect(session, MOTH, dreams)
        assert side_effects.list_effects(session, MOTH) == [StoredEffect(other, OTHER)]
        assert side_effects.list_effects(session, OWL) == []


def test_nothing_new_is_noted_once_a_day(database: Database) -> None:
    with database.writing() as session:
        welcome(session)
        assert side_effects.add_check(session, MOTH, later(2), NOW)
        assert side_effects.add_check(session, MOTH, DAY, NOW)
        assert not side_effects.add_check(session, MOTH, DAY, NOW)
        assert side_effects.list_checks(session, MOTH) == [DAY, later(2)]
        assert not side_effects.remove_check(session, OWL, DAY)
        assert side_effects.remove_check(session, MOTH, DAY)
        assert side_effects.list_checks(session, MOTH) == [later(2)]
