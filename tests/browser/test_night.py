"""Test tonight's form on a phone: taps, sizes, keys, and without script."""

from playwright.sync_api import Browser, Page, expect

from tests.web.client import Visitor
from tracker.domain.questionnaire import Ruler
from tracker.services import questionnaires
from tracker.web.context import Installation

TONIGHT = "/diary/2026-11-21"
CORE = {"pain": "6", "fatigue": "10", "sleep": "0", "mood": "4", "dream_vividness": "7"}


class Phone:
    """A phone of 360 x 640 on which the owner is signed in; it counts taps."""

    def __init__(
        self,
        browser: Browser,
        address: str,
        owner: Visitor,
        *,
        script: bool = True,
        zone: str = "Europe/Helsinki",
    ) -> None:
        context = browser.new_context(
            viewport={"width": 360, "height": 640},
            has_touch=True,
            is_mobile=True,
            java_script_enabled=script,
            timezone_id=zone,
        )
        cookie = owner.client.get_cookie("__Host-evenfall")
        context.add_cookies(
            [
                {
                    "name": cookie.key,
                    "value": cookie.value,
                    "domain": "localhost",
                    "path": "/",
                    "secure": True,
                    "httpOnly": True,
                }
            ]
        )
        self.page: Page = context.new_page()
        self.taps = 0
        self.page.goto(address)

    def tap(self, item: str, value: str) -> None:
        self.page.locator(f'#{item} label:has(input[value="{value}"])').tap()
        self.taps += 1

    def save(self) -> None:
        self.page.get_by_role("button", name="Save tonight").tap()
        self.taps += 1

    def chosen(self, item: str) -> list[str]:
        found: list[str] = self.page.eval_on_selector_all(
            f"#{item} input:checked", "all => all.map((one) => one.value)"
        )
        return found


def on_hundred(owner: Visitor) -> None:
    made: Installation = owner.app.extensions["evenfall"]
    assert owner.account is not None
    with made.database.writing() as session:
        questionnaires.choose_ruler(session, owner.account, Ruler.VAS, made.settings.clock())


def test_the_core_set_is_saved_in_at_most_8_taps(
    browser: Browser, address: str, owner: Visitor
) -> None:
    phone = Phone(browser, address, owner)
    count = phone.page.locator("[data-count]")
    expect(count).to_have_text("0 of 5 answered")
    for item, value in CORE.items():
        phone.tap(item, value)
    expect(count).to_have_text("5 of 6 answered")
    phone.tap("dream_distress", "declined")
    expect(count).to_have_text("6 of 6 answered")
    phone.save()
    expect(phone.page.get_by_role("status")).to_have_text("Saved.")
    assert phone.taps <= 8
    assert phone.page.url.startswith(address + TONIGHT)


def test_every_answer_is_big_enough_for_a_thumb(
    browser: Browser, address: str, owner: Visitor
) -> None:
    phone = Phone(browser, address, owner)
    for cell in phone.page.locator("#pain .cell:not(.clear)").all():
        box = cell.bounding_box()
        assert box is not None
        assert box["width"] >= 52
        assert box["height"] >= 56
    bar = phone.page.get_by_role("button", name="Save tonight").bounding_box()
    assert bar is not None
    assert 640 * 2 / 3 < bar["y"] < 640 - bar["height"]


def test_an_answer_does_not_move_the_others(browser: Browser, address: str, owner: Visitor) -> None:
    phone = Phone(browser, address, owner)
    before = phone.page.locator("#mood").bounding_box()
    phone.tap("pain", "6")
    assert phone.page.locator("#mood").bounding_box() == before


def test_a_second_tap_clears(browser: Browser, address: str, owner: Visitor) -> None:
    phone = Phone(browser, address, owner)
    phone.tap("pain", "6")
    phone.tap("pain", "7")
    assert phone.chosen("pain") == ["7"]
    phone.tap("pain", "7")
    assert phone.chosen("pain") == [""]
    expect(phone.page.locator("[data-count]")).to_have_text("0 of 5 answered")


def test_no_dreams_ask_for_no_distress(browser: Browser, address: str, owner: Visitor) -> None:
    phone = Phone(browser, address, owner)
    distress = phone.page.locator("#dream_distress")
    expect(distress).to_be_hidden()
    phone.tap("dream_vividness", "3")
    expect(distress).to_be_visible()
    phone.tap("dream_distress", "2")
    phone.tap("dream_vividness", "no_recall")
    expect(distress).to_be_hidden()


