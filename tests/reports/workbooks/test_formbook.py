"""The unit's form: what is issued stands locked, what is to be filled is open and yellow."""

from decimal import Decimal
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from flows.forms.form import Sheet
from reports.reading.sheets import read_sheet
from reports.workbooks.columns import CLOSED, YELLOW
from reports.workbooks.formbook import checksum, write_form
from tests.flows.sample import isian_of
from tests.reports.examples import form_data
from tests.reports.libreoffice import needs_libreoffice, recomputed

FILLED = {"I", "L", "M", "N"}


def _written(folder: Path) -> openpyxl.Workbook:
    write_form(folder / "form.xlsx", form_data("KBK"))
    return openpyxl.load_workbook(folder / "form.xlsx")


def _sheet(book: openpyxl.Workbook) -> Worksheet:
    return book["KBK"]


def test_the_form_stands_first_and_the_meta_sheet_is_very_hidden(tmp_path: Path) -> None:
    book = _written(tmp_path)

    states = [(sheet.title, sheet.sheet_state) for sheet in book]
    assert states == [("KBK", "visible"), ("Petunjuk", "visible"), ("_sigap", "veryHidden")]


def test_headings_stand_in_row_9_and_indicators_from_row_10(tmp_path: Path) -> None:
    sheet = _sheet(_written(tmp_path))

    assert [cell.value for cell in sheet[9]] == [
        "No",
        "Kode",
        "Sasaran",
        "Indikator Kinerja",
        "Satuan",
        "Arah (+/−)",
        "Target Tahun",
        "Target s.d. TW",
        "Realisasi s.d. TW",
        "Capaian (%)",
        "Kategori",
        "Sumber Data",
        "Bukti Dukung",
        "Keterangan",
    ]
    assert [sheet.cell(row, 2).value for row in (10, 18, 19)] == ["KBK-01", "KBK-09", None]
    assert sheet["H12"].value == 4800


def test_titles_name_office_unit_period_and_order(tmp_path: Path) -> None:
    sheet = _sheet(_written(tmp_path))

    titles = [sheet.cell(row, 1).value for row in range(1, 8)]
    assert titles[3].startswith("Unit: KBK – Bidang Keluarga Berencana")
    assert titles[4:] == [
        "Periode: TW III 2026",
        "Nomor perintah: 001/2026",
        "Isi kolom kuning saja. Contoh angka: 1.234,56",
    ]


def test_only_the_yellow_columns_can_be_filled(tmp_path: Path) -> None:
    sheet = _sheet(_written(tmp_path))

    open_cells = {cell.column_letter for cell in sheet[10] if not cell.protection.locked}
    yellow = {c.column_letter for c in sheet[10] if c.fill.start_color.rgb == f"FF{YELLOW[1:]}"}
    assert sheet.protection.sheet
    assert open_cells == yellow == FILLED


def test_only_the_person_s_own_rows_are_yellow_and_open(tmp_path: Path) -> None:
    data = form_data("KBK").model_copy(update={"milik": ("KBK-08",)})
    write_form(tmp_path / "form.xlsx", data)
    sheet = _sheet(openpyxl.load_workbook(tmp_path / "form.xlsx"))

    def looks(row: int) -> set[tuple[bool, str]]:
        filled = (cell for cell in sheet[row] if cell.column_letter in FILLED)
        return {(cell.protection.locked, str(cell.fill.start_color.rgb)[2:]) for cell in filled}

    assert [sheet.cell(row, 2).value for row in (16, 17, 18)] == ["KBK-07", "KBK-08", "KBK-09"]
    assert looks(17) == {(False, YELLOW[1:])}
    assert looks(16) == looks(18) == {(True, CLOSED[1:])}


def test_it_is_read_as_the_unit_s_form_is(tmp_path: Path) -> None:
    whole = form_data("KBK", isian_of("KBK"))
    write_form(tmp_path / "whole.xlsx", whole)
    write_form(tmp_path / "own.xlsx", whole.model_copy(update={"milik": ("KBK-08",)}))

    assert read_sheet(tmp_path / "own.xlsx") == read_sheet(tmp_path / "whole.xlsx")


def test_a_prefilled_form_shows_the_current_values(tmp_path: Path) -> None:
    write_form(tmp_path / "form.xlsx", form_data("KBK", isian_of("KBK")))

    sheet = openpyxl.load_workbook(tmp_path / "form.xlsx", data_only=True)["KBK"]

    row = [sheet.cell(14, column).value for column in (9, 10, 11)]
    assert row == [4.1, 154.44, "Sangat Tinggi"]


def test_the_same_data_give_the_same_bytes(tmp_path: Path) -> None:
    write_form(tmp_path / "a.xlsx", form_data("KBK"))
    write_form(tmp_path / "b.xlsx", form_data("KBK"))

    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_the_checksum_follows_what_was_issued_and_not_what_is_filled() -> None:
    empty, filled = form_data("KBK"), form_data("KBK", isian_of("KBK"))

    assert checksum(empty) == checksum(filled)
    assert checksum(empty) != checksum(form_data("PPA"))


@needs_libreoffice
def test_a_form_filled_and_saved_by_libreoffice_computes_and_reads_right(tmp_path: Path) -> None:
    write_form(tmp_path / "form.xlsx", form_data("KBK"))
    book = openpyxl.load_workbook(tmp_path / "form.xlsx")
    book["KBK"]["I12"] = 3912
    book["KBK"]["I11"] = 13.2
    book["KBK"]["I13"] = "n/a"
    book.save(tmp_path / "filled.xlsx")

    sheet = read_sheet(recomputed(tmp_path / "filled.xlsx", tmp_path))

    assert isinstance(sheet, Sheet)
    rows = dict(sheet.rows)
    assert (rows[12]["J"].number, rows[12]["K"].text) == (Decimal("81.5"), "Tinggi")
    assert (rows[11]["J"].number, rows[11]["K"].text) == (Decimal("85.22"), "Tinggi")
    assert (rows[13]["J"].text, rows[13]["K"].text) == ("n/a", "-")
    assert (rows[14]["J"].kind, rows[14]["K"].kind) == ("formula", "formula")
    assert sheet.meta["kode"] == "3F9A-07C2"


def test_excel_itself_guides_the_filling(tmp_path: Path) -> None:
    write_form(tmp_path / "form.xlsx", form_data("KBK"))

    book = openpyxl.load_workbook(tmp_path / "form.xlsx")

    rules = {str(rule.sqref): rule for rule in book["KBK"].data_validations.dataValidation}
    figures, sources = rules["I10:I18"], rules["L10:L18"]
    assert (figures.type, figures.errorStyle) == ("custom", "warning")
    assert figures.formula1 == 'OR(ISNUMBER(I10),LOWER(TRIM(I10))="n/a")'
    assert (sources.type, sources.showErrorMessage) == ("list", False)
    assert "Laporan bidang" in sources.formula1
    help_rows = list(book["Petunjuk"].iter_rows(min_row=5, values_only=True))
    assert help_rows[8][2] == "3.912"


def test_the_hidden_sheet_names_the_paper_the_form_is(tmp_path: Path) -> None:
    write_form(tmp_path / "form.xlsx", form_data("KBK"), "8C41-E2B7")

    meta = dict(openpyxl.load_workbook(tmp_path / "form.xlsx")["_sigap"].values)
    assert {"perintah", "unit", "periode", "form", "versi", "kode", "checksum"} <= meta.keys()
    assert meta["kode"] == "8C41-E2B7"
