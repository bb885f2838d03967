"""The Indonesian number grammar, case by case."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.forms.form import Cell
from flows.forms.numbers import (
    format_number,
    format_plain,
    is_percent,
    read_number,
    read_text,
    round_half_up,
)


def number(value: str, code: str = "General") -> Cell:
    return Cell("I10", "number", value, Decimal(value), format=code)


@pytest.mark.parametrize(
    ("text", "desimal", "value"),
    [
        ("3912", 0, "3912"),
        ("3.912", 0, "3912"),
        ("1.853.000", 0, "1853000"),
        ("1,250,000", 0, "1250000"),
        ("9,00", 0, "9"),
        ("9.0", 0, "9"),
        ("007", 0, "7"),
        ("0", 0, "0"),
        ("85,5", 2, "85.50"),
        ("604,8", 2, "604.80"),
        ("1.234,56", 2, "1234.56"),
        ("1,234.56", 2, "1234.56"),
        ("1 234,56", 2, "1234.56"),
        ("1\u202f234\u202f567", 2, "1234567.00"),
        ("\u00a011.853\u2009", 0, "11853"),
        ("\ufeff85,50\u200b", 2, "85.50"),
        ("2.24", 2, "2.24"),
        ("74.2", 2, "74.20"),
        ("0.123", 2, "0.12"),
        ("1.2345", 2, "1.23"),
        ("85,505", 2, "85.51"),
        ("1,250", 2, "1.25"),
        ("−13,33", 2, "-13.33"),
        ("-5", 0, "-5"),
        ("–5", 0, "-5"),
        ("- 3,5", 2, "-3.50"),
        ("+7", 0, "7"),
        ("-0,00", 2, "0.00"),
        ("85%", 2, "85.00"),
        ("85 %", 2, "85.00"),
        ("%85", 2, "85.00"),
        ("% -4", 0, "-4"),
        ("'3912", 0, "3912"),
        ("999999999999999", 0, "999999999999999"),
    ],
)
def test_text_is_read_as_a_value(text: str, desimal: int, value: str):
    reading = read_text(text, desimal, None)

    assert (reading.kind, reading.value) == ("value", Decimal(value))


@pytest.mark.parametrize(
    ("text", "desimal", "notes"),
    [
        ("3912", 0, ()),
        ("11.853", 0, ("grouped",)),
        ("11 853", 0, ("grouped",)),
        ("1,250,000", 0, ("english",)),
        ("1,234.56", 2, ("english",)),
        ("2.24", 2, ("dot_decimal",)),
        ("1.2345", 2, ("dot_decimal", "rounded")),
        ("85,505", 2, ("rounded",)),
    ],
)
def test_unusual_writing_is_noted(text: str, desimal: int, notes: tuple[str, ...]):
    assert read_text(text, desimal, None).notes == notes


@pytest.mark.parametrize(
    ("text", "desimal", "target", "candidates"),
    [
        ("13.200", 2, "11.5", ("13.200", "13200")),
        ("1.250", 2, "1250", ("1.250", "1250")),
        ("1,250", 2, "1250", ("1.250", "1250")),
        ("-1,250", 2, "-1250", ("-1.250", "-1250")),
        ("1.234.567", 2, None, ("1234567",)),
        ("1,250", 0, None, ("1.250", "1250")),
        ("2,5", 0, None, ("2.5",)),
        ("12.50", 0, None, ("12.50",)),
        ("1.234,56", 0, None, ("1234.56",)),
        ("0.123", 0, None, ("0.123",)),
    ],
)
def test_ambiguous_text_is_asked_never_guessed(
    text: str, desimal: int, target: str | None, candidates: tuple[str, ...]
):
    reading = read_text(text, desimal, None if target is None else Decimal(target))

    assert reading.kind == "ambiguous"
    assert reading.value is None
    assert reading.candidates == tuple(Decimal(candidate) for candidate in candidates)


@pytest.mark.parametrize(
    ("text", "desimal", "candidates"),
    [
        ("12 ribu", 0, ("12000",)),
        ("12rb orang", 0, ("12000",)),
        ("5 juta", 0, ("5000000",)),
        ("Rp5jt", 0, ("5000000",)),
        ("1,25 miliar", 2, ("1250000000.00",)),
        ("3 ratus ribu", 0, ("300000",)),
        ("1.250 ribu", 0, ("1250", "1250000")),
        ("-3 Ribu", 0, ("-3000",)),
        ("85 persen", 2, ("85.00",)),
    ],
)
def test_digits_with_a_word_are_asked_with_what_they_mean(
    text: str, desimal: int, candidates: tuple[str, ...]
):
    reading = read_text(text, desimal, None)

    assert (reading.kind, reading.notes) == ("ambiguous", ("words",))
    assert reading.candidates == tuple(Decimal(candidate) for candidate in candidates)


@pytest.mark.parametrize(
    "text",
    [
        "12k", "12 m", "12 ribuan", "12 lusin", "sekitar 12 ribu", "12 ribu 500", "1,2345 ribu",
        "12 per seribu", "12 bn", "2,5 persen",
    ],
)  # fmt: skip
def test_no_figure_is_suggested_where_a_word_may_multiply_it(text: str):
    reading = read_text(text, 0, None)

    assert (reading.kind, reading.candidates, reading.suggestion) == ("wrong", (), None)


@pytest.mark.parametrize("target", ["1.2", "12.4", "125000"])
def test_comma_is_decimal_when_the_target_is_far_from_thousands(target: str):
    assert read_text("1,250", 2, Decimal(target)).value == Decimal("1.25")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("tinggi", "text"),
        ("9 dok", "text"),
        ("NaN", "text"),
        ("Infinity", "text"),
        ("-inf", "text"),
        ("1e300", "text"),
        ("1_0", "text"),
        ("0x1F", "text"),
        ("1.25,00", "text"),
        ("12.34.56", "text"),
        ("1 2", "text"),
        ("5-", "text"),
        ("--5", "text"),
        ("(5)", "text"),
        (",5", "text"),
        ("5,", "text"),
        ("%", "text"),
        ("1/2", "text"),
        ("=1+1", "text"),
        ("１２", "foreign_digits"),
        ("١٢", "foreign_digits"),
        ("5²", "foreign_digits"),
        ("9" * 61, "too_long"),
        ("9" * 4000, "too_long"),
        ("1000000000000000", "too_big"),
        ("1.000.000.000.000.000", "too_big"),
    ],
)
def test_other_text_is_no_number_and_says_why(text: str, reason: str):
    reading = read_text(text, 0, None)

    assert (reading.kind, reading.value, reading.reason) == ("wrong", None, reason)


@pytest.mark.parametrize(
    ("text", "desimal", "suggestion"),
    [
        ("3.9l2", 0, "3912"),
        ("12O", 0, "120"),
        ("85,5O", 2, "85.50"),
        ("I5", 0, "15"),
        ("9 dok", 0, "9"),
        ("Rp 1.250", 0, "1250"),
        ("12 orang/bulan", 0, "12"),
    ],
)
def test_obvious_slip_brings_a_suggestion(text: str, desimal: int, suggestion: str):
    reading = read_text(text, desimal, None)

    assert reading.kind == "wrong"
    assert reading.suggestion == Decimal(suggestion)


@pytest.mark.parametrize("text", ["tinggi", "lol", "abc1", "13.200 dok"])
def test_no_suggestion_where_nothing_is_obvious(text: str):
    assert read_text(text, 2, None).suggestion is None


@pytest.mark.parametrize(
    "text", ["n/a", "N/A", "na", " NA ", "n.a.", "-", "–", "−", "tidak ada data", "Tidak Ada Data"]
)
def test_spellings_of_not_available(text: str):
    assert read_text(text, 2, None).kind == "na"


@pytest.mark.parametrize("text", ["", "   ", "\u00a0", "\u200b", "'"])
def test_blank_text_is_empty(text: str):
    assert read_text(text, 2, None).kind == "empty"


@pytest.mark.parametrize(
    ("cell", "desimal", "value", "notes"),
    [
        (number("3912"), 0, "3912", ()),
        (number("0.30000000000000004"), 2, "0.30", ()),
        (number("123456789.12000000477"), 2, "123456789.12", ()),
        (number("21.105"), 2, "21.11", ("rounded",)),
        (number("1E-999999999"), 2, "0.00", ()),
        (number("0E+999999"), 0, "0", ()),
        (number("-1.5"), 2, "-1.50", ()),
        (number("0.85", "0%"), 2, "85.00", ("percent_format",)),
        (number("0.28555", "0.00%"), 2, "28.56", ("percent_format", "rounded")),
        (number("85", '0" %"'), 2, "85.00", ()),
        (number("85", "0\\%"), 2, "85.00", ()),
    ],
)
def test_numeric_cell_is_taken_as_it_is(
    cell: Cell, desimal: int, value: str, notes: tuple[str, ...]
):
    reading = read_number(cell, desimal, None)

    assert (reading.value, reading.notes) == (Decimal(value), notes)


@pytest.mark.parametrize(
    "value", ["NaN", "Infinity", "-Infinity", "1E+15", "1E+300", "1E+999999999"]
)
def test_numeric_cell_beyond_bounds_is_refused(value: str):
    reading = read_number(number(value), 2, None)

    assert (reading.kind, reading.reason) == ("wrong", "too_big")


def test_percent_cell_that_leaves_the_bounds_times_100_is_refused():
    assert read_number(number("999999999999999", "0%"), 2, None).reason == "too_big"


@pytest.mark.parametrize(
    ("value", "candidates"),
    [("3.912", ("3.912", "3912")), ("3.5", ("3.5", "3500")), ("3.9125", ("3.9125",))],
)
def test_numeric_fraction_of_whole_things_is_asked(value: str, candidates: tuple[str, ...]):
    reading = read_number(number(value), 0, None)

    assert reading.kind == "ambiguous"
    assert reading.candidates == tuple(Decimal(candidate) for candidate in candidates)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (Cell("I10", "error", "#DIV/0!"), "error"),
        (Cell("I10", "text", "#N/A"), "error"),
        (Cell("I10", "text", "#REF!", formula="=A1"), "error"),
        (Cell("I10", "text", "Err:502", formula="=A1"), "error"),
        (Cell("I10", "formula", "", formula="=A1/B1"), "formula"),
        (Cell("I10", "bool", "TRUE"), "bool"),
        (Cell("I10", "date", "2026-09-03"), "date"),
    ],
)
def test_cell_without_a_figure_says_why(cell: Cell, reason: str):
    reading = read_number(cell, 2, None)

    assert (reading.kind, reading.reason) == ("wrong", reason)


def test_formula_with_a_saved_number_is_taken():
    cell = Cell("I10", "number", "7.5", Decimal("7.5"), formula="=SUM(A1:A2)")

    assert read_number(cell, 2, None).value == Decimal("7.50")


def test_formula_with_a_saved_text_is_read_as_text():
    cell = Cell("I10", "text", "1.234,5", formula='=A1&""')

    assert read_number(cell, 2, None).value == Decimal("1234.50")


def test_absent_cell_is_empty():
    assert read_number(Cell("I10", "empty"), 2, None).kind == "empty"


@pytest.mark.parametrize(
    ("code", "expected"),
    [("0%", True), ("0.00 %", True), ('0" %"', False), ("0\\%", False), ("General", False)],
)
def test_only_a_bare_percent_sign_multiplies(code: str, expected: bool):
    assert is_percent(code) is expected


@pytest.mark.parametrize(
    ("value", "desimal", "text"),
    [
        ("1234.56", 2, "1.234,56"),
        ("1234567", 0, "1.234.567"),
        ("92.08", 2, "92,08"),
        ("-13.333", 2, "−13,33"),
        ("0.005", 2, "0,01"),
        ("-0.004", 2, "0,00"),
        ("2.5", 0, "3"),
        ("1E+3", 0, "1.000"),
    ],
)
def test_numbers_are_written_the_indonesian_way(value: str, desimal: int, text: str):
    assert format_number(Decimal(value), desimal) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [("1E+3", "1000"), ("-1234.500", "-1234.5"), ("0.00", "0"), ("-0.0", "0"), ("-0", "0")],
)
def test_plain_form_has_no_exponent_and_no_idle_zeros(value: str, text: str):
    assert format_plain(Decimal(value)) == text


def test_halves_are_rounded_away_from_nought():
    assert round_half_up(Decimal("90.995"), 2) == Decimal("91.00")
    assert round_half_up(Decimal("-0.005"), 2) == Decimal("-0.01")


figures = st.decimals(
    min_value=-(10**12), max_value=10**12, places=2, allow_nan=False, allow_infinity=False
)


@given(figures)
def test_what_is_written_with_two_places_is_read_back(value: Decimal):
    reading = read_text(format_number(value, 2), 2, None)

    assert reading.value == value


@given(st.integers(-(10**14), 10**14))
def test_what_is_written_without_places_is_read_back(value: int):
    assert read_text(format_number(Decimal(value), 0), 0, None).value == value


@given(figures)
def test_numeric_cell_by_way_of_float_gives_the_same_figure(value: Decimal):
    cell = Cell("I10", "number", repr(float(value)), Decimal(repr(float(value))))

    assert read_number(cell, 2, None).value == value


@given(st.text(max_size=80), st.sampled_from([0, 2]), st.none() | figures)
def test_any_text_gives_an_answer_within_bounds(text: str, desimal: int, target: Decimal | None):
    reading = read_text(text, desimal, target)

    assert (reading.value is not None) == (reading.kind == "value")
    assert abs(reading.value or 0) < 10**15
