"""The main job by hand: register, phases, 98 nights from a file, tonight, trend, verdict."""

import random
from datetime import date, timedelta
from typing import Final

from playwright.sync_api import FilePayload, Page, expect

NIGHTS: Final = 98  # the last is the eve of tonight
BASELINE: Final = 14  # of them; the rest are of treatment
PASSWORD: Final = "velvet otter paints 9 ladders"
CORE: Final = {
    "pain": "5",
    "fatigue": "4",
    "sleep": "6",
    "mood": "6",
    "dream_vividness": "no_recall",
}


def diary_csv(first: date) -> str:
    """Return 98 nights from `first` on of the core set on the 0 to 10 ruler; three were missed."""
    chance = random.Random(20)
    lines = ["date,pain,fatigue,sleep,mood,dream_vividness,dream_distress,note"]
    for night in range(NIGHTS):
        if night in {31, 32, 70}:
            continue
        eased = min(1.0, max(0, night - 14) / 50)
        drift = chance.choice((-1, 0, 0, 1))
        scores = (7 - 2.2 * eased, 6 - 2.1 * eased, 4 + 1.2 * eased, 5 + 0.8 * eased, 4 + 2 * eased)
        row = [
            str(round(max(0, min(10, mean + drift + chance.uniform(-0.8, 0.8))))) for mean in scores
        ]
        lines.append(",".join([(first + timedelta(days=night)).isoformat(), *row, "2", ""]))
    return "\n".join(lines) + "\n"


class Journey:
    """One person on a phone; `taps` counts those that log tonight."""

    def __init__(self, page: Page, base: str, name: str, tonight: date) -> None:
        self.page = page
        self.base = base
        self.name = name
        self.first = tonight - timedelta(days=NIGHTS)
        self.taps = 0

    def register(self) -> None:
        """Start a diary and leave the recovery sheet for later."""
        self.page.goto(f"{self.base}/register")
        self.page.fill("[name=name]", self.name)
        self.page.fill("[name=password]", PASSWORD)
        self.page.check("[name=consent]")
        self.page.get_by_role("button", name="Start my diary").click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Recovery sheet")

    def add_phases(self) -> None:
        """Note two weeks of baseline and a running treatment."""
        start = self.first + timedelta(days=BASELINE)
        self._phase("baseline", self.first, last=start - timedelta(days=1))
        self._phase("treatment", start, medicine="Naltrexone", dose="4.5")
        expect(self.page.get_by_role("main")).to_contain_text("Naltrexone")

    def _phase(
        self,
        kind: str,
        start: date,
        *,
        last: date | None = None,
        medicine: str = "",
        dose: str = "",
    ) -> None:
        self.page.goto(f"{self.base}/phases/new")
        self.page.select_option("[name=kind]", kind)
        self.page.fill("[name=start]", start.isoformat())
        if last is not None:
            self.page.fill("[name=last_day]", last.isoformat())
        self.page.fill("[name=medicine]", medicine)
        self.page.fill("[name=dose_mg]", dose)
        self.page.get_by_role("button", name="Save the phase").click()

    def import_nights(self) -> None:
        """Take the 98 nights in from a file."""
        self.page.goto(f"{self.base}/imports/")
        content = diary_csv(self.first).encode()
        file = FilePayload(name="diary.csv", mimeType="text/csv", buffer=content)
        self.page.set_input_files("[name=file]", file)
        self.page.check("[name=ruler][value=nrs]")
        self.page.get_by_role("button", name="Look at the file").click()
        self.page.get_by_role("button", name="Take it in").click()
        expect(self.page.get_by_role("status")).to_contain_text("95")

    def answer(self, items: int = len(CORE)) -> None:
        """Open tonight's form and tap the first `items` answers."""
        self.page.goto(f"{self.base}/")
        for item, value in list(CORE.items())[:items]:
            self.page.locator(f'#{item} label:has(input[value="{value}"])').click()
            self.taps += 1

    def save(self) -> None:
        """Save tonight."""
        self.page.get_by_role("button", name="Save tonight").click()
        self.taps += 1
        expect(self.page.get_by_role("status")).to_have_text("Saved.")

    def trends(self) -> None:
        """Look at the trend of pain."""
        self.page.goto(f"{self.base}/")
        self.page.get_by_role("link", name="Trends").click()
        expect(self.page.locator("svg.chart").first).to_be_visible()

    def verdict(self) -> None:
        """Read the verdict."""
        self.page.get_by_role("link", name="Answer").click()
        expect(self.page.get_by_role("main")).to_contain_text("28 %")
