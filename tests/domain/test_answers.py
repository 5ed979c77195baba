"""Every answer is written as the token that reads back as it, and nothing else is an answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.answers import (
    DECLINED,
    NO_RECALL,
    NOT_APPLICABLE,
    Answer,
    AnswerRefused,
    answered,
    read_answer,
    write_answer,
)
from tracker.domain.questionnaire import (
    DOSE_TAKEN,
    DREAM_VIVIDNESS,
    ITEMS,
    PAIN,
    PGIC,
    TOLERABILITY,
    Item,
    Ruler,
)

items = st.sampled_from(list(ITEMS.values()))


@given(items, st.sampled_from(Ruler), st.data())
def test_what_is_written_reads_back(item: Item, ruler: Ruler, data: st.DataObject) -> None:
    low, high = item.bounds(ruler)
    states = [None, DECLINED, NOT_APPLICABLE]
    if item is DREAM_VIVIDNESS:
        states.append(NO_RECALL)
    answer = data.draw(st.sampled_from(states) | st.integers(low, high).map(answered))
    assert read_answer(item, ruler, write_answer(item, answer)) == answer


@pytest.mark.parametrize(
    ("item", "text", "said"),
    [
        (PAIN, "no_recall", "whole number from 0 to 10"),
        (PAIN, "101", "out of range"),
        (PGIC, "0", "from 1 to 7"),
        (PGIC, "8", "from 1 to 7"),
        (TOLERABILITY, "101", "from 0 to 100"),
        (DOSE_TAKEN, "1", "Use one of: no, yes, not_prescribed, declined, n/a"),
    ],
)
def test_what_is_no_answer_says_what_is(item: Item, text: str, said: str) -> None:
    with pytest.raises(AnswerRefused, match=said):
        read_answer(item, Ruler.NRS, text)


def test_zero_is_an_answer_and_empty_is_none() -> None:
    assert read_answer(PAIN, Ruler.NRS, "0") == answered(0)
    assert read_answer(PAIN, Ruler.NRS, "") is None
    assert write_answer(PAIN, Answer(DECLINED.state)) == "declined"