def test_keys_choose_and_never_save(browser: Browser, address: str, owner: Visitor) -> None:
    phone = Phone(browser, address, owner)
    keys = phone.page.keyboard
    phone.page.locator('#pain input[value="0"]').focus()
    for pressed, chosen in (
        ("Space", ["0"]),
        ("4", ["4"]),
        ("ArrowRight", ["5"]),
        ("Backspace", [""]),
        ("1", ["1"]),
        ("0", ["10"]),
        ("0", ["0"]),
        ("Enter", ["0"]),
        ("x", ["0"]),
        ("Control+3", ["0"]),
    ):
        keys.press(pressed)
        assert phone.chosen("pain") == chosen, pressed
    phone.page.wait_for_timeout(900)
    keys.press("1")
    assert phone.chosen("pain") == ["1"]
    assert phone.page.url == f"{address}/"


def test_without_script_everything_is_there(browser: Browser, address: str, owner: Visitor) -> None:
    phone = Phone(browser, address, owner, script=False)
    expect(phone.page.locator("#dream_distress")).to_be_visible()
    phone.tap("pain", "6")
    phone.tap("mood", "4")
    phone.tap("mood", "")
    phone.tap("dream_vividness", "no_recall")
    expect(phone.page.locator("#dream_distress")).to_be_hidden()
    phone.save()
    answers = phone.page.locator(".answers").inner_text()
    assert "Pain" in answers
    assert "Mood" not in answers


def test_the_slider_has_no_start(browser: Browser, address: str, owner: Visitor) -> None:
    on_hundred(owner)
    phone = Phone(browser, address, owner)
    slider = phone.page.locator("#pain .slider")
    number = phone.page.locator("#pain input[type=number]")
    expect(slider).to_have_attribute("aria-valuetext", "not answered")
    expect(number).to_have_value("")
    phone.tap("pain", "declined")
    slider.evaluate("one => { one.value = 73; one.dispatchEvent(new Event('input')); }")
    expect(number).to_have_value("73")
    assert phone.chosen("pain") == []
    expect(phone.page.locator("[data-count]")).to_have_text("1 of 5 answered")
    phone.tap("pain", "declined")
    expect(number).to_have_value("")
    expect(slider).to_have_attribute("aria-valuetext", "not answered")
    number.fill("41")
    expect(slider).to_have_js_property("value", "41")
    number.fill("")
    phone.tap("dream_vividness", "no_recall")
    phone.tap("dream_vividness", "declined")
    assert phone.chosen("dream_vividness") == ["declined"]
    phone.tap("dream_vividness", "declined")
    assert phone.chosen("dream_vividness") == []


def test_another_zone_is_asked_about(browser: Browser, address: str, owner: Visitor) -> None:
    home = Phone(browser, address, owner)
    expect(home.page.locator("phone-zone")).to_be_hidden()
    away = Phone(browser, address, owner, zone="Asia/Tokyo")
    asked = away.page.locator("phone-zone")
    expect(asked).to_contain_text("Asia/Tokyo")
    with away.page.expect_navigation():
        away.page.get_by_role("button", name="Follow the phone").tap()
    away.page.goto(address)
    expect(away.page.locator("phone-zone")).to_be_hidden()


def test_the_same_clock_under_another_name_is_not_asked_about(
    browser: Browser, address: str, owner: Visitor
) -> None:
    near = Phone(browser, address, owner, zone="Europe/Kyiv")
    expect(near.page.locator("phone-zone")).to_be_hidden()


def test_a_zone_once_declined_is_not_asked_about_again(
    browser: Browser, address: str, owner: Visitor
) -> None:
    away = Phone(browser, address, owner, zone="Asia/Tokyo")
    away.page.get_by_role("button", name="Keep it as it is").tap()
    expect(away.page.locator("phone-zone")).to_be_hidden()
    away.page.goto(address)
    expect(away.page.locator("number-pad").first).to_be_visible()
    expect(away.page.locator("phone-zone")).to_be_hidden()


def test_a_saved_night_is_changed_on_its_page(
    browser: Browser, address: str, owner: Visitor
) -> None:
    phone = Phone(browser, address, owner)
    phone.tap("pain", "6")
    phone.save()
    phone.page.locator("#change > summary").tap()
    assert phone.chosen("pain") == ["6"]
    phone.tap("pain", "5")
    phone.page.get_by_role("button", name="Save changes").tap()
    phone.page.locator("#history > summary").tap()
    expect(phone.page.locator("#history")).to_contain_text("Pain: 6 → 5")
