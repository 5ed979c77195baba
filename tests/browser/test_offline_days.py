"""The phone counts days and hashes texts as the server does."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo, available_timezones

from flask import Flask
from playwright.sync_api import Browser, Page

from tests.web.stored import installation
from tracker.domain.diary import diary_day
from tracker.web.forms.nights import payload_sha256

Case = tuple[str, str, str]  # instant, zone, rollover
TABLE: list[tuple[str, str, str]] = [
    ("America/New_York", "2025-06-10T04:30:00Z", "2025-06-09"),
    ("America/New_York", "2025-06-10T07:59:59Z", "2025-06-09"),
    ("America/New_York", "2025-06-10T08:00:00Z", "2025-06-10"),
    ("America/New_York", "2025-03-09T08:30:00Z", "2025-03-09"),
    ("America/New_York", "2025-11-02T06:30:00Z", "2025-11-01"),
    ("America/New_York", "2025-11-02T08:30:00Z", "2025-11-01"),
    ("Asia/Kathmandu", "2025-03-10T22:14:00Z", "2025-03-10"),
    ("Asia/Kathmandu", "2025-03-10T22:15:00Z", "2025-03-11"),
    ("Pacific/Auckland", "2025-03-10T08:00:00Z", "2025-03-10"),
    ("Pacific/Honolulu", "2025-03-11T07:00:00Z", "2025-03-10"),
    ("Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-30"),
]
DAYS = "(cases) => cases.map(([at, zone, over]) => $0.diaryDay(Date.parse(at), zone, over))"
HASHES = "(all) => Promise.all(all.map((fields) => $0.payloadHash($0.normal(fields))))"
TEXTS = [
    'she said "no"\\ and left',
    "one\ntwo\r\nthree\rfour\n",
    "tab\there, bell-free, \x7f and \x01\x1f",
    "🌙 tired 👩🏽‍🦽 and \U0001f9d1\u200d\U0001f9bc",
    "Nai\u0308ve e\u0301 \u1e9b\u0323 \u212b \uac00\u1100\u1161",
    "line\u2028and paragraph\u2029separators, \u0085 too",
    "ألم في الظهر \u0627\u0655",
    "𖵩 \U00016d63\U00016d67 newer than the server's tables",
    "</script><!-- & ' \u00a0 \ufeff",
    "",
]


def page_with(browser: Browser, address: str, app: Flask, script: str) -> Page:
    """Return a page that knows one module, by the name `$0`."""
    page = browser.new_context().new_page()
    page.goto(f"{address}/sign-in/help")
    page.add_script_tag(url=f"{address}{installation(app).assets.address(script)}")
    return page


def expected(cases: Sequence[Case]) -> list[str]:
    """Return the diary days that the server counts."""
    return [
        f"{diary_day(datetime.fromisoformat(at), ZoneInfo(zone), time.fromisoformat(over))}"
        for at, zone, over in cases
    ]


def test_the_phone_counts_diary_days_as_the_server_does(
    browser: Browser, address: str, app: Flask
) -> None:
    page = page_with(browser, address, app, "js/diary-day.js")
    known = set(page.evaluate("Intl.supportedValuesOf('timeZone')")) & available_timezones()
    chance = random.Random(7)
    zones = sorted(known)
    cases: list[Case] = [(at, zone, "04:00") for zone, at, _ in TABLE]
    for _ in range(500):
        instant = datetime.fromtimestamp(chance.randint(1_577_836_800, 1_798_761_600), UTC)
        over = f"{chance.randint(0, 11):02}:{chance.choice((0, 15, 30, 59)):02}"
        cases.append((f"{instant:%Y-%m-%dT%H:%M:%SZ}", chance.choice(zones), over))
    days = page.evaluate(DAYS, cases)
    assert days[: len(TABLE)] == [day for _, _, day in TABLE]
    differ = [
        (case, ours, theirs)
        for case, ours, theirs in zip(cases, expected(cases), days, strict=True)
        if ours != theirs
    ]
    assert differ == []


def test_the_phone_hashes_what_it_sends_as_the_server_does(
    browser: Browser, address: str, app: Flask
) -> None:
    page = page_with(browser, address, app, "js/payload.js")
    chance = random.Random(7)
    texts = [*TEXTS]
    for _ in range(200):
        drawn = [
            chr(chance.choice((chance.randint(1, 0xD7FF), chance.randint(0xE000, 0x1F9FF))))
            for _ in range(12)
        ]
        texts.append("".join(drawn))
    told = [{"note": text, "pain": "6", "phone_now": "x", "client_id": "y"} for text in texts]
    sent = page.evaluate("(all) => all.map($0.normal)", told)
    assert page.evaluate(HASHES, told) == [payload_sha256(fields) for fields in sent]
    assert sent[1]["note"] == "one\ntwo\nthree\nfour\n"
