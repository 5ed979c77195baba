"""Diaries of noise and of a true link: how often what goes with what speaks."""

from typing import Final

from tools.noise import MOST_TOLD, Course, found, told, told_naively

DIARIES: Final = 200
PHIS: Final = (0.6, 0.8)
TRUE: Final = 0.64  # of pain with fatigue before rounding: about 0.6 after it
SEED: Final = 1


def prove() -> bool:
    """Print how many diaries of each course something is told of; true where noise is quiet."""
    quiet = True
    for phi in PHIS:
        noise = Course(phi)
        spoke = told(noise, DIARIES, SEED)
        stepped = told(Course(phi, has_step=True), DIARIES, SEED)
        naive = told_naively(noise, DIARIES, SEED)
        true = found(Course(phi, TRUE, days=120), DIARIES, SEED)
        quiet = quiet and max(spoke, stepped) <= MOST_TOLD * DIARIES
        print(
            f"what goes with what, phi {phi}, of {DIARIES} diaries: noise told in {spoke}, "
            f"with a treatment's step in {stepped}, by single days in {naive}; "
            f"a true link found in {true}",
            flush=True,
        )
    return quiet
