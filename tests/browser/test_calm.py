"""Test calm mode: one question at a time, by thumb and by keys, on both rulers, and remembered."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.test_axe import problems, small_targets
from tests.browser.test_night import Phone, on_hundred
from tests.web.client import Visitor


def calm(browser: Browser, address: str, owner: Visitor, *, advances: bool = False) -> Phone:
    """Return a phone that asks one question at a time."""
    phone = Phone(browser, address, owner)
    with phone.page.expect_response("**/account/calm"):
        phone.page.get_by_label("One question at a time").check()
    if advances:
        phone.page.get_by_label("Go on by itself after a tap").check()
    return phone


def shown(page: Page) -> list[str]:
    """Return the questions in sight."""
    found: list[str] = page.eval_on_selector_all(
        "[data-item]", "all => all.filter((one) => one.checkVisibility()).map((one) => one.id)"
    )
    return found


def place(page: Page) -> str:
    return page.locator("[data-position]").inner_text()


def step(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).tap()


def test_one_question_stands_alone_with_its_place_and_a_way_back(
    browser: Browser, address: str, owner: Visitor
) -> None:
    page = calm(browser, address, owner).page
    assert (shown(page), place(page)) == (["pain"], "Question 1 of 5")
    assert problems(page) + small_targets(page) == []
    expect(page.get_by_role("button", name="Back", exact=True)).to_be_hidden()
    step(page, "Next")
    step(page, "Next")
    assert (shown(page), place(page)) == (["sleep"], "Question 3 of 5")
    assert page.evaluate("document.activeElement.name") == "sleep"
    step(page, "Back")
    assert (shown(page), place(page)) == (["fatigue"], "Question 2 of 5")
    expect(page.get_by_role("button", name="Save tonight")).to_be_in_viewport()


def test_the_pad_and_the_steps_stay_where_they_are(
    browser: Browser, address: str, owner: Visitor
) -> None:
    page = Phone(browser, address, owner).page
    page.emulate_media(reduced_motion="reduce")
    page.get_by_label("One question at a time").check()
    places = set()
    for item in ("pain", "fatigue", "sleep", "mood"):
        seven = page.locator(f'#{item} input[value="7"]').bounding_box()
        onward = page.get_by_role("button", name="Next", exact=True).bounding_box()
        assert seven is not None
        assert onward is not None
        places.add((seven["x"], seven["y"], onward["x"], onward["y"]))
        step(page, "Next")
    assert len(places) == 1


def test_distress_comes_where_dreams_are_recalled_and_everything_is_saved(
    browser: Browser, address: str, owner: Visitor
) -> None:
    phone = calm(browser, address, owner)
    for item, value in (("pain", "6"), ("fatigue", "10"), ("sleep", "0"), ("mood", "4")):
        phone.tap(item, value)
        step(phone.page, "Next")
    expect(phone.page.get_by_role("button", name="Next", exact=True)).to_be_hidden()
    phone.tap("dream_vividness", "7")
    assert place(phone.page) == "Question 5 of 6"
    step(phone.page, "Next")
    phone.tap("dream_distress", "2")
    phone.save()
    answers = phone.page.locator(".answers").inner_text().split()
    assert [word for word in answers if word.isdigit()] == ["6", "10", "0", "4", "7", "2"]


def test_the_choice_is_remembered_and_taken_back(
    browser: Browser, address: str, owner: Visitor
) -> None:
    page = calm(browser, address, owner).page
    page.goto(address)
    assert shown(page) == ["pain"]
    with page.expect_response("**/account/calm"):
        page.get_by_label("One question at a time").uncheck()
    assert len(shown(page)) == 5
    page.goto(address)
    assert len(shown(page)) == 5


def test_it_goes_on_at_the_first_question_that_is_open(
    browser: Browser, address: str, owner: Visitor
) -> None:
    phone = calm(browser, address, owner, advances=True)
    phone.tap("pain", "6")
    expect(phone.page.locator("#fatigue")).to_be_visible()
    phone.tap("fatigue", "5")
    expect(phone.page.locator("#sleep")).to_be_visible()
    phone.page.goto(address)
    expect(phone.page.locator("#sleep")).to_be_visible()
    assert phone.chosen("fatigue") == ["5"], "the draft is still there"
    phone.page.wait_for_timeout(600)
    assert shown(phone.page) == ["sleep"], "a draft doesn't go on by itself"


def test_without_a_connection_the_page_changes_all_the_same(
    browser: Browser, address: str, owner: Visitor
) -> None:
    phone = Phone(browser, address, owner)
    phone.page.context.set_offline(True)
    phone.page.get_by_label("One question at a time").check()
    assert shown(phone.page) == ["pain"]


def test_without_script_all_questions_stand_there(
    browser: Browser, address: str, owner: Visitor
) -> None:
    calm(browser, address, owner)
    page = Phone(browser, address, owner, script=False).page
    assert len(shown(page)) == 6
    expect(page.get_by_label("One question at a time")).to_be_hidden()


def test_going_on_by_itself_is_off_until_chosen_and_then_remembered_here(
    browser: Browser, address: str, owner: Visitor
) -> None:
    phone = calm(browser, address, owner)
    phone.tap("pain", "6")
    phone.page.wait_for_timeout(600)
    assert shown(phone.page) == ["pain"]
    phone.page.get_by_label("Go on by itself after a tap").check()
    phone.tap("pain", "5")
    expect(phone.page.locator("#fatigue")).to_be_visible()
    assert phone.page.evaluate("document.activeElement.name") == "fatigue"
    expect(phone.page.locator("[data-position]")).to_have_text("Question 2 of 5")
    phone.page.goto(address)
    assert phone.page.get_by_label("Go on by itself after a tap").is_checked()
    phone.page.get_by_label("Go on by itself after a tap").uncheck()
    phone.page.goto(address)
    assert not phone.page.get_by_label("Go on by itself after a tap").is_checked()


def test_a_second_tap_within_a_moment_still_meets_the_same_question(
    browser: Browser, address: str, owner: Visitor
) -> None:
    phone = calm(browser, address, owner, advances=True)
    phone.tap("pain", "6")
    phone.tap("pain", "6")
    phone.page.wait_for_timeout(600)
    assert shown(phone.page) == ["pain"]
    assert phone.chosen("pain") == [""]


def test_an_answer_without_touch_or_key_stays_where_it_is(
    browser: Browser, address: str, owner: Visitor
) -> None:
    phone = calm(browser, address, owner)
    phone.page.goto(address)
    phone.page.locator('#pain input[value="6"]').evaluate("(one) => one.click()")
    assert (shown(phone.page), phone.chosen("pain")) == (["pain"], ["6"])


def test_keys_log_a_calm_night_ten_included(browser: Browser, address: str, owner: Visitor) -> None:
    phone = calm(browser, address, owner, advances=True)
    keys = phone.page.keyboard
    phone.page.locator('#pain input[value="0"]').focus()
    keys.press("1")
    keys.press("0")
    expect(phone.page.locator("#fatigue")).to_be_visible()
    assert phone.chosen("pain") == ["10"]
    keys.press("Space")
    expect(phone.page.locator("#sleep")).to_be_visible()
    for _ in range(3):
        keys.press("ArrowRight")
    phone.page.wait_for_timeout(600)
    assert (phone.chosen("sleep"), shown(phone.page)) == (["3"], ["sleep"])


def test_nothing_scrolls_by_itself_where_motion_is_unwelcome(
    browser: Browser, address: str, owner: Visitor
) -> None:
    phone = calm(browser, address, owner, advances=True)
    phone.page.emulate_media(reduced_motion="reduce")
    phone.page.set_viewport_size({"width": 360, "height": 300})
    phone.page.locator('#pain input[value="7"]').scroll_into_view_if_needed()
    phone.tap("pain", "7")
    before = phone.page.evaluate("scrollY")
    assert before > 0
    expect(phone.page.locator("#fatigue")).to_be_visible()
    assert phone.page.evaluate("scrollY") == before


def test_a_slider_waits_for_its_person(browser: Browser, address: str, owner: Visitor) -> None:
    on_hundred(owner)
    phone = calm(browser, address, owner, advances=True)
    number = phone.page.locator("#pain input[type=number]")
    number.fill("73")
    phone.page.wait_for_timeout(600)
    assert shown(phone.page) == ["pain"]
    number.fill("173")
    step(phone.page, "Next")
    expect(phone.page.locator("#fatigue .slider")).to_be_focused()
    phone.save()
    assert shown(phone.page) == ["pain"], "what is wrong is shown"
    number.fill("73")
    step(phone.page, "Next")
    phone.tap("fatigue", "declined")
    expect(phone.page.locator("#sleep")).to_be_visible()


def test_what_was_refused_is_shown_and_can_be_gone_to(
    browser: Browser, address: str, owner: Visitor
) -> None:
    page = calm(browser, address, owner).page
    for item, value in (("mood", "4"), ("sleep", "9")):
        page.locator(f'#{item} input[value="{value}"]').evaluate(
            "(one) => { one.value = '99'; one.checked = true; }"
        )
    page.evaluate("document.getElementById('night').submit()")  # as a phone that keeps nothing
    expect(page.get_by_role("alert")).to_be_visible()
    assert shown(page) == ["sleep"]
    page.get_by_role("alert").get_by_role("link").last.tap()
    expect(page.locator("#mood")).to_be_visible()
    assert shown(page) == ["mood"]


def test_a_browser_that_keeps_nothing_still_asks_calmly(
    browser: Browser, address: str, owner: Visitor
) -> None:
    phone = Phone(browser, address, owner)
    phone.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } });"
    )
    phone.page.goto(address)
    phone.page.get_by_label("One question at a time").check()
    phone.page.get_by_label("Go on by itself after a tap").check()
    phone.tap("pain", "5")
    expect(phone.page.locator("#fatigue")).to_be_visible()
