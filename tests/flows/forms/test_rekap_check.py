"""The checksum of a rekap: it tells other figures, and nothing else."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from flows.forms.form import Isian, Sheet
from flows.forms.grading import grade_all
from flows.forms.rekap_check import ExpectedRekap, check_rekap, figures_sum
from flows.forms.row_check import needs_note
from flows.office.period import Period
from tests.flows.sample import GRADING, INDICATORS, QUARTER, UNITS, isian_of
from tests.flows.small_office import setting

ROWS = {unit: isian_of(unit) for unit in UNITS}


@given(st.permutations(UNITS), st.permutations(ROWS["DAL"]))
def test_the_order_of_units_and_rows_does_not_matter(units: list[str], dal: list[Isian]) -> None:
    shuffled = {unit: ROWS[unit] for unit in units} | {"DAL": tuple(dal)}

    assert figures_sum(shuffled) == figures_sum(ROWS)


def test_only_figures_count() -> None:
    first = ROWS["DAL"][0]
    written = {
        **ROWS,
        "DAL": (replace(first, realisasi=Decimal("2.240"), sumber="x"), *ROWS["DAL"][1:]),
    }
    changed = {**ROWS, "DAL": (replace(first, realisasi=Decimal("2.25")), *ROWS["DAL"][1:])}

    assert figures_sum(written) == figures_sum(ROWS)
    assert figures_sum(changed) != figures_sum(ROWS)
    assert len(figures_sum(ROWS)) == 16


def test_a_workbook_without_a_summary_or_of_another_period_is_no_rekap_of_this_one() -> None:
    form = setting().book.form("indikator")
    shape = ExpectedRekap(Period(2026, 3), form, UNITS, "DP2KBP3A", INDICATORS, GRADING)
    summary = Sheet("Ringkasan", ())

    assert [f.args["what"] for f in check_rekap(Sheet("Data", ()), shape)[1]] == ["rekap"]
    strange = Sheet("Ringkasan", (), {"periode": "2026-TW2"}, parts=(summary,))
    (found,) = check_rekap(strange, shape)[1]
    assert (found.args["what"], found.args["expected"]) == ("periode", "2026-TW3")
    missing = check_rekap(Sheet("Ringkasan", (), parts=(summary,)), shape)[1]
    assert [f.args["expected"] for f in missing if f.args["what"] == "lembar"] == list(UNITS)


def test_a_note_must_stand_beside_na_and_above_a_target_of_nought() -> None:
    (row,) = (i for i in INDICATORS if i.kode == "PPA-06")
    none_wanted = replace(row, targets=(None, None, Decimal(0), None))

    assert needs_note(row, None, QUARTER, is_na=True) == "na"
    assert needs_note(row, Decimal(64), QUARTER, is_na=False) == ""
    assert needs_note(none_wanted, Decimal(1), QUARTER, is_na=False) == "target_nol"
    assert needs_note(none_wanted, Decimal(0), QUARTER, is_na=False) == ""
    assert [b.capaian for b in grade_all([row], [], QUARTER, GRADING)] == [None]
