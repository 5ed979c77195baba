"""A tenth of the diaries of noise: silent by fortnights, and full of links by single days."""

import pytest

from tools.noise import Course, found, told, told_naively
from tools.prove.noise import TRUE

COUNT = 20
FEW = 6  # a diary takes a second where every line is counted


@pytest.mark.parametrize("phi", [0.6, 0.8])
def test_noise_is_told_nearly_nothing_of_and_a_true_link_is_found_in_most(phi: float) -> None:
    assert told(Course(phi), COUNT, 1) <= 2
    assert told(Course(phi, has_step=True), FEW, 1) <= 1
    assert found(Course(phi, TRUE, days=120), FEW, 1) > FEW / 2


@pytest.mark.parametrize("phi", [0.6, 0.8])
def test_a_shuffle_of_single_days_tells_something_of_most_diaries_of_noise(phi: float) -> None:
    assert told_naively(Course(phi), COUNT, 1) > COUNT / 2
