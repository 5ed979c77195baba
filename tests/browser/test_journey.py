"""Test the main job by hand on a phone, in the dark and in the light."""

from datetime import date

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.journey import Journey


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_a_stranger_registers_imports_logs_tonight_and_reads_the_verdict(
    browser: Browser, address: str, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 640},
        color_scheme="dark" if scheme == "dark" else "light",
        timezone_id="Europe/Helsinki",
    )
    troubles: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: troubles.append(str(error)))
    journey = Journey(page, address, "Mara", date(2026, 11, 21))
    journey.register()
    journey.add_phases()
    journey.import_nights()
    journey.answer()
    journey.save()
    assert journey.taps <= 8
    journey.trends()
    journey.verdict()
    expect(page.get_by_role("main")).to_contain_text("34.7 % lower")
    assert troubles == []
    context.close()
