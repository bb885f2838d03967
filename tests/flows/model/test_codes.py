"""Authenticity codes of papers as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.model.commands import Said
from flows.model.proof import code_asked
from tests.flows.model.test_meaning import ORIGIN


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
    assert code_asked(Said.read(ORIGIN, text)) == code


def test_a_bare_code_counts_while_one_is_awaited() -> None:
    assert code_asked(Said.read(ORIGIN, "kodenya AB12-CD34"), is_awaited=True) == "ab12cd34"
    assert code_asked(Said.read(ORIGIN, "tidak tahu"), is_awaited=True) == ""


@given(st.integers(0, 16**8 - 1))
def test_every_code_is_read_as_it_is_printed(number: int) -> None:
    digits = f"{number:08x}"
    printed = f"{digits[:4]}-{digits[4:]}".upper()

    assert code_asked(Said.read(ORIGIN, f"/verifikasi {printed}")) == digits
