"""Differences between a workbook that was sent and ours, by sheet and cell."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from flows.forms.form import Unreadable
from reports.reading.guard import inspect
from reports.reading.openbook import open_workbook
from reports.workbooks.tables import TextTable, write_text_tables

MOST_ROWS = 2000
MOST_COLUMNS = 60
MOST_FOUND = 500


@dataclass(frozen=True, slots=True)
class Difference:
    sheet: str
    cell: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class CellContent:
    value: str = ""
    formula: str = ""


NOTHING = CellContent()
_Cells = Mapping[str, CellContent]


def differences(ours: Path, theirs: Path) -> tuple[Difference, ...]:
    """At most 500 differences; a sheet that only one of them has is one difference."""
    if isinstance(inspect(theirs), Unreadable):
        return (Difference("–", "", "", "berkas tidak terbaca"),)
    mine, sent = _cells(ours), _cells(theirs)
    found: list[Difference] = []
    for sheet in dict.fromkeys([*mine, *sent]):
        if sheet not in sent or sheet not in mine:
            found.append(Difference(sheet, "", _there(sheet in mine), _there(sheet in sent)))
            continue
        found.extend(_compared(sheet, mine[sheet], sent[sheet]))
        if len(found) >= MOST_FOUND:
            break
    return tuple(found[:MOST_FOUND])


def write_difference(target: Path, ours: Path, theirs: Path, made_at: datetime) -> None:
    rows = [(c.sheet, c.cell, c.ours, c.theirs) for c in differences(ours, theirs)]
    if not rows:
        rows = [("–", "–", "Isi semua sel sama", "Berkas hanya disimpan ulang")]
    columns = (("Lembar", 18), ("Sel", 8), ("Pada Sistem", 44), ("Pada berkas ini", 44))
    write_text_tables(target, made_at, (TextTable("Perbedaan", columns, tuple(rows)),))


def _compared(sheet: str, ours: _Cells, theirs: _Cells) -> Iterator[Difference]:
    for cell in dict.fromkeys([*ours, *theirs]):
        mine, sent = ours.get(cell, NOTHING), theirs.get(cell, NOTHING)
        # A program that does not compute saves a formula without its value: the formula decides.
        is_same_formula = mine.formula == sent.formula and mine.formula and not sent.value
        if mine.value != sent.value and not is_same_formula:
            yield Difference(sheet, cell, mine.value, sent.value or sent.formula)


def _cells(path: Path) -> dict[str, _Cells]:
    values, formulas = _read(path, data_only=True), _read(path, data_only=False)
    return {
        sheet: {
            cell: CellContent(values[sheet].get(cell, ""), text if text.startswith("=") else "")
            for cell, text in cells.items()
        }
        for sheet, cells in formulas.items()
    }


def _read(path: Path, *, data_only: bool) -> dict[str, dict[str, str]]:
    with path.open("rb") as stream:
        book = open_workbook(stream, data_only=data_only)
        try:
            return {sheet.title: _filled(sheet) for sheet in book.worksheets}
        finally:
            book.close()


def _filled(sheet: Any) -> dict[str, str]:
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS)
    return {
        cell.coordinate: _text(cell.value)
        for row in rows
        for cell in row
        if cell.value is not None
    }


def _text(value: Any) -> str:
    """A cell's value as text; the same for a number in every notation."""
    return f"{value:.10g}" if isinstance(value, int | float) else str(value)


def _there(is_there: bool) -> str:
    return "lembar ada" if is_there else "lembar tidak ada"
