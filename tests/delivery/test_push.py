"""Web push: encrypted and signed to the letter of the RFCs, to known services only."""

import base64
import json
import ssl
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from tests.delivery.authority import Authority
from tests.delivery.browsers import CURVE, Browser, text
from tests.delivery.pushing import PushService
from tracker.delivery import vapid
from tracker.delivery.encrypting import encrypted, public_bytes
from tracker.delivery.push import Pusher
from tracker.domain.endpoints import SERVICES, Endpoint
from tracker.domain.reminders import Fate
from tracker.keys import KeyRefused

NOW = datetime(2026, 11, 21, 19, 30, tzinfo=UTC)
KEY = ec.generate_private_key(CURVE)


def raw(words: str) -> bytes:
    return base64.urlsafe_b64decode(words + "=" * (-len(words) % 4))


def key_of(words: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(raw(words), "big"), CURVE)


# RFC 8291, appendix A.
PLAIN = raw("V2hlbiBJIGdyb3cgdXAsIEkgd2FudCB0byBiZSBhIHdhdGVybWVsb24")
THEIRS = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
THEIR_POINT = (
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
)
OURS = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
OUR_POINT = (
    "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8"
)
SECRET = "BTBZMqHH6r4Tts7J_aSIgg"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
    "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
    "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)
# RFC 8292, section 2.4.
TOKEN = (
    "eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAi"
    "OjE0NTM1MjM3NjgsInN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0.i3CYb7t4xfxCDquptFOepC9GAu_HLGkMl"
    "MuCGSK2rpiUfnK9ojFwDXb1JrErtmysazNjjvW2L9OkSSHzvoD1oA"
)
TOKEN_KEY = (
    "BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs"
)


def verify(token: str, point: bytes) -> None:
    said, _, signature = token.rpartition(".")
    numbers = raw(signature)
    pair = (int.from_bytes(numbers[:32], "big"), int.from_bytes(numbers[32:], "big"))
    key = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
    key.verify(encode_dss_signature(*pair), said.encode(), ec.ECDSA(SHA256()))


def test_a_message_is_encrypted_as_the_rfcs_example() -> None:
    theirs = Browser("", key_of(THEIRS), raw(SECRET))
    assert theirs.public == raw(THEIR_POINT)
    assert public_bytes(key_of(OURS)) == raw(OUR_POINT)
    body = encrypted(PLAIN, theirs.endpoint, key_of(OURS), raw(SALT))
    assert text(body) == BODY
    assert theirs.read(body) == PLAIN


def test_each_message_has_a_key_and_a_salt_of_its_own() -> None:
    browser = Browser("")
    one, other = (encrypted(PLAIN, browser.endpoint) for _ in range(2))
    assert one[:16] != other[:16]
    assert one[21:86] != other[21:86]
    assert browser.read(one) == browser.read(other) == PLAIN


def test_a_token_is_made_as_the_rfcs_example() -> None:
    claims: dict[str, object] = {
        "aud": "https://push.example.net",
        "exp": 1453523768,
        "sub": "mailto:push@example.com",
    }
    verify(TOKEN, raw(TOKEN_KEY))
    assert vapid.unsigned(claims) == TOKEN.rpartition(".")[0]
    verify(vapid.token(KEY, claims), public_bytes(KEY))


def test_the_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "push.key"
    key = vapid.made_or_read(file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert vapid.public_text(vapid.made_or_read(file)) == vapid.public_text(key)
    file.chmod(0o644)
    with pytest.raises(KeyRefused):
        vapid.made_or_read(file)


@pytest.fixture
def pusher(pushes: PushService, own_authority: Authority) -> Pusher:
    return Pusher(
        KEY,
        "mailto:keeper@example.org",
        [pushes.host],
        lambda: NOW,
        own_authority.trusted(),
        inside=True,
    )


def test_a_service_gets_the_message_and_who_sends_it(pusher: Pusher, pushes: PushService) -> None:
    browser = Browser(pushes.url("/a?b=c"))
    assert pusher.push(browser.endpoint, PLAIN, 3600) is Fate.ACCEPTED
    (pushed,) = pushes.pushed
    assert pushed.path == "/a?b=c"
    assert browser.read(pushed.body) == PLAIN
    assert (pushed.headers["TTL"], pushed.headers["Topic"]) == ("3600", "evenfall-tonight")
    assert pushed.headers["Content-Encoding"] == "aes128gcm"
    scheme, _, rest = pushed.headers["Authorization"].partition(" ")
    token, key = (part.partition("=")[2] for part in rest.split(", "))
    assert (scheme, key) == ("vapid", vapid.public_text(KEY))
    verify(token, public_bytes(KEY))
    claims = json.loads(raw(token.split(".")[1]))
    assert claims == {
        "aud": f"https://{pushes.host}",
        "exp": int(NOW.timestamp()) + 12 * 3600,
        "sub": "mailto:keeper@example.org",
    }


def test_a_service_need_not_know_who_runs_this_server() -> None:
    header = vapid.authorization(KEY, "https://fcm.googleapis.com/x", None, NOW)
    assert b"sub" not in raw(header.split(".")[1])


@pytest.mark.parametrize(
    ("status", "fate"),
    [
        (200, Fate.ACCEPTED),
        (201, Fate.ACCEPTED),
        (302, Fate.LATER),
        (403, Fate.GONE),
        (404, Fate.GONE),
        (410, Fate.GONE),
        (413, Fate.LATER),
        (429, Fate.LATER),
        (503, Fate.LATER),
    ],
)
def test_what_a_service_answers_decides(
    pusher: Pusher, pushes: PushService, status: int, fate: Fate
) -> None:
    pushes.answers["/"] = status
    assert pusher.push(Browser(pushes.url("")).endpoint, PLAIN, -1) is fate
    assert [(pushed.path, pushed.headers["TTL"]) for pushed in pushes.pushed] == [("/", "0")]


def test_a_host_that_is_not_on_the_list_is_not_spoken_to(
    own_authority: Authority, pushes: PushService
) -> None:
    strict = Pusher(KEY, None, SERVICES, lambda: NOW, own_authority.trusted(), inside=True)
    assert strict.push(Browser(pushes.url("/")).endpoint, PLAIN, 1) is Fate.GONE
    assert not pushes.pushed


def test_a_key_that_is_no_point_of_the_curve_is_dead(pusher: Pusher, pushes: PushService) -> None:
    endpoint = Endpoint(pushes.url("/"), b"\x04" + b"\x01" * 64, b"s" * 16)
    assert pusher.push(endpoint, PLAIN, 1) is Fate.GONE


def test_an_address_that_is_not_public_gets_no_byte(
    own_authority: Authority, pushes: PushService
) -> None:
    outside = Pusher(KEY, None, [pushes.host], lambda: NOW, own_authority.trusted())
    assert outside.push(Browser(pushes.url("/")).endpoint, PLAIN, 1) is Fate.LATER
    assert not pushes.pushed


def test_a_certificate_by_a_stranger_is_not_believed(pushes: PushService) -> None:
    trust = ssl.create_default_context()
    strict = Pusher(KEY, None, [pushes.host], lambda: NOW, trust, inside=True)
    assert strict.push(Browser(pushes.url("/")).endpoint, PLAIN, 1) is Fate.LATER
    assert not pushes.pushed
