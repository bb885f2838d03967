"""Capaian, classes and averages, with figures of published reports and of the sample office."""

from dataclasses import replace
from decimal import Decimal

import pytest

from flows.forms.form import Indicator, Isian
from flows.forms.grading import (
    Grading,
    OfficeRecap,
    UnitRecap,
    capaian,
    category,
    grade,
    grade_all,
    office_recap,
    unit_recap,
)
from tests.flows.sample import (
    CORRECTIONS,
    GRADING,
    INDICATORS,
    ISIAN,
    QUARTER,
    SAMPLE,
    UNITS,
    SampleRow,
    indicators_of,
)


@pytest.mark.parametrize(
    ("arah", "target", "realisasi", "expected"),
    [
        ("-", "1.92", "1.81", "105.73"),
        ("-", "5.74", "9.04", "42.51"),
        ("-", "17", "14", "117.65"),
        ("+", "62.01", "57.10", "92.08"),
        ("+", "90", "100", "111.11"),
        ("+", "69.23", "53.85", "77.78"),
        ("-", "30", "64", "-13.33"),
        ("-", "0", "0", "100"),
        ("-", "0", "-1", "100"),
        ("-", "0", "3", "0"),
        ("+", "10", "0", "0"),
    ],
)
def test_capaian_of_published_figures(arah: str, target: str, realisasi: str, expected: str):
    found = capaian(arah, Decimal(target), Decimal(realisasi))

    assert found == Decimal(expected)


@pytest.mark.parametrize(
    ("arah", "target", "realisasi"),
    [("+", Decimal(0), Decimal(5)), ("+", None, Decimal(5)), ("-", Decimal(5), None)],
)
def test_capaian_that_cannot_be_computed_is_none(
    arah: str, target: Decimal | None, realisasi: Decimal | None
):
    assert capaian(arah, target, realisasi) is None


def test_capaian_by_ratio_where_the_office_chose_it():
    assert capaian("-", Decimal("1.92"), Decimal("1.81"), "rasio") == Decimal("106.08")


def test_capaian_by_ratio_of_nought_is_full():
    assert capaian("-", Decimal(5), Decimal(0), "rasio") == Decimal("100.00")


def test_positive_direction_is_the_same_under_both_formulas():
    assert capaian("+", Decimal(90), Decimal(100), "rasio") == Decimal("111.11")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("154.44", "ST"),
        ("91.00", "ST"),
        ("90.995", "ST"),
        ("90.994", "T"),
        ("90.99", "T"),
        ("76.00", "T"),
        ("75.99", "S"),
        ("66", "S"),
        ("65.99", "R"),
        ("51", "R"),
        ("50.99", "SR"),
        ("-13.33", "SR"),
    ],
)
def test_category_is_decided_on_the_rounded_value(value: str, expected: str):
    found = category(Decimal(value), GRADING.scale)

    assert found is not None
    assert found.kode == expected


def test_no_value_has_no_category():
    assert category(None, GRADING.scale) is None


def test_scale_with_a_floor_leaves_lower_values_without_class():
    assert category(Decimal(10), GRADING.scale[:2]) is None


def letters(row: SampleRow) -> str:
    band = grade(row.indicator, row.isian, QUARTER, GRADING).kategori
    return band.kode if band else "-"


@pytest.mark.parametrize("row", SAMPLE, ids=lambda row: row.indicator.kode)
def test_sample_row_comes_to_its_capaian_and_class(row: SampleRow):
    found = grade(row.indicator, row.isian, QUARTER, GRADING)

    assert found.capaian == row.capaian
    assert letters(row) == row.kategori


def sample_recap(isian: tuple[Isian, ...], grading: Grading = GRADING) -> OfficeRecap:
    units = {unit: grade_all(indicators_of(unit), isian, QUARTER, grading) for unit in UNITS}
    return office_recap(units, grading)


