"""Test what becomes of a night that is sent: saved, joined, kept, refused."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tracker.domain.answers import DECLINED, NO_RECALL, NOT_APPLICABLE, Answer, answered
from tracker.domain.diary import DayTooOld, FutureDay, Status
from tracker.domain.people import Account
from tracker.domain.phases import Phase, PhaseKind
from tracker.domain.questionnaire import Direction, Ruler
from tracker.domain.revisions import Head, Outcome
from tracker.services import diaries as writing
from tracker.services import people, questionnaires, revisions
from tracker.services.diaries import IdReused, Night, NightRefused, NothingToSave, Saved
from tracker.services.people import NewPerson
from tracker.services.questionnaires import OwnWords
from tracker.services.revisions import NothingToChoose, NothingToDelete, NothingToRestore
from tracker.storage import audit, diaries, phases, summaries
from tracker.storage.database import Database

DAY = date(2026, 11, 21)
EVENING = datetime(2026, 11, 21, 19, 30, tzinfo=UTC)  # 21:30 in Helsinki
HOUR = timedelta(hours=1)


class Desk:
    """One person at their diary: short words for what the tests do."""

    def __init__(self, database: Database, who: Account) -> None:
        self.database = database
        self.who = who

    def save(self, night: Night, now: datetime = EVENING) -> Saved:
        return self.database.write(
            lambda session: writing.record_night(session, self.who, night, now)
        )

    def head(self, day: date = DAY) -> Head:
        with self.database.reading() as session:
            found = diaries.find_head(session, self.who.id, day)
        assert found is not None
        return found

    def answers(self) -> dict[str, Answer]:
        return dict(self.head().answers)

    def count(self) -> int:
        with self.database.reading() as session:
            return len(diaries.list_revisions(session, self.who.id))

    def verbs(self) -> list[str]:
        with self.database.reading() as session:
            return [one.verb for one in reversed(audit.events_of(session, self.who.id, 100))]

    def choose(self, number: int, *, keep_other: bool) -> None:
        self.database.write(
            lambda session: revisions.choose(
                session, self.who, DAY, number, EVENING, keep_other=keep_other
            )
        )

    def delete(self, now: datetime = EVENING) -> None:
        self.database.write(lambda session: revisions.delete_night(session, self.who, DAY, now))

    def restore(self, now: datetime = EVENING) -> None:
        self.database.write(lambda session: revisions.restore_night(session, self.who, DAY, now))


def night(day: date = DAY, *, base: int | None = None, **tokens: str) -> Night:
    """Return a writing with a hash of its own."""
    return Night(day, tokens, str(uuid.uuid4()), uuid.uuid4().hex * 2, base_revision=base)


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    with Database(database_url, audit_key=b"a key for tests " * 2) as database:
        who = people.new_account(NewPerson("Moth", "", "Europe/Helsinki"), EVENING)
        with database.writing() as session:
            people.add(session, who, None, who.id, EVENING)
        yield Desk(database, who)


def test_a_night_is_saved_with_its_zero(desk: Desk) -> None:
    saved = desk.save(night(pain="0", sleep="declined"))
    assert (saved.revision, saved.outcome, saved.is_new) == (1, Outcome.STORED, True)
    assert desk.answers() == {"pain": answered(0), "sleep": DECLINED}
    assert desk.head().status is Status.ON_TIME
    assert desk.verbs()[-1] == "night.saved"


def test_an_untouched_form_stores_nothing(desk: Desk) -> None:
    with pytest.raises(NothingToSave, match="One answer is enough"):
        desk.save(replace(night(base=0, pain="", mood=""), note=""))
    assert desk.count() == 0


def test_saving_a_saved_night_unchanged_writes_no_revision(desk: Desk) -> None:
    desk.save(replace(night(pain="7"), note="A long day"))
    again = desk.save(replace(night(base=1, pain="7", mood=""), note="A long day"))
    assert (again.revision, again.is_new) == (1, False)
    assert desk.count() == 1
    assert desk.verbs().count("night.edited") == 0


def test_what_is_absent_stays_and_what_is_empty_is_cleared(desk: Desk) -> None:
    desk.save(replace(night(pain="7", mood="3"), note="Rain"))
    desk.save(night(base=1, pain=""))
    assert desk.answers() == {"mood": answered(3)}
    assert desk.head().note == "Rain"
    desk.save(replace(night(base=2), note=""))
    assert desk.head().note == ""


def test_an_edit_keeps_the_first_time_and_status(desk: Desk) -> None:
    desk.save(night(pain="7"))
    desk.save(replace(night(base=1, pain="5"), reason="  slipped "), EVENING + 30 * HOUR)
    head = desk.head()
    assert (head.status, head.first_submitted_at) == (Status.ON_TIME, EVENING)
    with desk.database.reading() as session:
        last = diaries.list_revisions(session, desk.who.id, DAY)[-1]
    assert (last.reason, last.status, last.answers["pain"]) == ("slipped", Status.LATE, answered(5))
    assert desk.verbs()[-1] == "night.edited"


def test_the_same_writing_twice_gets_the_first_answer(desk: Desk) -> None:
    sent = night(pain="7")
    first = desk.save(sent)
    desk.save(night(base=1, pain="6"))
    again = desk.save(sent, EVENING + HOUR)
    assert again == replace(first, is_new=False)
    assert desk.answers() == {"pain": answered(6)}


def test_the_same_writing_is_known_though_it_would_be_refused_by_now(desk: Desk) -> None:
    sent = night(pain="7")
    first = desk.save(sent)
    desk.save(night(base=1, pain="6"))
    assert desk.save(sent, EVENING + 100 * HOUR) == replace(first, is_new=False)


def test_a_script_may_not_use_an_id_for_something_else(desk: Desk) -> None:
    sent = night(pain="7")
    desk.save(sent)
    for other in ({"pain": "6"}, {"pain": "7"}):
        with pytest.raises(IdReused):
            desk.save(replace(sent, tokens=other, payload_sha256="0" * 64))
    assert desk.count() == 1


def test_back_and_save_again_is_an_edit_not_a_conflict(desk: Desk) -> None:
    sent = replace(night(base=0, pain="7"), from_form=True)
    desk.save(sent)
    again = desk.save(replace(sent, tokens={"pain": "6"}, payload_sha256="0" * 64))
    assert (again.revision, again.outcome) == (2, Outcome.STORED)
    assert again.client_id != sent.client_id
    assert desk.answers() == {"pain": answered(6)}


def test_a_form_that_comes_again_for_another_night_is_a_saving_of_that_night(desk: Desk) -> None:
    sent = replace(night(base=0, pain="7"), from_form=True)
    desk.save(sent)
    other = replace(sent, day=DAY - timedelta(days=1), payload_sha256="0" * 64)
    assert desk.save(other).is_new
    assert desk.head(other.day).status is Status.LATE


def test_answers_from_two_devices_merge_where_they_differ_in_nothing(desk: Desk) -> None:
    desk.save(night(base=0, pain="7"))
    saved = desk.save(night(base=0, mood="4"))
    assert saved.outcome is Outcome.MERGED
    assert desk.answers() == {"pain": answered(7), "mood": answered(4)}


def test_two_answers_to_one_question_are_both_kept_until_one_is_picked(desk: Desk) -> None:
    desk.save(night(base=0, pain="7"))
    saved = desk.save(night(base=0, pain="3", mood="4"))
    assert (saved.outcome, saved.revision) == (Outcome.CONFLICT, 2)
    assert desk.head().conflict
    assert desk.answers() == {"pain": answered(7)}
    desk.choose(2, keep_other=True)
    assert not desk.head().conflict
    assert desk.answers() == {"pain": answered(3), "mood": answered(4)}
    with pytest.raises(NothingToChoose):
        desk.choose(2, keep_other=True)


def test_picking_what_stands_keeps_what_only_the_other_said(desk: Desk) -> None:
    desk.save(night(base=0, pain="7"))
    desk.save(replace(night(base=0, pain="3", mood="4"), note="From the tablet"))
    desk.choose(2, keep_other=False)
    assert desk.answers() == {"pain": answered(7), "mood": answered(4)}
    assert desk.head().note == "From the tablet"
    assert desk.verbs()[-1] == "night.chosen"


def test_of_two_conflicts_each_is_picked(desk: Desk) -> None:
    desk.save(night(base=0, pain="7"))
    desk.save(night(base=0, pain="3"))
    desk.save(night(base=0, pain="4"))
    desk.choose(2, keep_other=True)
    assert desk.head().conflict
    desk.choose(3, keep_other=True)
    assert not desk.head().conflict
    assert desk.answers() == {"pain": answered(4)}


def test_a_conflict_with_an_edit_knows_what_its_writer_saw(desk: Desk) -> None:
    desk.save(night(base=0, pain="7", mood="2"))
    desk.save(night(base=1, pain="6"))
    desk.save(night(base=1, pain="5", mood="2"))
    desk.choose(3, keep_other=False)
    assert desk.answers() == {"pain": answered(6), "mood": answered(2)}


def test_a_base_that_nobody_knows_is_merged_and_overwrites_nothing(desk: Desk) -> None:
    desk.save(night(base=0, pain="7"))
    assert desk.save(night(base=40, mood="5")).outcome is Outcome.MERGED
    assert desk.save(night(base=40, pain="5")).outcome is Outcome.CONFLICT
    assert desk.answers() == {"pain": answered(7), "mood": answered(5)}


def test_a_base_that_came_after_the_save_is_not_the_one_that_was_seen(desk: Desk) -> None:
    desk.save(night(base=0, pain="7"))
    saved_before = replace(night(base=1, pain="5"), measured_at=EVENING - HOUR, phone_now=EVENING)
    assert desk.save(saved_before).outcome is Outcome.CONFLICT
    assert desk.answers() == {"pain": answered(7)}


def test_a_writing_that_replaces_a_queued_one_builds_on_it(desk: Desk) -> None:
    first = night(base=0, pain="7")
    desk.save(first)
    saved = desk.save(replace(night(base=0, pain="5"), replaces=first.client_id))
    assert saved.outcome is Outcome.STORED
    unknown = replace(night(base=0, pain="4"), replaces=str(uuid.uuid4()))
    assert desk.save(unknown).outcome is Outcome.CONFLICT


def test_no_dream_means_that_its_distress_does_not_apply(desk: Desk) -> None:
    desk.save(night(dream_vividness="no_recall", dream_distress="9"))
    assert desk.answers() == {"dream_vividness": NO_RECALL, "dream_distress": NOT_APPLICABLE}
    desk.save(night(base=1, dream_vividness="4"))
    assert desk.answers() == {"dream_vividness": answered(4)}


def test_everything_wrong_is_named_at_once(desk: Desk) -> None:
    sent = replace(night(pain="11", colour="blue"), note="x" * 3_000, reason="\x07")
    with pytest.raises(NightRefused) as refused:
        desk.save(sent)
    assert set(refused.value.errors) == {"pain", "colour", "note", "reason"}


def test_the_phones_clock_is_set_right_and_its_error_kept(desk: Desk) -> None:
    phone = EVENING + 3 * HOUR
    late = replace(night(pain="7"), measured_at=phone - HOUR, phone_now=phone, zone="Asia/Tokyo")
    desk.save(late)
    with desk.database.reading() as session:
        only = diaries.list_revisions(session, desk.who.id)[0]
    assert only.saved_at == EVENING - HOUR
    assert only.skew_ms == 3 * 3_600_000
    assert only.sent_later
    assert (only.zone, only.utc_offset) == ("Europe/Helsinki", 120)


def test_what_waited_on_the_phone_counts_by_when_it_was_saved(desk: Desk) -> None:
    sent = replace(night(pain="7"), measured_at=EVENING, phone_now=EVENING + 72 * HOUR)
    desk.save(sent, EVENING + 72 * HOUR)
    assert (desk.head().status, desk.head().sent_later) == (Status.ON_TIME, True)


def test_on_time_needs_to_arrive_within_a_week(desk: Desk) -> None:
    sent = replace(night(pain="7"), measured_at=EVENING, phone_now=EVENING + 200 * HOUR)
    desk.save(sent, EVENING + 200 * HOUR)
    assert desk.head().status is Status.LATE


def test_a_clock_set_to_1970_is_kept_as_far_as_the_column_holds(desk: Desk) -> None:
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    desk.save(replace(night(pain="7"), measured_at=epoch, phone_now=epoch))
    with desk.database.reading() as session:
        only = diaries.list_revisions(session, desk.who.id)[0]
    assert (only.saved_at, only.skew_ms) == (EVENING, -(2**31) + 1)


def test_a_day_that_has_begun_only_where_the_phone_is_counts(desk: Desk) -> None:
    tomorrow = DAY + timedelta(days=1)
    with pytest.raises(FutureDay):
        desk.save(night(tomorrow, pain="7"))
    desk.save(replace(night(tomorrow, pain="7"), zone="Pacific/Auckland"), EVENING)
    assert desk.head(tomorrow).zone == "Pacific/Auckland"


def test_after_48_hours_only_a_note_is_taken(desk: Desk) -> None:
    past = DAY - timedelta(days=10)
    with pytest.raises(DayTooOld):
        desk.save(replace(night(past, pain="7"), note="Forgot"))
    desk.save(replace(night(past), note="Was in bed with a cold"))
    assert desk.head(past).note == "Was in bed with a cold"
    assert not desk.head(past).scored


def test_a_note_alone_is_no_entry_and_fixes_no_status(desk: Desk) -> None:
    desk.save(replace(night(), note="Noon"), EVENING - 8 * HOUR)
    with desk.database.reading() as session:
        assert not diaries.load_diary(session, desk.who.id).entries[DAY].is_logged
    desk.save(night(base=1, pain="5"))
    assert (desk.head().status, desk.head().first_submitted_at) == (Status.ON_TIME, EVENING)


def test_a_deleted_night_comes_back_for_30_days(desk: Desk) -> None:
    desk.save(night(pain="7"))
    desk.delete()
    assert desk.head().deleted_at == EVENING
    assert desk.answers() == {}
    with pytest.raises(NothingToDelete):
        desk.delete()
    desk.restore(EVENING + timedelta(days=30))
    assert desk.answers() == {"pain": answered(7)}
    assert desk.head().deleted_at is None
    assert desk.head().status is Status.ON_TIME
    with pytest.raises(NothingToRestore):
        desk.restore()
    assert desk.verbs()[-2:] == ["night.deleted", "night.restored"]


def test_after_30_days_a_deleted_night_stays_deleted(desk: Desk) -> None:
    desk.save(night(pain="7"))
    desk.delete()
    with pytest.raises(NothingToRestore):
        desk.restore(EVENING + timedelta(days=30, seconds=1))


def test_nothing_is_deleted_or_chosen_where_nothing_was_written(desk: Desk) -> None:
    with pytest.raises(NothingToDelete):
        desk.delete()
    with pytest.raises(NothingToRestore):
        desk.restore()
    with pytest.raises(NothingToChoose):
        desk.choose(1, keep_other=True)


def test_a_night_stays_on_the_ruler_that_it_was_answered_on(desk: Desk) -> None:
    desk.save(night(pain="7"))
    with desk.database.writing() as session:
        questionnaires.choose_ruler(session, desk.who, Ruler.VAS, EVENING)
    desk.save(night(base=1, pain="6"))
    assert desk.head().ruler is Ruler.NRS
    with pytest.raises(NightRefused) as refused:
        desk.save(replace(night(base=2, pain="60"), questionnaire=2))
    assert set(refused.value.errors) == {""}
    yesterday = DAY - timedelta(days=1)
    desk.save(night(yesterday, pain="60"))
    assert desk.head(yesterday).ruler is Ruler.VAS


def test_a_form_opened_before_a_question_was_hidden_is_still_read(desk: Desk) -> None:
    with desk.database.writing() as session:
        questionnaires.ask(session, desk.who, ["pain"], EVENING)
    desk.save(replace(night(mood="6"), questionnaire=1))
    assert desk.answers() == {"mood": answered(6)}
    desk.save(replace(night(base=1, pain="6"), questionnaire=99))
    assert desk.answers() == {"mood": answered(6), "pain": answered(6)}


def test_the_sums_follow_each_saving(desk: Desk) -> None:
    yesterday = DAY - timedelta(days=1)
    with desk.database.writing() as session:
        phases.add_phase(
            session, desk.who.id, Phase(PhaseKind.BASELINE, DAY - timedelta(days=3)), EVENING
        )
    for day, pain, total in ((yesterday, "4", 4), (DAY, "6", 10), (yesterday, "5", 11)):
        desk.save(night(day, pain=pain))
        with desk.database.reading() as session:
            assert summaries.load_summaries(session, desk.who.id)["pain"].baseline.sum == total
    desk.delete()
    with desk.database.reading() as session:
        assert summaries.load_summaries(session, desk.who.id)["pain"].baseline.sum == 5


def test_an_own_symptom_is_answered_like_any_other(desk: Desk) -> None:
    words = OwnWords("Stiff hands", "", "Loose", "Locked", Direction.LOWER)
    with desk.database.writing() as session:
        item = questionnaires.add_own(session, desk.who, words, EVENING)
    desk.save(replace(night(), tokens={item.key: "3"}))
    assert desk.answers() == {item.key: answered(3)}
