"""Semula-menjadi, and figures that look copied."""

from dataclasses import replace
from decimal import Decimal

from flows.forms.form import Indicator, Isian
from flows.forms.versions import changes_between, find_copies
from tests.flows.sample import INDICATORS, ISIAN, QUARTER

BY_KODE = {indicator.kode: indicator for indicator in INDICATORS}
FIGURES = {row.kode: row.realisasi for row in ISIAN if row.realisasi is not None}


def test_equal_versions_have_no_changes():
    assert changes_between(ISIAN, ISIAN) == ()


def test_changed_figure_is_told_with_old_and_new():
    old = Isian("PPA-06", Decimal(64))
    new = Isian("PPA-06", Decimal(46), bukti="rekap DP3A/KUA")

    (change,) = changes_between([old], [new], {"PPA-06"})

    assert (change.old, change.new) == (old, new)
    assert change.roles == ("realisasi", "bukti")
    assert change.is_figure
    assert change.is_within


def test_change_outside_the_findings_is_marked():
    old = [Isian("PPA-05", Decimal(61)), Isian("PPA-06", Decimal(64))]
    new = [Isian("PPA-05", Decimal(62)), Isian("PPA-06", Decimal(46))]

    found = changes_between(old, new, {"PPA-06"})

    assert [(change.kode, change.is_within) for change in found] == [
        ("PPA-05", False),
        ("PPA-06", True),
    ]


def test_changed_note_is_no_changed_figure():
    old = Isian("KBK-05", Decimal("4.10"))

    (change,) = changes_between([old], [replace(old, keterangan="Pendataan Keluarga 2026")])

    assert change.roles == ("keterangan",)
    assert not change.is_figure


def test_figure_that_became_not_available_has_changed():
    old = Isian("KBK-05", Decimal(4))

    (change,) = changes_between([old], [Isian("KBK-05", is_na=True)])

    assert change.roles == ("realisasi",)


def test_same_figure_written_with_other_places_has_not_changed():
    old, new = Isian("KBK-05", Decimal("4.1")), Isian("KBK-05", Decimal("4.10"))

    assert changes_between([old], [new]) == ()


def test_new_row_and_lost_row_are_changes():
    old, new = Isian("KBK-01", Decimal(1)), Isian("KBK-02", Decimal(2))

    gained, lost = changes_between([old], [new])

    assert (gained.old, gained.new) == (None, new)
    assert (lost.old, lost.new) == (old, None)


def test_new_evidence_alone_is_a_change():
    old = Isian("KBK-01", Decimal(1))

    (change,) = changes_between([old], [replace(old, evidence=("a" * 64,))])

    assert change.roles == ("bukti",)


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
