"""What a name, a zone and a rollover may be, and how long a password opens sensitive deeds."""

from datetime import UTC, datetime, time, timedelta

import pytest

from tracker.domain import people
from tracker.domain.people import Account, Role, SignedIn, Theme

NOW = datetime(2026, 3, 1, 21, 0, tzinfo=UTC)
MOTH = Account("a", "Moth", Role.PATIENT, "Asia/Kathmandu", time(4), Theme.AUTO, "", NOW)


def test_a_name_is_trimmed_and_composed() -> None:
    assert people.clean_name("  Cafe\u0301 ") == "Café"


@pytest.mark.parametrize("text", ["", "   ", "x" * 41, "a\x00b", "a\nb", "a\u202eb", "\ud800"])
def test_a_name_that_cant_be_read_is_refused(text: str) -> None:
    with pytest.raises(people.NameRefused):
        people.clean_name(text)


def test_names_differ_by_more_than_case_and_spelling() -> None:
    assert people.name_key("CAFE\u0301") == people.name_key("café")
    assert people.name_key("Straße") == people.name_key("STRASSE")
    assert people.name_key("moth") != people.name_key("moths")


@pytest.mark.parametrize("zone", ["Pacific/Apia", "America/New_York", "UTC", "Etc/GMT+3", "NZ"])
def test_every_zone_a_browser_may_send_is_known(zone: str) -> None:
    assert people.clean_zone(zone) == zone


@pytest.mark.parametrize("zone", ["", "Mars/Base", "localtime", "Factory", "../etc/passwd"])
def test_other_zones_are_refused(zone: str) -> None:
    with pytest.raises(people.PreferenceRefused):
        people.clean_zone(zone)


def test_the_offered_zones_are_places_and_utc() -> None:
    zones = people.zones()
    assert "Europe/Vienna" in zones
    assert zones[-1] == "UTC"
    assert not [zone for zone in zones if zone.startswith(("Etc/", "US/"))]


@pytest.mark.parametrize("value", [time(0), time(4), time(11, 59), time(12)])
def test_a_diary_day_ends_between_midnight_and_noon(value: time) -> None:
    assert people.clean_rollover(value) == value


@pytest.mark.parametrize("value", [time(12, 1), time(23), time(4, 0, 1)])
def test_other_rollovers_are_refused(value: time) -> None:
    with pytest.raises(people.PreferenceRefused):
        people.clean_rollover(value)


def test_a_password_opens_sensitive_deeds_for_ten_minutes() -> None:
    signed_in = SignedIn(MOTH, b"hash", NOW, NOW, NOW)
    assert signed_in.is_confirmed(NOW + timedelta(minutes=10))
    assert not signed_in.is_confirmed(NOW + timedelta(minutes=10, seconds=1))


def test_an_account_counts_days_in_its_own_zone() -> None:
    assert MOTH.tzinfo.key == "Asia/Kathmandu"


def test_last_use_is_written_every_five_minutes_at_most() -> None:
    signed_in = SignedIn(MOTH, b"hash", NOW, NOW, NOW)
    assert not signed_in.is_unseen(NOW + timedelta(minutes=4, seconds=59))
    assert signed_in.is_unseen(NOW + timedelta(minutes=5))
