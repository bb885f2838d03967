"""Checking a filled sheet: every rule, at its cell, all at once; and the tolerance around it."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.forms.form import Cell, Finding, Form, Indicator, Isian, Sheet
from flows.forms.grading import Grading
from flows.forms.sheet_check import Checked, Expected, check, issue_meta
from flows.text.plain import clean_text, cut
from tests.flows.sample import GRADING, INDICATORS, QUARTER, UNITS, indicators_of, isian_of
from tests.flows.sheets import (
    FILLED,
    INDIKATOR,
    as_sheet,
    cell_of,
    check_unit,
    expected,
    form_cells,
    sheet_of,
)


def told(checked: Checked) -> list[tuple[str, str, str]]:
    return [(finding.code, finding.cell, finding.kode) for finding in checked.findings]


def errors(checked: Checked) -> list[tuple[str, str, str]]:
    return [(finding.code, finding.cell, finding.kode) for finding in checked.errors]


def only(checked: Checked) -> Finding:
    (finding,) = checked.findings
    return finding


def percent(address: str, value: str) -> Cell:
    return Cell(address, "number", value, Decimal(value), format="0%")


def isian(checked: Checked, kode: str) -> Isian:
    return next(row for row in (*checked.rows, *checked.others) if row.kode == kode)


# The sample itself


@pytest.mark.parametrize("unit", UNITS)
def test_sample_of_each_unit_is_accepted_as_it_is(unit: str):
    checked = check_unit(unit)

    assert checked.errors == ()
    assert checked.rows == isian_of(unit)
    assert checked.others == ()
    assert checked.notes == ()


def test_sample_raises_just_the_warnings_about_capaian():
    found = [finding for unit in UNITS for finding in check_unit(unit).warnings]

    assert [(finding.code, finding.kode, finding.args["capaian"]) for finding in found] == [
        ("W01", "KBK-05", "154,44"),
        ("W01", "PPA-06", "−13,33"),
    ]


def test_cells_and_header_of_the_rows_are_told():
    checked = check_unit("KBK")

    assert checked.cells["KBK-03"]["realisasi"] == "I12"
    assert checked.cells["KBK-03"]["keterangan"] == "N12"
    assert (checked.header_row, checked.letters["target"]) == (9, "H")


def test_all_findings_of_the_golden_conversation_come_at_once():
    edits = {
        "I10": Decimal("604.8"),
        "I11": "13.200",
        "I12": "3.9l2",
        "H13": Decimal(21),
        "I15": None,
    }

    checked = check_unit("KBK", edits)

    assert errors(checked) == [
        ("E06", "I10", "KBK-01"),
        ("E05", "I11", "KBK-02"),
        ("E04", "I12", "KBK-03"),
        ("E09", "H13", "KBK-04"),
        ("E03", "I15", "KBK-06"),
    ]
    high, double, slip, target, empty = checked.errors
    assert (high.value, high.args["max"], high.args["satuan"]) == ("604,8", "100", "%")
    assert (double.value, double.args["decimal"]) == ("13.200", "13,20")
    assert "thousands" not in double.args, "13.200 is no per cent"
    assert (slip.value, slip.args["suggestion"], slip.column) == ("3.9l2", "3.912", "Realisasi")
    assert (target.value, target.args["expected"], target.column) == ("21", "23,00", "Target")
    assert (empty.value, empty.args["example"]) == ("", "85,50")


# E01: whose form it is


@pytest.mark.parametrize(
    ("meta", "what"),
    [
        ({"unit": "PPR"}, ["unit"]),
        ({"unit": "PPR", "perintah": "002/2026"}, ["unit"]),
        ({"periode": "2026-TW2", "unit": "PPR"}, ["unit", "periode"]),
        ({"form": "pegawai"}, ["form"]),
        ({"versi": "0"}, ["versi"]),
        ({"perintah": "002/2026"}, ["perintah"]),
    ],
)
def test_file_of_another_kind_is_named_alone(meta: dict[str, str], what: list[str]):
    sheet = sheet_of("PPA", {"I10": "rusak"})

    checked = check_unit("PPA", sheet=replace(sheet, meta={**sheet.meta, **meta}))

    assert [finding.args["what"] for finding in checked.findings] == what
    assert {finding.code for finding in checked.findings} == {"E01"}
    assert checked.rows == ()


def test_file_of_another_unit_names_both_units():
    checked = check_unit("PPA", sheet=sheet_of("PPR"))

    assert only(checked).args == {"what": "unit", "expected": "PPA", "found": "PPR"}


def test_workbook_without_the_form_is_refused():
    sheet = as_sheet({"A1": cell_of("A1", "Daftar hadir rapat")}, {})

    assert only(check_unit("KBK", sheet=sheet)).args["what"] == "judul"


def test_empty_workbook_is_refused():
    assert only(check_unit("KBK", sheet=Sheet("Sheet1", ()))).args["what"] == "judul"


def test_header_below_row_forty_is_not_looked_for():
    cells = form_cells(INDIKATOR, indicators_of("KBK"), FILLED, QUARTER)
    moved = {f"{key[0]}{int(key[1:]) + 40}": cell for key, cell in cells.items()}

    checked = check_unit("KBK", sheet=as_sheet(moved, {}))

    assert only(checked).args["what"] == "judul"


def test_sheet_without_the_column_realisasi_names_it():
    checked = check_unit("KBK", {"I9": "Catatan"})

    assert only(checked).args == {
        "what": "kolom",
        "expected": "Realisasi s.d. TW",
        "found": "",
    }


def test_codes_of_another_unit_in_a_copied_workbook_are_named():
    sheet = replace(sheet_of("PPR"), meta={})

    finding = only(check_unit("PPA", sheet=sheet))

    assert (finding.code, finding.cell) == ("E01", "B10")
    assert finding.args == {"what": "unit", "expected": "PPA", "found": "PPR-01"}


def test_copied_workbook_without_any_row_is_refused():
    cells = form_cells(INDIKATOR, [], {}, QUARTER) | {"I10": cell_of("I10", Decimal(5))}

    assert only(check_unit("PPA", sheet=as_sheet(cells, {}))).args["what"] == "isi"


def test_copied_workbook_with_matching_codes_is_read_with_a_warning():
    checked = check_unit("SEK", sheet=replace(sheet_of("SEK"), meta={}))

    assert told(checked) == [("W05", "", "")]
    assert checked.rows == isian_of("SEK")


# E02: rows lost, added, doubled


def test_lost_row_is_named():
    sheet = sheet_of("SEK")
    shorter = replace(sheet, rows=tuple(row for row in sheet.rows if row[0] != 12))

    finding = only(check_unit("SEK", sheet=shorter))

    assert (finding.code, finding.cell, finding.kode) == ("E02", "", "SEK-03")
    assert finding.args["reason"] == "missing"


def test_row_of_a_code_nobody_knows_is_named():
    finding = only(check_unit("SEK", {"B17": "SEK-08", "I17": Decimal(5)}))

    assert (finding.code, finding.cell, finding.value) == ("E02", "B17", "SEK-08")
    assert finding.args["reason"] == "unknown"


def test_row_with_figures_but_no_code_is_named():
    finding = only(check_unit("SEK", {"D17": "Indikator tambahan", "I17": "12,5"}))

    assert (finding.code, finding.cell, finding.args["reason"]) == ("E02", "I17", "uncoded")


def test_same_code_twice_is_named_at_the_second():
    finding = only(check_unit("SEK", {"B17": "sek-03", "I17": Decimal(70)}))

    assert (finding.code, finding.cell, finding.kode) == ("E02", "B17", "SEK-03")
    assert finding.args["reason"] == "doubled"


def test_changed_code_is_known_by_the_indicators_name():
    checked = check_unit("SEK", {"B12": "SEK-3"})

    finding = only(checked)
    assert (finding.code, finding.cell, finding.value) == ("E10", "B12", "SEK-3")
    assert finding.args["expected"] == "SEK-03"
    assert isian(checked, "SEK-03").realisasi == Decimal("63.80")


# E03 to E06: the figure


@pytest.mark.parametrize(
    ("cell", "code", "args"),
    [
        ("9 dok", "E04", {"reason": "text", "suggestion": "9", "example": "9"}),
        ("n.b.", "E04", {"reason": "text", "example": "3.912"}),
        ("9" * 4000, "E04", {"reason": "too_long", "example": "3.912"}),
        ("１２", "E04", {"reason": "foreign_digits", "example": "3.912"}),
        (Cell("I15", "error", "#DIV/0!"), "E04", {"reason": "error", "example": "3.912"}),
        (
            Cell("I15", "formula", formula="=A1"),
            "E04",
            {"reason": "formula", "example": "3.912"},
        ),
        (Cell("I15", "date", "2026-09-03"), "E04", {"reason": "date", "example": "3.912"}),
        (Cell("I15", "bool", "TRUE"), "E04", {"reason": "bool", "example": "3.912"}),
        (Cell("I15", "picture"), "E04", {"reason": "picture", "example": "3.912"}),
        ("12 ribu", "E05", {"example": "12.000", "words": "12.000"}),
        (
            Decimal(-5),
            "E04",
            {"reason": "negative", "satuan": "dokumen", "example": "3.912"},
        ),
        (Decimal("1E+300"), "E04", {"reason": "too_big", "example": "3.912"}),
        (
            Decimal("3.912"),
            "E05",
            {"example": "3.912", "thousands": "3.912", "only": "3.912"},
        ),
        ("2,5", "E05", {"example": "3.912", "decimal": "2,5"}),
        (None, "E03", {"example": "3.912"}),
    ],
)
def test_figure_of_whole_things_is_refused_with_its_reason(
    cell: Cell | str | Decimal | None, code: str, args: dict[str, str]
):
    finding = only(check_unit("SEK", {"I15": cell}))

    assert (finding.code, finding.cell, finding.kode) == (code, "I15", "SEK-06")
    assert finding.args == args


@pytest.mark.parametrize("address", ["L15", "M15", "N15"])
def test_a_picture_among_the_words_is_refused_as_a_picture(address: str):
    finding = only(check_unit("SEK", {address: Cell(address, "picture")}))

    assert (finding.code, finding.cell, finding.args) == ("E04", address, {"reason": "picture"})


def test_long_text_is_cut_in_the_finding():
    finding = only(check_unit("SEK", {"I15": "x" * 300}))

    assert len(finding.value) == 40
    assert finding.value.endswith("…")


def test_huge_number_is_shown_as_it_was_read():
    assert only(check_unit("SEK", {"I15": Decimal("1E+300")})).value == "1E+300"


@pytest.mark.parametrize("value", ["-0,01", "100,01"])
def test_proportion_outside_its_limits_is_refused(value: str):
    finding = only(check_unit("SEK", {"I13": value}))

    assert (finding.code, finding.cell) == ("E06", "I13")
    assert (finding.args["min"], finding.args["max"]) == ("0", "100")


def test_a_rule_that_the_form_does_not_hold_loses_no_row():
    form = INDIKATOR.model_copy(update={"rules": INDIKATOR.rules - {"E06"}})
    sheet = sheet_of("SEK", {"I13": "100,01"})
    own = indicators_of("SEK")

    checked = check(form, own, QUARTER, sheet, expected("SEK"), {}, grading=GRADING)

    assert checked.errors == ()
    assert isian(checked, "SEK-04").realisasi == Decimal("100.01")


@pytest.mark.parametrize("value", ["0", "100", "100,00"])
def test_limits_themselves_are_allowed(value: str):
    assert check_unit("SEK", {"I13": value}).findings == ()


def test_grouped_figure_is_told_as_read():
    checked = check_unit("KBK", {"I16": "11.853"})

    (note,) = checked.notes
    assert (note.code, note.cell, note.value) == ("N01", "I16", "11.853")
    assert note.args == {"reading": "11.853", "note": "grouped"}
    assert isian(checked, "KBK-07").notes == ("grouped",)


def test_decimal_dot_is_read_with_a_warning():
    checked = check_unit("DAL", {"I10": "2.24"})

    finding = only(checked)
    assert (finding.code, finding.cell) == ("W04", "I10")
    assert finding.args == {"reading": "2,24", "note": "dot_decimal"}
    assert isian(checked, "DAL-01").realisasi == Decimal("2.24")


def test_percent_format_counts_times_100_with_a_warning():
    checked = check_unit("SEK", {"I13": percent("I13", "0.9")})

    finding = only(checked)
    assert (finding.code, finding.value) == ("W04", "90%")
    assert finding.args == {"reading": "90,00", "note": "percent_format"}
    assert isian(checked, "SEK-04").realisasi == Decimal("90.00")


def test_rounding_is_told():
    checked = check_unit("SEK", {"I13": "89,996"})

    (note,) = checked.notes
    assert note.args == {"reading": "90,00", "note": "rounded"}


def test_formula_with_a_saved_value_is_taken():
    cell = Cell("I15", "number", "9", Decimal(9), formula="=4+5")

    assert check_unit("SEK", {"I15": cell}).findings == ()


# E09, E10: what was issued and what is computed


@pytest.mark.parametrize(
    "cell",
    ["4.800", "4800", "4.800,00", Decimal("4800.0"), Cell("H12", "number", "4800", Decimal(4800))],
)
def test_target_that_says_the_same_is_no_change(cell: Cell | str | Decimal):
    assert errors(check_unit("KBK", {"H12": cell})) == []


@pytest.mark.parametrize("cell", ["5.000", Decimal("4.8"), Decimal("4800.4"), None, "banyak", "-"])
def test_changed_target_is_refused(cell: str | Decimal | None):
    finding = check_unit("KBK", {"H12": cell}).errors[0]

    assert (finding.code, finding.cell, finding.kode) == ("E09", "H12", "KBK-03")
    assert finding.args == {"expected": "4.800"}


def test_changed_target_of_the_year_is_refused():
    finding = only(check_unit("PPR", {"G12": Decimal(5)}))

    assert (finding.code, finding.cell, finding.column) == ("E09", "G12", "Target Tahun")


def test_target_changed_in_the_third_decimal_is_refused():
    assert errors(check_unit("PPR", {"H12": Decimal("10.004")})) == [("E09", "H12", "PPR-03")]


def test_target_with_percent_format_says_the_same():
    assert check_unit("PPR", {"H12": percent("H12", "0.1")}).findings == ()


def open_target() -> Indicator:
    return replace(INDICATORS[0], targets=(None, None, None, None))


@pytest.mark.parametrize(("cell", "found"), [(None, []), ("-", []), (Decimal(5), ["E09"])])
def test_open_target_stays_open(cell: str | Decimal | None, found: list[str]):
    indicator = open_target()
    cells = form_cells(INDIKATOR, [indicator], FILLED, QUARTER) | {"H10": cell_of("H10", cell)}
    due = expected("SEK", [indicator.kode])

    checked = check(
        INDIKATOR,
        [indicator],
        QUARTER,
        as_sheet(cells, issue_meta(INDIKATOR, due)),
        due,
        {},
        grading=GRADING,
    )

    assert [finding.code for finding in checked.findings] == found


@pytest.mark.parametrize(
    ("address", "column"),
    [("C12", "Sasaran"), ("D12", "Indikator"), ("E12", "Satuan"), ("F12", "Arah")],
)
def test_changed_text_of_a_locked_column_is_refused(address: str, column: str):
    finding = only(check_unit("SEK", {address: "lain"}))

    assert (finding.code, finding.cell, finding.column) == ("E10", address, column)
    assert (finding.value, finding.args["reason"]) == ("lain", "changed")


def test_emptied_unit_of_measure_is_refused():
    assert errors(check_unit("SEK", {"E12": None})) == [("E10", "E12", "SEK-03")]


def test_merged_sasaran_leaves_the_rows_below_empty():
    assert check_unit("SEK", {"C11": None, "C12": None}).findings == ()


def test_case_spaces_and_kind_of_dash_do_not_matter():
    edits = {
        "B12": " sek–03 ",
        "D12": "persentase  Realisasi\u00a0anggaran perangkat daerah",
        "F17": None,
    }

    assert check_unit("SEK", edits).findings == ()


def test_true_minus_in_the_direction_is_no_change():
    assert check_unit("DAL", {"F10": "−"}).errors == ()


@pytest.mark.parametrize("cell", [None, "97,85", "97,85%", Decimal("97.8472"), Decimal("97.85")])
def test_capaian_that_equals_ours_may_stand_as_a_constant(cell: str | Decimal | None):
    assert check_unit("SEK", {"J10": cell}).findings == ()


def test_capaian_as_a_share_with_percent_format_is_understood():
    assert check_unit("SEK", {"J10": percent("J10", "0.978472")}).findings == ()


@pytest.mark.parametrize("cell", [Decimal(100), "100", "bagus", Cell("J10", "error", "#REF!")])
def test_capaian_overwritten_by_another_value_is_refused(cell: Cell | str | Decimal):
    finding = only(check_unit("SEK", {"J10": cell}))

    assert (finding.code, finding.cell, finding.column) == ("E10", "J10", "Capaian")
    assert finding.args["expected"] == "97,85"


def test_capaian_is_not_judged_while_the_figure_cannot_be_read():
    assert errors(check_unit("SEK", {"I10": "7O,4x", "J10": Decimal(3)})) == [
        ("E04", "I10", "SEK-01")
    ]


@pytest.mark.parametrize(("cell", "found"), [("n/a", []), ("-", []), (Decimal(50), ["E10"])])
def test_capaian_of_a_figure_not_available_is_not_available(cell: str | Decimal, found: list[str]):
    checked = check_unit("DAL", {"J12": cell})

    assert [finding.code for finding in checked.findings] == found


@pytest.mark.parametrize(
    ("address", "cell", "found"),
    [
        ("K10", "Sangat Tinggi", []),
        ("K10", "SANGAT TINGGI", []),
        ("K10", "Tinggi", ["E10"]),
        ("K12", "-", []),
        ("K12", "n/a", []),
        ("K12", "Tinggi", ["E10"]),
    ],
)
def test_category_may_stand_as_ours(address: str, cell: str, found: list[str]):
    checked = check_unit("DAL", {address: cell})

    assert [finding.code for finding in checked.findings] == found


def test_capaian_follows_the_formula_of_the_office():
    by_ratio = GRADING._replace(rumus_negatif="rasio")
    sheet = sheet_of("DAL", {"J10": "98,21"})

    checked = check(
        INDIKATOR, indicators_of("DAL"), QUARTER, sheet, expected("DAL"), {}, grading=by_ratio
    )

    assert checked.findings == ()


def test_column_headed_twice_is_refused():
    finding = only(check_unit("SEK", {"O9": "Realisasi s.d. TW"}))

    assert (finding.code, finding.cell, finding.args["reason"]) == ("E10", "O9", "doubled")


# E11, E12, E14


def test_not_available_needs_a_note():
    finding = only(check_unit("DAL", {"N12": None}))

    assert (finding.code, finding.cell, finding.kode) == ("E11", "N12", "DAL-03")
    assert (finding.column, finding.args) == ("Keterangan", {"reason": "na"})


def test_dash_is_no_note():
    assert errors(check_unit("DAL", {"N12": "-"})) == [("E11", "N12", "DAL-03")]


def test_missing_note_column_is_pointed_out_at_the_figure():
    checked = check_unit("DAL", {"N9": None, "N12": None})

    assert errors(checked) == [("E11", "I12", "DAL-03")]
    assert [note.code for note in checked.notes] == ["N03"]


def zero_target() -> Indicator:
    return replace(indicators_of("PPA")[5], target_tahun=Decimal(0), targets=(Decimal(0),) * 4)


@pytest.mark.parametrize(("value", "found"), [(Decimal(0), []), (Decimal(3), ["E11"])])
def test_missing_a_target_of_nought_needs_a_note(value: Decimal, found: list[str]):
    indicator = zero_target()
    due = expected("PPA", [indicator.kode])
    filled = {indicator.kode: Isian(indicator.kode, value)}
    cells = form_cells(INDIKATOR, [indicator], filled, QUARTER)

    checked = check(
        INDIKATOR,
        [indicator],
        QUARTER,
        as_sheet(cells, issue_meta(INDIKATOR, due)),
        due,
        {},
        grading=GRADING,
    )

    assert [finding.code for finding in checked.errors] == found


@pytest.mark.parametrize(
    "heading", ["Nama Korban", "NIK", "N I K / NIK korban", "ALAMAT KORBAN", "No. KK", "alamat"]
)
def test_column_with_data_of_victims_is_refused(heading: str):
    finding = only(check_unit("PPA", {"O9": heading, "O10": "Rahasia", "I15": Decimal(30)}))

    assert (finding.code, finding.cell, finding.value) == ("E12", "O9", heading)


def test_what_stands_in_a_forbidden_column_is_never_repeated():
    checked = check_unit("PPA", {"O9": "Nama Korban", "O10": "Rahasia"})

    assert "Rahasia" not in repr(checked)


@pytest.mark.parametrize("heading", ["Kendala Teknik", "Unik", "Realisasi TW II", "Catatan kami"])
def test_other_further_columns_are_ignored(heading: str):
    assert check_unit("SEK", {"O9": heading, "O10": "apa saja"}).findings == ()


def test_text_over_2000_characters_is_refused_at_its_cell():
    checked = check_unit("SEK", {"N10": "x" * 2001})

    finding = only(checked)
    assert (finding.code, finding.cell, finding.column) == ("E14", "N10", "Keterangan")
    assert finding.args == {"limit": "2000", "length": "2001"}
    assert len(finding.value) == 40


def test_overlong_note_of_a_missing_figure_is_one_finding():
    assert errors(check_unit("DAL", {"N12": "x" * 2001})) == [("E14", "N12", "DAL-03")]


def test_column_without_a_limit_of_its_own_takes_2000_characters():
    columns = tuple(column.model_copy(update={"max_length": None}) for column in INDIKATOR.columns)
    form = INDIKATOR.model_copy(update={"columns": columns})
    sheet = sheet_of("SEK", {"N10": "x" * 2001})

    checked = check(
        form, indicators_of("SEK"), QUARTER, sheet, expected("SEK"), {}, grading=GRADING
    )

    assert errors(checked) == [("E14", "N10", "SEK-01")]


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (Cell("L10", "error", "#NAME?"), "error"),
        (Cell("L10", "formula", formula="=A1"), "formula"),
    ],
)
def test_text_cell_without_a_text_is_refused(cell: Cell, reason: str):
    finding = only(check_unit("SEK", {"L10": cell}))

    assert (finding.code, finding.cell, finding.args) == ("E04", "L10", {"reason": reason})


def test_texts_are_cleaned():
    dirty = "  Laporan\x07 balai\u202e \ud800 KB\u00a0Luwuk\r\n\r\n September e\u0301 "

    checked = check_unit("SEK", {"L10": dirty})

    assert isian(checked, "SEK-01").sumber == "Laporan balai KB Luwuk\nSeptember é"


def test_formula_text_and_number_and_date_are_kept_as_text():
    edits = {
        "L10": Cell("L10", "text", "=cmd|' /C calc'!A1"),
        "M10": cell_of("M10", Decimal(2026)),
        "N10": Cell("N10", "date", "2026-09-30T00:00:00"),
    }

    row = isian(check_unit("SEK", edits), "SEK-01")

    assert (row.sumber, row.bukti, row.keterangan) == ("=cmd|' /C calc'!A1", "2026", "30-09-2026")


# W02, W03: against the last period


def doubts(unit: str, former: dict[str, Decimal]) -> list[tuple[str, str]]:
    found = check_unit(unit, former=former).findings
    return [(finding.code, finding.kode) for finding in found if finding.code != "W01"]


@pytest.mark.parametrize(
    ("kode", "former", "code"),
    [
        ("KBK-03", "4000", ["W02"]),
        ("KBK-03", "3912", []),
        ("KBK-03", "2600", ["W03"]),
        ("KBK-03", "2608", []),
        ("KBK-04", "21.90", []),
        ("KBK-04", "14.00", ["W03"]),
        ("KBK-04", "43.00", ["W03"]),
        ("KBK-04", "0", []),
    ],
)
def test_figure_is_held_against_the_last_period(kode: str, former: str, code: list[str]):
    assert doubts("KBK", {kode: Decimal(former)}) == [(found, kode) for found in code]


def test_warning_names_both_figures():
    finding = check_unit("KBK", former={"KBK-03": Decimal(4000)}).findings[0]

    assert (finding.code, finding.cell) == ("W02", "I12")
    assert finding.args == {"reading": "3.912", "former": "4.000"}


def growing(targets: tuple[int, int, int, int]) -> Indicator:
    goals = tuple(Decimal(goal) for goal in targets)
    return replace(indicators_of("KBK")[2], targets=goals)


def codes_for(indicator: Indicator, quarter: int, former: str) -> list[str]:
    due = Expected("KBK", f"2026-TW{quarter}", "001/2026", "1", frozenset({indicator.kode}))
    cells = form_cells(INDIKATOR, [indicator], FILLED, quarter)
    checked = check(
        INDIKATOR,
        [indicator],
        quarter,
        as_sheet(cells, issue_meta(INDIKATOR, due)),
        due,
        {indicator.kode: Decimal(former)},
        grading=GRADING,
    )
    return [finding.code for finding in checked.findings]


def test_running_total_that_grows_as_its_target_does_is_no_jump():
    assert codes_for(growing((1600, 2000, 4000, 6400)), 3, "1950") == []


def test_running_total_that_outgrows_its_target_is_a_jump():
    assert codes_for(growing((1600, 3800, 4000, 6400)), 3, "1950") == ["W03"]


def test_running_total_starts_again_in_the_first_quarter():
    assert codes_for(growing((4000, 5000, 6000, 7000)), 1, "6000") == []


# Parts of a unit


def test_rows_of_colleagues_may_stay_empty():
    part = ["KBK-08", "KBK-09"]
    edits = {f"{letter}{row}": None for letter in "ILMN" for row in range(10, 17)}

    checked = check_unit("KBK", edits, part=part)

    assert checked.findings == ()
    assert [row.kode for row in checked.rows] == part
    assert checked.others == ()


def test_rows_of_colleagues_that_are_filled_come_separately():
    edits = {f"{letter}{row}": None for letter in "IN" for row in range(11, 17)}

    checked = check_unit("KBK", edits, part=["KBK-08", "KBK-09"])

    assert [row.kode for row in checked.rows] == ["KBK-08", "KBK-09"]
    assert [row.kode for row in checked.others] == ["KBK-01"]


def test_lost_rows_of_colleagues_are_not_missed():
    sheet = sheet_of("KBK")
    own = replace(sheet, rows=tuple(row for row in sheet.rows if row[0] in (9, 17, 18)))

    checked = check_unit("KBK", part=["KBK-08", "KBK-09"], sheet=own)

    assert checked.findings == ()


def test_wrong_figure_in_a_colleagues_row_is_told_too():
    assert errors(check_unit("KBK", {"I10": "x"}, part=["KBK-08"])) == [("E04", "I10", "KBK-01")]


def test_row_with_an_error_is_left_out_of_the_rows():
    checked = check_unit("SEK", {"I10": "x"})

    assert [row.kode for row in checked.rows] == [row.kode for row in isian_of("SEK")[1:]]


# Human variation


def moved_columns() -> Sheet:
    """The columns the other way round, headed in capitals, in row 3, a column between."""
    sheet = sheet_of("SEK")
    order = {letter: chr(ord("P") - index) for index, letter in enumerate("ABCDEFGHIJKLMN")}
    rows = tuple(
        (
            row - 6,
            {
                order[letter]: replace(
                    cell,
                    address=f"{order[letter]}{row - 6}",
                    text=cell.text.upper() if row == 9 else cell.text,
                )
                for letter, cell in cells.items()
            },
        )
        for row, cells in sheet.rows
    )
    return replace(sheet, rows=rows)


def test_reordered_columns_headed_in_capitals_are_understood():
    checked = check_unit("SEK", sheet=moved_columns())

    assert checked.findings == ()
    assert checked.rows == isian_of("SEK")
    assert checked.cells["SEK-01"]["realisasi"] == "H4"


@pytest.mark.parametrize(
    "heading",
    ["realisasi  S.D. tw", "Realisasi s.d. TW III", "Realisasi s.d. TW 3 2026", "Realisasi"],
)
def test_heading_may_vary_a_little(heading: str):
    assert check_unit("SEK", {"I9": heading}).findings == ()


def test_full_heading_beats_the_short_name_in_an_inserted_column():
    checked = check_unit("SEK", {"A9": "Realisasi", "O9": "(%)"})

    assert checked.findings == ()
    assert checked.letters["realisasi"] == "I"


def test_missing_optional_columns_are_told_and_forgiven():
    checked = check_unit("SEK", {"C9": None, "L9": None})

    assert checked.findings == ()
    assert [(note.code, note.column) for note in checked.notes] == [
        ("N03", "Sasaran"),
        ("N03", "Sumber Data"),
    ]


def test_sheet_without_names_of_indicators_is_read_by_its_codes():
    edits = {"D9": None, "B17": "SEK-08", "I17": Decimal(1)}

    assert errors(check_unit("SEK", edits)) == [("E02", "B17", "")]


def test_notes_under_the_table_are_ignored_and_told():
    edits = {"B20": "Luwuk, 30 September 2026", "D21": "Catatan: angka sementara"}

    checked = check_unit("SEK", edits)

    assert checked.findings == ()
    assert [(note.code, note.cell, note.value) for note in checked.notes] == [
        ("N02", "B20", "Luwuk, 30 September 2026"),
        ("N02", "D21", "Catatan: angka sementara"),
    ]


def test_numbered_but_empty_rows_are_ignored():
    edits = {"A17": Decimal(8), "J17": Cell("J17", "text", "", formula='=IF(I17="","",1)')}

    checked = check_unit("SEK", edits)

    assert (checked.findings, checked.notes) == ((), ())


def moved(row: int, cells: Mapping[str, Cell]) -> tuple[int, Mapping[str, Cell]]:
    return row, {letter: replace(cell, address=f"{letter}{row}") for letter, cell in cells.items()}


def test_rows_may_stand_in_another_order_and_apart():
    sheet = sheet_of("SEK")
    head, *body = sheet.rows
    shuffled = tuple(moved(40 - 2 * number, cells) for number, (_, cells) in enumerate(body))

    checked = check_unit("SEK", sheet=replace(sheet, rows=(head, *sorted(shuffled))))

    assert checked.findings == ()
    assert {row.kode: row for row in checked.rows} == {row.kode: row for row in isian_of("SEK")}


# Another form


def third_form() -> Form:
    """Columns No, Kode, Uraian, Satuan, Target, Realisasi, Catatan; no direction, no capaian."""
    columns = [
        ("nomor", "No", "terbit"),
        ("kode", "Kode", "terbit"),
        ("indikator", "Uraian", "terbit"),
        ("satuan", "Satuan", "terbit"),
        ("target", "Target", "terbit"),
        ("realisasi", "Realisasi", "isi"),
        ("keterangan", "Catatan", "isi"),
    ]
    return Form.model_validate(
        {
            "kode": "sarana",
            "versi": "2",
            "judul": "FORMULIR SARANA",
            "nama": "Sarana",
            "baris_judul": 3,
            "baris_data": 4,
            "lembar_meta": "_sigap",
            "aturan": ["E01", "E02", "E03", "E04", "E05", "E11"],
            "kolom": [
                {
                    "peran": role,
                    "judul": heading,
                    "nama": heading,
                    "sumber": source,
                    "lebar": 10,
                    "wajib": heading == "Catatan",
                }
                for role, heading, source in columns
            ],
        }
    )


def check_third(values: dict[str, Isian], edits: dict[str, str]) -> Checked:
    form = third_form()
    indicators = [replace(row, kode=f"S.{number}") for number, row in enumerate(INDICATORS[:3])]
    due = Expected("SEK", "2026-TW3", "003/2026", form.version, frozenset({"S.0", "S.1", "S.2"}))
    cells = form_cells(form, indicators, values, QUARTER)
    cells |= {address: cell_of(address, text) for address, text in edits.items()}
    sheet = as_sheet(cells, issue_meta(form, due))
    return check(form, indicators, QUARTER, sheet, due, {}, grading=Grading(GRADING.scale))


def test_another_form_runs_through_the_same_checks():
    values = {
        "S.0": Isian("S.0", Decimal(70), keterangan="baik"),
        "S.1": Isian("S.1", is_na=True, keterangan="belum dinilai"),
        "S.2": Isian("S.2", Decimal(50)),
    }

    checked = check_third(values, {"F4": "7O", "E5": "1"})

    assert [(finding.code, finding.cell, finding.column) for finding in checked.findings] == [
        ("E04", "F4", "Realisasi"),
        ("E03", "G6", "Catatan"),
    ]
    assert [row.kode for row in checked.rows] == ["S.1"]


def test_code_of_another_build_is_recognised_by_its_shape():
    values = {f"S.{n}": Isian(f"S.{n}", Decimal(70), keterangan="baik") for n in range(3)}

    checked = check_third(values, {"B8": "S.9", "C9": "Catatan kaki"})

    assert errors(checked) == [("E02", "B8", "")]
    assert [note.cell for note in checked.notes] == ["C9"]


def test_form_without_a_note_column_takes_not_available_without_note():
    columns = tuple(c for c in INDIKATOR.columns if c.role != "keterangan")
    form = INDIKATOR.model_copy(update={"columns": columns})
    sheet = sheet_of("DAL", {"N12": None})

    checked = check(
        form, indicators_of("DAL"), QUARTER, sheet, expected("DAL"), {}, grading=GRADING
    )

    assert errors(checked) == []


# Words


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\tb", "a b"),
        ("a\x00b\u200bc", "abc"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("e\u0301", "é"),
        ("\u202ekanan", "kanan"),
        ("a \n\n\n b", "a\nb"),
    ],
)
def test_text_is_cleaned(text: str, cleaned: str):
    assert clean_text(text) == cleaned


@given(st.text())
def test_cleaned_text_is_clean_already(text: str):
    once = clean_text(text)

    assert clean_text(once) == once
    assert "\x00" not in once


def test_cut_text_is_one_line():
    assert cut("satu\ndua") == "satu dua"
    assert cut("x" * 40) == "x" * 40


texts = st.text(max_size=30) | st.sampled_from(["n/a", "KBK-03", "1.250", "#N/A", "=A1"])
cells = st.one_of(
    texts.map(lambda text: Cell("", "text", text)),
    st.decimals(allow_nan=True, allow_infinity=True).map(
        lambda value: Cell("", "number", str(value), value, format="0%")
    ),
    st.sampled_from(
        [Cell("", "error", "#REF!"), Cell("", "bool", "TRUE"), Cell("", "formula", formula="=1")]
    ),
)
addresses = st.tuples(st.sampled_from("ABCDEFGHIJKLMNO"), st.integers(8, 20)).map(
    lambda place: f"{place[0]}{place[1]}"
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(addresses, cells, max_size=8))
def test_no_sheet_stops_the_check_and_no_row_is_lost_unseen(edits: dict[str, Cell]):
    placed = {address: replace(cell, address=address) for address, cell in edits.items()}

    checked = check_unit("KBK", placed)

    accepted = {row.kode for row in checked.rows}
    assert checked.errors or accepted == {row.kode for row in isian_of("KBK")}
