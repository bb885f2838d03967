"""The marked sheet: his cells where they were, the wrong ones red, and it can come back."""

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from flows.forms.form import Cell, Sheet
from reports.reading.sheets import read_sheet
from reports.workbooks.columns import RED
from reports.workbooks.formbook import write_form
from reports.workbooks.markedbook import write_marked
from tests.flows.sample import isian_of
from tests.reports.examples import form_data, marked_data


@pytest.fixture
def sheet(tmp_path: Path) -> Sheet:
    """A filled form whose I12 holds no figure and whose L10 looks like a formula."""
    path = tmp_path / "form.xlsx"
    write_form(path, form_data("KBK", isian_of("KBK")))
    book = openpyxl.load_workbook(path)
    book["KBK"]["I12"] = "3.9l2"
    book["KBK"]["L10"] = "'=1+1"
    book["KBK"]["L11"] = "=1+1"
    book.save(path)
    reading = read_sheet(path)
    assert isinstance(reading, Sheet)
    return reading


def test_wrong_cells_are_red_and_carry_their_remark(sheet: Sheet, tmp_path: Path) -> None:
    write_marked(tmp_path / "marked.xlsx", marked_data(sheet))

    cell = openpyxl.load_workbook(tmp_path / "marked.xlsx")["KBK"]["I12"]
    assert cell.value == "3.9l2"
    assert cell.fill.start_color.rgb == f"FF{RED[1:]}"
    assert cell.comment is not None
    assert "bukan angka" in cell.comment.text


def test_perbaikan_comes_first_and_lists_every_correction(sheet: Sheet, tmp_path: Path) -> None:
    write_marked(tmp_path / "marked.xlsx", marked_data(sheet))

    book = openpyxl.load_workbook(tmp_path / "marked.xlsx")
    assert book.sheetnames == ["Perbaikan", "KBK", "_sigap"]
    lines = list(book["Perbaikan"].iter_rows(values_only=True, max_row=2))
    assert lines[0][:4] == ("No", "Sel", "Kolom", "Kode")
    assert lines[1] == (1, "I12", "Realisasi", "KBK-03", "3.9l2", "Bukan angka", "3.912")


def test_the_marked_file_reads_as_the_sheet_it_came_from(sheet: Sheet, tmp_path: Path) -> None:
    write_marked(tmp_path / "marked.xlsx", marked_data(sheet))

    again = read_sheet(tmp_path / "marked.xlsx")

    assert isinstance(again, Sheet)
    assert again.name == "KBK"
    assert again.meta == sheet.meta
    assert _values(again) == _values(sheet)


def test_only_our_own_formulas_are_live(sheet: Sheet, tmp_path: Path) -> None:
    write_marked(tmp_path / "marked.xlsx", marked_data(sheet))

    worksheet = openpyxl.load_workbook(tmp_path / "marked.xlsx")["KBK"]
    live = {c.column_letter for row in worksheet.iter_rows() for c in row if c.data_type == "f"}
    assert live <= {"J", "K"}
    assert worksheet["L11"].value == "=1+1"
    assert worksheet["L11"].data_type == "s"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a/b", "a-b"), ("Perbaikan", "Data"), ("x" * 40, "x" * 31), ("_sigap", "Data")],
)
def test_a_sheet_name_no_workbook_may_have_is_changed(
    name: str, expected: str, sheet: Sheet, tmp_path: Path
) -> None:
    write_marked(tmp_path / "marked.xlsx", marked_data(replace(sheet, name=name)))

    assert openpyxl.load_workbook(tmp_path / "marked.xlsx").sheetnames[1] == expected


def test_a_sheet_without_a_header_is_still_shown(tmp_path: Path) -> None:
    cells = {"A": Cell("A1", "text", "belanja"), "C": Cell("C1", "date", "2026-11-24T00:00:00")}
    data = marked_data(Sheet("Catatan", ((1, cells),)))

    write_marked(
        tmp_path / "marked.xlsx", data.model_copy(update={"header_row": 0, "letters": {}})
    )

    worksheet = openpyxl.load_workbook(tmp_path / "marked.xlsx")["Catatan"]
    assert worksheet["A1"].value == "belanja"
    assert worksheet["I12"].comment is not None


def _values(sheet: Sheet) -> dict[str, str]:
    """What is shown in every cell; a formula without a value shows itself."""
    cells = (cell for _, row in sheet.rows for cell in row.values())
    return {cell.address: cell.text or cell.formula or "" for cell in cells}
