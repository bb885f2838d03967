"""Answers of a dialog taken back one by one."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from flows.dialogs.answer_history import HISTORY, taken_back, with_change, without_history

ANSWERS = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 3) | st.lists(st.booleans()))


@given(st.lists(ANSWERS, min_size=1, max_size=6))
def test_each_answer_is_taken_back_exactly(states: list[dict[str, Any]]) -> None:
    answers = states[0]
    for state in states[1:]:
        answers = with_change(answers, state)

    for state in reversed(states[:-1]):
        answers = taken_back(answers)
        assert without_history(answers) == state
    assert not answers.get(HISTORY)


def test_only_what_changed_is_kept() -> None:
    noted = with_change({"rekap": [1, 2, 3]}, {"rekap": [1, 2, 3], "unit": "KBK"})

    assert noted[HISTORY] == [{"semula": {}, "baru": ["unit"]}]
