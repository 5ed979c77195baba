"""What was taken away: it comes back as it was, and a cookie has room for a whole plan of it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from tracker.domain.phases import Phase, PhaseKind
from tracker.storage.phases import StoredPhase
from tracker.web.removed import pack_phase, unpack_phase

BEGIN = date(2026, 1, 1)
RUNNING = Phase(PhaseKind.TREATMENT, BEGIN, None, "first", "naltrexone", Decimal("4.5"))
ENDED = Phase(PhaseKind.PLACEBO, BEGIN, BEGIN + timedelta(14))
NO_DOSE = Phase(PhaseKind.TREATMENT, BEGIN, None, "", "naltrexone", Decimal(0))


@pytest.mark.parametrize("phase", [RUNNING, ENDED, NO_DOSE])
@pytest.mark.parametrize("plan", ["plan", None])
def test_a_phase_comes_back_as_it_was(phase: Phase, plan: str | None) -> None:
    stored = StoredPhase("phase", phase, plan)
    assert unpack_phase(pack_phase(stored)) == stored


def test_a_cookie_holds_all_that_stopping_eight_pairs_takes_away() -> None:
    app = Flask("cookie")
    app.secret_key = "x" * 32
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer is not None
    spans = ((PhaseKind.BLINDED, number) for number in range(32))
    phases = [
        StoredPhase(f"{number:022x}", Phase(kind, BEGIN + timedelta(14 * number)), "p" * 22)
        for kind, number in spans
    ]
    cookie = signer.dumps({"removed_plan": [pack_phase(one) for one in phases]})
    assert len(cookie) < 4000
