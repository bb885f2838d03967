"""A workbook changed outside: known by its code, and every changed cell is named."""

from pathlib import Path

import openpyxl
import pytest

from flows.forms.form import Sheet
from reports.reading.sheets import read_sheet
from reports.workbooks.difference import differences, write_difference
from reports.workbooks.rekapbook import write_rekap
from tests.reports.examples import CREATED, issue, rekap_data


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    path = tmp_path / "rekap.xlsx"
    write_rekap(path, rekap_data(), issue())
    return path


@pytest.fixture
def theirs(ours: Path, tmp_path: Path) -> Path:
    """As somebody leaves it who corrects one figure by hand."""
    book = openpyxl.load_workbook(ours)
    book["PPA"]["I2"] = 15.2
    path = tmp_path / "theirs.xlsx"
    book.save(path)
    return path


def test_the_changed_cell_is_named_with_both_values(ours: Path, theirs: Path) -> None:
    found = [c for c in differences(ours, theirs) if c.cell == "I2"]

    assert [(c.sheet, c.ours, c.theirs) for c in found] == [("PPA", "16.2", "15.2")]


def test_a_workbook_changed_outside_still_bears_its_code(theirs: Path) -> None:
    sheet = read_sheet(theirs)

    assert isinstance(sheet, Sheet)
    assert sheet.meta["dokumen"] == "8C41-E2B7"


def test_the_same_workbook_differs_in_nothing(ours: Path, tmp_path: Path) -> None:
    write_difference(tmp_path / "d.xlsx", ours, ours, CREATED)

    sheet = openpyxl.load_workbook(tmp_path / "d.xlsx").active
    assert sheet is not None
    assert sheet["C2"].value == "Isi semua sel sama"


def test_a_sheet_that_was_removed_or_added_is_told(ours: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(ours)
    del book["SEK"]
    book.create_sheet("Baru")
    book.save(tmp_path / "theirs.xlsx")

    found = {(c.sheet, c.ours, c.theirs) for c in differences(ours, tmp_path / "theirs.xlsx")}

    assert ("SEK", "lembar ada", "lembar tidak ada") in found
    assert ("Baru", "lembar tidak ada", "lembar ada") in found


def test_what_is_no_workbook_is_told_and_never_opened(ours: Path, tmp_path: Path) -> None:
    (tmp_path / "theirs.xlsx").write_bytes(b"PK\x03\x04 no zip")

    [change] = differences(ours, tmp_path / "theirs.xlsx")

    assert change.theirs == "berkas tidak terbaca"
