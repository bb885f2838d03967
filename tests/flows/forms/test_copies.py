"""Figures that look copied."""

from dataclasses import replace
from decimal import Decimal

from flows.forms.copies import find_copies
from flows.forms.form import Indicator, Isian
from tests.flows.sample import INDICATORS, ISIAN, QUARTER

BY_KODE = {indicator.kode: indicator for indicator in INDICATORS}
FIGURES = {row.kode: row.realisasi for row in ISIAN if row.realisasi is not None}


def indicators(*kode: str) -> tuple[Indicator, ...]:
    return tuple(BY_KODE[code] for code in kode)


def rows(*kode: str) -> tuple[Isian, ...]:
    return tuple(row for row in ISIAN if row.kode in kode)


def test_figures_equal_to_the_last_period_are_found():
    chosen = ("KBK-02", "KBK-03", "KBK-04")
    former = {"KBK-02": Decimal("12.90"), "KBK-03": Decimal(2610), "KBK-04": Decimal("21.1")}

    found = find_copies(indicators(*chosen), rows(*chosen), former, QUARTER)

    assert found.unchanged == ("KBK-04",)
    assert found.asked == ("KBK-04",)
    assert not found.is_all_unchanged


def test_annual_figures_and_a_full_100_are_not_asked_about():
    chosen = ("KBK-01", "KBK-09", "KBK-04")

    found = find_copies(indicators(*chosen), rows(*chosen), FIGURES, QUARTER)

    assert found.unchanged == chosen
    assert found.asked == ("KBK-04",)


def test_running_total_that_stands_still_is_asked_first():
    chosen = ("KBK-04", "KBK-03")

    found = find_copies(indicators(*chosen), rows(*chosen), FIGURES, QUARTER)

    assert found.asked == ("KBK-03", "KBK-04")
    assert found.is_all_unchanged


def test_half_yearly_figure_is_asked_about_in_its_season_only():
    chosen = ("SEK-02", "SEK-07")
    yearly = tuple(
        replace(row, targets=(None, Decimal(85), Decimal(85), None)) for row in indicators(*chosen)
    )

    in_season = find_copies(yearly, rows(*chosen), FIGURES, 2)
    between = find_copies(yearly, rows(*chosen), FIGURES, 3)

    assert in_season.asked == ("SEK-02", "SEK-07")
    assert between.asked == ()


def test_every_figure_on_its_target_is_noticed():
    chosen = indicators("SEK-03", "SEK-06", "DAL-04")
    filled = [Isian(row.kode, row.targets[QUARTER - 1]) for row in chosen]

    found = find_copies(chosen, filled, {}, QUARTER)

    assert found.on_target == ("SEK-03", "SEK-06", "DAL-04")
    assert found.is_all_on_target


def test_single_row_is_no_pattern():
    chosen = indicators("SEK-06")

    found = find_copies(chosen, rows("SEK-06"), FIGURES, QUARTER)

    assert not found.is_all_unchanged
    assert not found.is_all_on_target


def test_rows_without_figure_are_left_out():
    found = find_copies(indicators("DAL-03"), rows("DAL-03"), {"DAL-03": Decimal(1)}, QUARTER)

    assert found.unchanged == found.on_target == ()
