"""The service worker: a new version is offered, its own sync sends once, its caches know nobody."""

from flask import Response, request
from playwright.sync_api import Browser, expect

from tests.browser.home import Home
from tests.browser.line import Mode
from tests.browser.phones import Phone, Phones
from tests.web.client import Visitor, sign_up

CACHED = """async () => {
  const texts = {};
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const asked of await cache.keys()) {
      texts[`${name} ${new URL(asked.url).pathname}`] = await (await cache.match(asked)).text();
    }
  }
  return texts;
}"""


def release(home: Home) -> None:
    """Bring out a new version: its worker differs by a byte, and its cache is another."""

    def differ(answer: Response) -> Response:
        if request.path == "/service-worker.js":
            answer.set_data(answer.get_data(as_text=True).replace("evenfall-", "evenfall-next-", 1))
        return answer

    home.app.after_request_funcs.setdefault(None, []).append(differ)


def cached(phone: Phone) -> dict[str, str]:
    """Return every text in Cache Storage by cache and path."""
    found: dict[str, str] = phone.page.evaluate(CACHED)
    return found


def wake(phone: Phone, tag: str = "send") -> None:
    """Let the browser fire the worker's own sync event."""
    devtools = phone.context.new_cdp_session(phone.page)
    known: list[str] = []
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: known.extend(one["registrationId"] for one in told["registrations"]),
    )
    devtools.send("ServiceWorker.enable")
    phone.until(lambda: bool(known))
    devtools.send(
        "ServiceWorker.dispatchSyncEvent",
        {
            "origin": str(phone.home.line),
            "registrationId": known[0],
            "tag": tag,
            "lastChance": False,
        },
    )


def test_a_new_version_is_offered_and_forced_on_nobody(home: Home, phones: Phones) -> None:
    moth = sign_up(home.app)
    phone = phones.new(moth)
    phone.install()
    before = {name.split()[0] for name in cached(phone)}
    release(home)
    phone.open()
    phone.tap("pain", "6")
    offer = phone.page.locator("app-update")
    expect(offer).to_be_visible()
    phone.page.wait_for_timeout(200)
    expect(phone.page.locator("#pain input:checked")).to_have_value("6")
    with phone.page.expect_navigation():
        offer.get_by_role("button", name="Use it now").click()
    expect(phone.page.locator("#pain input:checked")).to_have_value("6")
    expect(offer).to_be_hidden()
    phone.until(lambda: {name.split()[0] for name in cached(phone)}.isdisjoint(before))
    phone.send()
    assert home.scores(moth) == {"pain": 6}


def test_an_old_page_saves_after_another_took_the_new_version(home: Home, phones: Phones) -> None:
    moth = sign_up(home.app)
    phone = phones.new(moth)
    phone.install()
    phone.tap("pain", "6")
    release(home)
    other = phone.context.new_page()
    other.goto(f"{home.line}/help/")
    other.get_by_role("button", name="Use it now").click()
    other.wait_for_function("() => !document.querySelector('app-update').checkVisibility()")
    expect(phone.page.locator("#pain input:checked")).to_have_value("6")
    assert phone.page.locator("[name=schema]").input_value() == "1"
    phone.send()
    assert home.scores(moth) == {"pain": 6}


def test_two_tabs_and_the_browsers_own_sync_send_it_once(browser: Browser, real_home: Home) -> None:
    moth = sign_up(real_home.app)
    phones = Phones(browser, real_home)
    phone = phones.new(moth, clock=None)
    phone.install()
    real_home.line.become(Mode.CUT)
    phone.answer(pain="6")
    other = phone.context.new_page()
    other.goto(f"{real_home.line}/offline")
    real_home.line.become(Mode.OPEN)
    for page in (phone.page, other):
        page.evaluate("() => { dispatchEvent(new Event('online')); }")
    wake(phone)
    phone.emptied()
    assert len(real_home.revisions(moth)) == 1
    phones.close()


def test_the_browsers_own_sync_sends_with_no_page_of_the_diary_open(
    browser: Browser, real_home: Home
) -> None:
    moth = sign_up(real_home.app)
    phones = Phones(browser, real_home)
    phone = phones.new(moth, clock=None, script="AbortSignal.timeout = () => AbortSignal.abort()")
    phone.install()
    real_home.line.become(Mode.CUT)
    phone.answer(pain="6")
    real_home.line.become(Mode.OPEN)
    wake(phone)  # the page itself can't send
    phone.until(lambda: len(real_home.revisions(moth)) == 1)
    phone.emptied()
    phones.close()


def test_caches_know_nobody(home: Home, phones: Phones) -> None:
    moth = sign_up(home.app, "Mothwing")
    wren = sign_up(home.app, "Wrenfeather")
    phone = phones.new(moth)
    phone.install()
    phone.tap("pain", "6")
    phone.page.locator("details.note > summary").click()
    phone.page.locator("#note").fill("a very private remark")
    phone.send()
    for path in ("/diary/", "/trends/", "/response/", "/more/", "/account/", "/session.json"):
        phone.open(path)
    home.line.become(Mode.CUT)
    phone.keep(mood="3")
    phone.sign_in(wren)
    home.line.become(Mode.OPEN)
    phone.open()
    token = phone.page.locator("form#night [name=csrf_token]").input_value()
    texts = cached(phone)
    assert any(place.endswith(" /offline") for place in texts)
    assert moth.account is not None
    assert wren.account is not None
    personal = (
        "Mothwing",
        "Wrenfeather",
        "private remark",
        token,
        moth.account.id,
        wren.account.id,
    )
    for place, text in texts.items():
        for secret in personal:
            assert secret not in text, place


def test_the_shell_is_the_same_for_everyone(home: Home, phones: Phones) -> None:
    moth = sign_up(home.app, "Mothwing")
    phone = phones.new(moth)
    phone.install()
    (kept,) = [text for place, text in cached(phone).items() if place.endswith(" /offline")]
    visitors = [
        Visitor(home.app),
        moth,
        sign_up(home.app, "Wren"),
        Visitor(home.app, language="qps-plocm"),
    ]
    lit = Visitor(home.app)
    lit.client.set_cookie("theme", "sepia")
    for visitor in (*visitors, lit):
        answer = visitor.client.get("/offline", headers={"Accept-Language": visitor.language})
        assert answer.get_data(as_text=True) == kept
