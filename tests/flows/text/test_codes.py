"""Authenticity codes of papers as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.text.codes import code_asked


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("/verifikasi AB12-CD34", "ab12cd34"),
        ("/verifikasi ab12 cd34", "ab12cd34"),
        ("/verifikasi@sigap_bot kode: ab12cd34.", "ab12cd34"),
        ("/start v_AB12CD34", "ab12cd34"),
        ("/start@sigap_bot  v_ab12cd34 ", "ab12cd34"),
        ("/verifikasi", ""),
        ("/verifikasi AB12-CD345", ""),
        ("/verifikasi XY12-CD34", ""),
        ("/start v_AB12CD3", ""),
        ("AB12-CD34", ""),
        ("/verifikasikan AB12-CD34", ""),
    ],
)
def test_a_code_is_read_where_a_paper_is_asked_after(text: str, code: str) -> None:
    assert code_asked(text) == code


def test_a_bare_code_counts_while_one_is_awaited() -> None:
    assert code_asked("kodenya AB12-CD34", is_awaited=True) == "ab12cd34"
    assert code_asked("tidak tahu", is_awaited=True) == ""


@given(st.integers(0, 16**8 - 1))
def test_every_code_is_read_as_it_is_printed(number: int) -> None:
    digits = f"{number:08x}"
    printed = f"{digits[:4]}-{digits[4:]}".upper()

    assert code_asked(f"/verifikasi {printed}") == digits
