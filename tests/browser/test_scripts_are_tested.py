"""Each script stands beside the browser test that exercises it; none may be missing."""

from pathlib import Path
from typing import Final

from tracker.web.assets import FOLDER

HERE: Final = Path(__file__).parent
TESTED: Final = {
    "app-lock.js": "test_lock.py",
    "app-update.js": "test_offline_worker.py",
    "app.js": "test_offline_cold.py",
    "calm-mode.js": "test_calm.py",
    "copy-text.js": "test_shares.py",
    "diary-day.js": "test_offline_days.py",
    "hundred-ruler.js": "test_night.py",
    "leaving.js": "test_offline_people.py",
    "link-token.js": "test_accounts.py",
    "lock-keeping.js": "test_lock.py",
    "lock-settings.js": "test_lock.py",
    "new-evening.js": "test_offline_clocks.py",
    "night-file.js": "test_offline_storage.py",
    "night-form.js": "test_offline_answers.py",
    "number-pad.js": "test_night.py",
    "outbox.js": "test_offline_answers.py",
    "own-zone.js": "test_accounts.py",
    "payload.js": "test_offline_days.py",
    "phone-people.js": "test_offline_people.py",
    "phone-zone.js": "test_night.py",
    "print-button.js": "test_accounts.py",
    "push-button.js": "test_reminders.py",
    "sender.js": "test_offline_answers.py",
    "shell-theme.js": "test_offline_form.py",
    "shell.js": "test_offline_cold.py",
    "store.js": "test_offline_storage.py",
    "tab-strip.js": "test_trends.py",
    "theme.js": "test_axe.py",
    "tonight.js": "test_night.py",
    "waiting-list.js": "test_offline_refusals.py",
    "waiting-nights.js": "test_offline_form.py",
    "worker-push.js": "test_reminders.py",
    "worker.js": "test_offline_worker.py",
    "written-day.js": "test_offline_people.py",
    "zoom.js": "test_trends.py",
}


def test_every_script_names_the_browser_test_that_exercises_it() -> None:
    scripts = {path.name for path in (FOLDER / "js").glob("*.js")}
    assert scripts == set(TESTED)


def test_every_browser_test_that_is_named_is_there() -> None:
    assert {name for name in TESTED.values() if not (HERE / name).exists()} == set()
