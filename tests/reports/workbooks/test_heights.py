"""Rows are as high as their wrapped texts, whatever program opens the workbook."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from flows.forms.form import Sheet
from flows.papers.facts import Correction, Table, TableColumn
from reports.reading.sheets import read_sheet
from reports.workbooks.formbook import write_form
from reports.workbooks.heights import HIGHEST, lines, row_height
from reports.workbooks.markedbook import write_marked
from reports.workbooks.rekapbook import write_rekap
from reports.workbooks.tables import TextTable, write_text_tables
from tests.flows.sample import isian_of
from tests.reports.examples import CREATED, form_data, issue, marked_data, rekap_data
from tests.reports.libreoffice import needs_libreoffice, printed
from tests.reports.pages import needs_pdftotext, pages_of

LONG = (
    "Koordinasi lintas bidang berjalan sesuai rencana; data balai penyuluhan dihimpun tiap bulan, "
    "dicocokkan dengan register peserta KB baru, lalu dilaporkan kepada Kepala Dinas. "
)
LEGIBLE = 8.0  # points of a line


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("", 10, 1),
        ("n/a", 5, 1),
        ("satu\ndua\ntiga", 30, 3),
        ("Laporan balai penyuluhan", 60, 1),
        ("Laporan balai penyuluhan", 14, 2),
        ("x" * 100, 10, 12),
    ],
)
def test_words_are_wrapped_where_the_column_ends(text: str, width: float, expected: int) -> None:
    assert abs(lines(text, width) - expected) <= (2 if expected > 3 else 0)


def test_no_row_is_higher_than_excel_allows() -> None:
    assert row_height([("kata " * 4000, 10)]) == HIGHEST


def _form(path: Path) -> None:
    rows = tuple(replace(row, keterangan=LONG, sumber=LONG[:60]) for row in isian_of("KBK"))
    write_form(path, form_data("KBK", rows))


def _rekap(path: Path) -> None:
    columns = (TableColumn(heading="Kode", width=8), TableColumn(heading="Alasan", width=30))
    table = Table(name="Jejak", columns=columns, rows=(("KBK-01", LONG), ("KBK-02", LONG)))
    write_rekap(path, rekap_data(tables=(table,)), issue())


def _marked(path: Path) -> None:
    _form(path)
    sheet = read_sheet(path)
    assert isinstance(sheet, Sheet)
    data = marked_data(sheet)
    (line,) = data.corrections
    write_marked(path, data.model_copy(update={"corrections": (replaced(line), line)}))


def replaced(line: Correction) -> Correction:
    return line.model_copy(update={"perbaikan": LONG})


def _texts(path: Path) -> None:
    rows = ((f"{n}", LONG) for n in range(3))
    write_text_tables(path, CREATED, [TextTable("Jejak", (("No", 5), ("Uraian", 30)), (*rows,))])


WORKBOOKS: dict[str, tuple[Callable[[Path], None], int]] = {
    "form": (_form, 9),
    "rekap": (_rekap, 2),
    "bertanda": (_marked, 2),
    "jejak": (_texts, 3),
}


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_long_text_makes_its_row_high(name: str, tmp_path: Path) -> None:
    write, most = WORKBOOKS[name]
    write(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")

    found = [
        sheet.row_dimensions[cell.row].height
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value == LONG.strip() or cell.value == LONG
    ]
    assert len(found) >= most
    assert all(height is not None and height > 40 for height in found)


@needs_libreoffice
@needs_pdftotext
@pytest.mark.parametrize("name", WORKBOOKS)
def test_libreoffice_prints_no_text_over_text(name: str, tmp_path: Path) -> None:
    write, _ = WORKBOOKS[name]
    write(tmp_path / "a.xlsx")

    shown = pages_of(printed(tmp_path / "a.xlsx", tmp_path))

    assert [pair for page in shown for pair in page.overlaps()] == []


@needs_libreoffice
@needs_pdftotext
def test_fourteen_columns_are_printed_at_a_legible_size(tmp_path: Path) -> None:
    _form(tmp_path / "a.xlsx")

    first = pages_of(printed(tmp_path / "a.xlsx", tmp_path))[0]

    heights = [word.bottom - word.top for word in first.words if word.text.startswith("KBK-0")]
    assert len(heights) >= 2
    assert min(heights) >= LEGIBLE
