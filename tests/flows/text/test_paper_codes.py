"""The code of a paper in what was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.text.words import code_in


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("kodenya AB12-CD34.", "ab12cd34"),
        ("ab12 cd34", "ab12cd34"),
        ("AB12-CD345", ""),
        ("XY12-CD34", ""),
        ("AB12--CD34", ""),
        ("", ""),
    ],
)
def test_eight_digits_in_two_groups_name_a_paper(text: str, code: str) -> None:
    assert code_in(text) == code


@given(st.integers(0, 16**8 - 1))
def test_every_code_is_read_as_it_is_printed(number: int) -> None:
    digits = f"{number:08x}"
    printed = f"{digits[:4]}-{digits[4:]}".upper()

    assert code_in(f"kode {printed}") == digits