def line(recap: UnitRecap) -> tuple[str, str, str, str, str]:
    raw, clamped = (category(mean, GRADING.scale) for mean in (recap.mentah, recap.dibatasi))
    assert raw is not None
    assert clamped is not None
    filled = f"{recap.terisi}/{recap.jumlah}"
    return filled, f"{recap.mentah}", f"{recap.dibatasi}", raw.kode, clamped.kode


BEFORE = [
    ("SEK", ("7/7", "97.19", "97.00", "ST", "ST")),
    ("DAL", ("7/8", "81.77", "80.54", "T", "T")),
    ("KBK", ("9/9", "98.74", "92.69", "ST", "ST")),
    ("PPR", ("6/6", "79.93", "78.08", "T", "T")),
    ("PPA", ("7/7", "75.32", "76.98", "S", "T")),
]
AFTER = [
    *BEFORE[:3],
    ("PPR", ("6/6", "85.54", "83.69", "T", "T")),
    ("PPA", ("7/7", "84.95", "84.71", "T", "T")),
]


def test_sample_recap_of_sop_a():
    recap = sample_recap(ISIAN)

    assert [(kode, line(unit)) for kode, unit in recap.units] == BEFORE
    assert line(recap.dinas) == ("36/37", "87.45", "85.68", "T", "T")
    assert [count for _, count in recap.dinas.per_kategori] == [24, 6, 2, 0, 4]
    assert recap.dinas.na == 1


def test_sample_recap_after_sop_b():
    corrected = tuple(
        replace(row, realisasi=CORRECTIONS.get(row.kode, row.realisasi)) for row in ISIAN
    )

    recap = sample_recap(corrected)

    assert [(kode, line(unit)) for kode, unit in recap.units] == AFTER
    assert line(recap.dinas) == ("36/37", "90.26", "88.12", "T", "T")
    assert [count for _, count in recap.dinas.per_kategori] == [24, 7, 2, 0, 3]
    assert recap.dinas.na == 1


def ppa_category(recap: OfficeRecap) -> str:
    band = dict(recap.units)["PPA"].kategori
    return band.kode if band else ""


def test_chosen_average_decides_the_class():
    clamped = GRADING._replace(rata_rata="dibatasi_100")

    assert ppa_category(sample_recap(ISIAN)) == "S"
    assert ppa_category(sample_recap(ISIAN, clamped)) == "T"


def test_office_average_weighs_indicators_not_units():
    first, second = INDICATORS[0], INDICATORS[1]
    full = replace(first, targets=(None, None, Decimal(10), None))
    low = replace(second, targets=(None, None, Decimal(10), None))
    units = {
        "SEK": [grade(full, Isian(full.kode, Decimal(10)), QUARTER, GRADING)] * 3,
        "DAL": [grade(low, Isian(low.kode, Decimal(0)), QUARTER, GRADING)],
    }

    assert office_recap(units, GRADING).dinas.mentah == Decimal("75.00")


def test_unit_without_figures_has_no_average():
    rows = grade_all(indicators_of("SEK"), [], QUARTER, GRADING)

    recap = unit_recap(rows, GRADING)

    assert (recap.terisi, recap.jumlah, recap.na) == (0, 7, 0)
    assert recap.mentah is recap.dibatasi is recap.kategori is None


def test_average_of_published_report_is_not_capped():
    shares = ["100", "111.11", "77.78"]
    row = grade(INDICATORS[0], ISIAN[0], QUARTER, GRADING)
    rows = [row._replace(capaian=Decimal(share)) for share in shares]

    assert unit_recap(rows, GRADING).mentah == Decimal("96.30")


def whole_year(indicator: Indicator) -> Indicator:
    return replace(indicator, target_tahun=Decimal(200))


def test_quarter_nought_is_graded_against_the_years_target():
    indicator = whole_year(INDICATORS[0])

    found = grade(indicator, Isian(indicator.kode, Decimal(50)), 0, GRADING)

    assert (found.target, found.capaian) == (Decimal(200), Decimal("25.00"))
