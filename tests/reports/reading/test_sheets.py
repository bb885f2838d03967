"""Workbooks become sheets without losing, inventing or changing a cell."""

import sys
from decimal import Decimal
from pathlib import Path
from types import FrameType
from typing import Any

import openpyxl
import pytest

from flows.forms.form import Cell, Sheet, Unreadable
from reports.reading.sheetjson import (
    reading_from_json,
    reading_to_json,
)
from reports.reading.sheets import read_sheet
from reports.workbooks.formbook import write_form
from reports.workbooks.rekapbook import write_rekap
from tests.flows.sample import isian_of
from tests.reports import corpus
from tests.reports.examples import META, form_data, issue, rekap_data


def _read(folder: Path, data: bytes) -> Sheet | Unreadable:
    path = folder / "0f3a"
    path.write_bytes(data)
    return read_sheet(path)


def _saved(folder: Path, book: openpyxl.Workbook) -> Sheet | Unreadable:
    path = folder / "saved.xlsx"
    book.save(path)
    return read_sheet(path)


def _cell(reading: Sheet | Unreadable, address: str) -> Cell:
    assert isinstance(reading, Sheet), reading
    letter = address.rstrip("0123456789")
    return dict(reading.rows)[int(address[len(letter) :])][letter]


@pytest.mark.parametrize(("name", "text"), sorted(corpus.ACCEPTED.items()))
def test_honest_files_are_read_whole(name: str, text: str, tmp_path: Path) -> None:
    reading = _read(tmp_path, corpus.content(name))

    assert _cell(reading, "I10").text == text


@pytest.mark.parametrize("seed", range(60))
def test_damaged_bytes_are_refused_or_change_no_figure(seed: int, tmp_path: Path) -> None:
    reading = _read(tmp_path, corpus.noise(seed))

    assert isinstance(reading, Unreadable) or _cell(reading, "I10").text == "60.48"


def test_a_form_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    write_form(path, form_data("KBK", isian_of("KBK")))

    sheet = read_sheet(path)

    assert isinstance(sheet, Sheet)
    assert (sheet.name, sheet.sheets) == ("KBK", ("KBK", "Petunjuk"))
    assert META.items() <= sheet.meta.items()
    assert _cell(sheet, "I12").number == Decimal(3912)
    assert _cell(sheet, "I10").number == Decimal("60.48")
    capaian = _cell(sheet, "J14")
    assert capaian.number == Decimal("154.44")
    assert capaian.formula is not None
    assert capaian.formula.startswith("=IF(ISNUMBER(I14)")


def test_a_formula_without_a_value_is_told_from_an_empty_cell(tmp_path: Path) -> None:
    reading = _read(tmp_path, corpus.content("formula without value"))

    cell = _cell(reading, "I10")
    assert (cell.kind, cell.formula, cell.number) == ("formula", "=A10", None)


def test_a_shared_formula_is_moved_to_its_cell(tmp_path: Path) -> None:
    rows = (
        '<row r="10"><c r="A10"><f t="shared" ref="A10:A11" si="0">B10*2</f><v>2</v></c></row>'
        '<row r="11"><c r="A11"><f t="shared" si="0"/><v>4</v></c></row>'
    )

    reading = _read(tmp_path, corpus.with_sheet(corpus.sheet(rows)))

    assert _cell(reading, "A11").formula == "=B11*2"


