"""`KODE angka`: a row named by its code in what was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.text.words import code_said, row_said, stranger_said

CODES = ("PPR-02", "PPR-021", "DAL-01", "A1.2")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PPR-02 66,75", ("PPR-02", "66,75")),
        ("ppr02 = 66,75", ("PPR-02", "66,75")),
        ("ppr 2: 66,75", ("PPR-02", "66,75")),
        ("PPR\u201302  n/a", ("PPR-02", "n/a")),
        ("ppr-021 5", ("PPR-021", "5")),
        ("a1.2 9", ("A1.2", "9")),
        ("DAL-01 belum ada data", ("DAL-01", "belum ada data")),
        ("DAL-01", None),
        ("DAL-01=", None),
        ("DAL-015", None),
        ("XDAL-01 5", None),
        ("66,75", None),
    ],
)
def test_a_row_is_read_from_its_code_and_what_stands_behind(
    text: str, expected: tuple[str, str] | None
) -> None:
    assert row_said(text, CODES) == expected


@given(st.sampled_from(CODES), st.integers(0, 10**6))
def test_a_row_is_read_as_it_is_printed(code: str, number: int) -> None:
    assert row_said(f"{code} {number}", CODES) == (code, str(number))


def test_a_bare_code_is_the_row() -> None:
    assert code_said(" ppr 02 ", CODES) == "PPR-02"
    assert code_said("PPR-02 5", CODES) is None
    assert code_said("PPR-03", CODES) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PPR-99 12", ("PPR-99", "12")),
        ("xyz-1: 12", ("XYZ-1", "12")),
        ("dal 07 12", ("DAL 07", "12")),
        ("xyz1 12", None),
        ("TW 3 2026", None),
        ("PPR-99", None),
    ],
)
def test_what_looks_like_a_code_is_told_from_other_words(
    text: str, expected: tuple[str, str] | None
) -> None:
    assert stranger_said(text, CODES) == expected
