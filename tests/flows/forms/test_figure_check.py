"""What is wrong or doubtful with one figure."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from flows.forms.figure_check import Course, doubts, read_figure, remarks, typed, written_date
from flows.forms.form import Cell
from flows.forms.numbers import Reading
from tests.flows.sample import INDICATORS

BY_CODE = {indicator.kode: indicator for indicator in INDICATORS}


def told(kode: str, text: str, former: str = "") -> list[str]:
    course = Course(3, Decimal(former) if former else None, "selisih")
    indicator = BY_CODE[kode]
    reading = read_figure(indicator, Cell("F7", "text", text), 3)
    return [code for code, _ in remarks(indicator, reading, course)]


@pytest.mark.parametrize(
    ("kode", "text", "former", "codes"),
    [
        ("DAL-04", "48", "", []),
        ("DAL-04", "48%", "", ["E04"]),
        ("DAL-05", "78,30%", "", []),
        ("DAL-04", "banyak", "", ["E04"]),
        ("DAL-05", "100,5", "", ["E06"]),
        ("DAL-05", "0,78", "", ["W04"]),
        ("DAL-04", "90", "", ["W01"]),
        ("PPA-06", "64", "", ["W01"]),
        ("DAL-05", "70", "71", ["W02"]),
        ("DAL-04", "48", "30", ["W03"]),
        ("DAL-04", "48", "0", []),
        ("KBK-03", "3.912", "2700", ["N01"]),
    ],
)
def test_a_figure_is_refused_doubted_or_taken(
    kode: str, text: str, former: str, codes: list[str]
) -> None:
    """E04 no figure, E06 out of its limits, W01 capaian out of 0 to 150, W02 a total that fell,
    W03 half as much again, W04 most likely another figure was meant; N01 only tells how it was
    read."""
    assert told(kode, text, former) == codes


def test_in_the_first_quarter_a_running_total_starts_anew() -> None:
    course = Course(1, Decimal(4000), "selisih")

    assert [code for code, _ in doubts(BY_CODE["KBK-03"], Decimal(900), course)] == []


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ({"kind": "number", "number": Decimal("78.3")}, "78,3"),
        ({"kind": "number", "number": Decimal("0.783"), "format": "0.0%"}, "78,3%"),
        ({"kind": "number", "number": Decimal(-5)}, "−5"),
        ({"kind": "date", "text": "2026-09-30T00:00:00"}, "30-09-2026"),
        ({"kind": "text", "text": "x" * 50}, "x" * 39 + "…"),
    ],
)
def test_a_cell_is_told_as_the_official_sees_it(cell: dict[str, Any], shown: str) -> None:
    assert typed(Cell("F7", **cell)) == shown


def test_a_date_is_written_as_it_is_read() -> None:
    assert written_date("2026-09-30") == "30-09-2026"
    assert written_date("September") == "September"


@pytest.mark.parametrize(
    ("kode", "value", "codes"),
    [
        ("KBK-03", "-5", ["E04"]),
        ("KBK-03", "0", []),
        ("DAL-03", "-0.50", ["W04"]),
        ("DAL-05", "-4.00", ["E06"]),
        ("KBK-06", "0.61", ["W04"]),
        ("KBK-06", "61.00", []),
        ("DAL-05", "0.75", ["W04"]),
        ("KBK-05", "0.09", []),
    ],
)
def test_what_is_counted_is_not_negative_and_no_hundredth_goes_unasked(
    kode: str, value: str, codes: list[str]
) -> None:
    indicator = BY_CODE[kode]
    course = Course(3, None, "selisih")
    found = remarks(indicator, Reading("value", Decimal(value)), course)

    assert [code for code, _ in found if code != "W01"] == codes


@pytest.mark.parametrize(
    "changes", [{"boleh_negatif": True}, {"limits": (Decimal(-9), Decimal(9))}]
)
def test_a_figure_may_be_negative_where_the_list_allows_it(changes: Any) -> None:
    for kode in ("KBK-03", "DAL-03"):
        indicator = replace(BY_CODE[kode], **changes)
        found = remarks(indicator, Reading("value", Decimal(-5)), Course(3, None, "selisih"))

        assert {code for code, _ in found} <= {"W01"}