def test_percent_formats_and_dates_keep_what_they_are(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = 0.85
    book.active["A1"].number_format = "0%"
    book.active["B1"] = 46000
    book.active["B1"].number_format = "dd/mm/yyyy"

    reading = _saved(tmp_path, book)

    assert (_cell(reading, "A1").number, _cell(reading, "A1").format) == (Decimal("0.85"), "0%")
    assert _cell(reading, "B1").kind == "date"


def test_a_merged_area_holds_its_first_value_only(tmp_path: Path) -> None:
    merged = '<mergeCells><mergeCell ref="A10:B11"/></mergeCells>'
    rows = f'<row r="10">{corpus.FIRST}<c r="I10"><v>5</v></c></row>'

    reading = _read(tmp_path, corpus.with_sheet(corpus.sheet(rows, after=merged)))

    assert isinstance(reading, Sheet)
    assert set(dict(reading.rows)[10]) == {"A", "I"}


def test_the_sheet_with_the_form_is_found_behind_others(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Perbaikan"
    book.active.append(["No", "Sel", "Kolom", "Kode"])
    book.create_sheet("Catatan saya").append(["belanja"])
    hidden = book.create_sheet("Lama")
    hidden.append(["No", "Kode", "Realisasi"])
    hidden.sheet_state = "hidden"
    book.create_sheet("KBK").append(["No", "Kode", "Realisasi"])

    reading = _saved(tmp_path, book)

    assert isinstance(reading, Sheet)
    assert (reading.name, reading.sheets) == ("KBK", ("Perbaikan", "Catatan saya", "KBK"))


def test_a_workbook_without_a_form_gives_its_first_visible_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Belanja"
    book.active.append(["beras", 3])

    reading = _saved(tmp_path, book)

    assert isinstance(reading, Sheet)
    assert (reading.name, reading.meta) == ("Belanja", {})


def test_a_sheet_survives_json_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    write_form(path, form_data("KBK", isian_of("KBK")))
    sheet = read_sheet(path)
    assert isinstance(sheet, Sheet)

    assert reading_from_json(reading_to_json(sheet)) == sheet


def test_a_refusal_survives_json_unchanged() -> None:
    refusal = Unreadable("far_cell", {"sheet": "KBK", "cell": "XFD1048576"})

    assert reading_from_json(reading_to_json(refusal)) == refusal


def test_a_rekap_is_read_with_all_its_sheets_and_survives_json(tmp_path: Path) -> None:
    write_rekap(tmp_path / "rekap.xlsx", rekap_data(), issue())

    sheet = read_sheet(tmp_path / "rekap.xlsx")

    assert isinstance(sheet, Sheet)
    names = ["Ringkasan", "SEK", "DAL", "KBK", "PPR", "PPA"]
    assert [part.name for part in sheet.parts] == names
    assert sheet.name == "SEK"
    assert reading_from_json(reading_to_json(sheet)) == sheet


def test_a_form_behind_a_summary_of_somebodys_own_stays_a_form(tmp_path: Path) -> None:
    write_form(tmp_path / "form.xlsx", form_data("KBK", isian_of("KBK")))
    book = openpyxl.load_workbook(tmp_path / "form.xlsx")
    book.create_sheet("Ringkasan", 0)["A1"] = "catatan saya"
    book.save(tmp_path / "form.xlsx")

    sheet = read_sheet(tmp_path / "form.xlsx")

    assert isinstance(sheet, Sheet)
    assert (sheet.name, sheet.parts) == ("KBK", ())


RICH = '<c r="M12" t="e" vm="1"><v>#VALUE!</v></c>'
DRAWN = '<c r="M12" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>'
ONLINE = '<c r="M12" t="e" vm="1"><f>_xlfn.IMAGE("https://x/y.png")</f><v>#VALUE!</v></c>'
MEDIA = {"xl/media/image1.png": b"\x89PNG"}


@pytest.mark.parametrize(
    ("cell", "parts", "kind"),
    [
        (RICH, MEDIA, "picture"),
        (DRAWN, {}, "picture"),
        (ONLINE, {}, "picture"),
        (RICH, {}, "error"),
        ('<c r="M12" t="e"><v>#VALUE!</v></c>', MEDIA, "error"),
        ('<c r="M12" t="e" vm="1"><f>A1:A9</f><v>#VALUE!</v></c>', MEDIA, "error"),
    ],
)
def test_a_picture_in_a_cell_is_no_error_of_excel(
    cell: str, parts: dict[str, bytes], kind: str, tmp_path: Path
) -> None:
    xml = corpus.sheet(f'<row r="12">{cell}</row>')
    data = corpus.package({"xl/worksheets/sheet1.xml": xml, **parts})

    reading = _read(tmp_path, data)
    kept = reading_from_json(reading_to_json(reading))

    assert _cell(reading, "M12").kind == _cell(kept, "M12").kind == kind


def test_blank_rows_cost_no_more_by_the_million(tmp_path: Path) -> None:
    few, many = tmp_path / "few", tmp_path / "many"
    few.write_bytes(corpus.with_blank_rows(20_000))
    many.write_bytes(corpus.with_blank_rows(1_000_000))

    assert _lines_run(many) <= 1.5 * _lines_run(few)


def _lines_run(path: Path) -> int:
    """How many lines of Python reading the file runs through: its work, on any machine."""
    ran = 0

    def count(frame: FrameType, event: str, arg: object) -> Any:
        nonlocal ran
        ran += event == "line"
        return count

    former = sys.gettrace()
    sys.settrace(count)
    try:
        read_sheet(path)
    finally:
        sys.settrace(former)
    return ran
