"""Workbooks of the automatic officials: their figures, and the form they fill in."""

import io
import warnings
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

CODE = "Kode"
REALISASI = "Realisasi s.d. TW"
SOURCE = "Sumber Data"
EVIDENCE = "Bukti Dukung"
NOTE = "Keterangan"
REKAP_SHEET = "Ringkasan"

_HEADING_ROWS = 40

Entries = Mapping[str, Mapping[str, Any]]


class FiguresInvalid(Exception):
    """The players' figures cannot be used; the message names the file and the place."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures by code and heading: as first reported, and as corrected."""

    reported: Entries = field(default_factory=dict)
    corrected: Entries = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Form:
    """A form workbook at hand; `columns` by heading, `rows` by code."""

    book: Workbook
    sheet: Worksheet
    columns: Mapping[str, int]
    rows: Mapping[str, int]


def read_figures(path: Path) -> Figures:
    try:
        book = _open(path.read_bytes())
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as fault:
        raise FiguresInvalid(f"{path}: no readable workbook: {fault}") from fault
    reported = _table(path, book, "Realisasi", ("Realisasi", "Sumber", "Keterangan"))
    corrected = _table(path, book, "Perbaikan", ("Menjadi", "Bukti"))
    return Figures(
        _under(reported, (REALISASI, SOURCE, NOTE)), _under(corrected, (REALISASI, EVIDENCE))
    )


def read_form(data: bytes) -> Form | None:
    """The first visible sheet with a form's headings; None for any other workbook."""
    book = _open(data)
    for sheet in book.worksheets:
        heading = _heading_row(sheet) if sheet.sheet_state == "visible" else None
        if heading is not None:
            columns = _columns(sheet, heading)
            return Form(book, sheet, columns, _rows(sheet, heading, columns[CODE]))
    return None


def fill(form: Form, entries: Entries) -> bytes:
    """The same workbook with these entries typed in."""
    for code, entry in entries.items():
        for heading, value in entry.items():
            form.sheet.cell(form.rows[code], form.columns[heading]).value = value
    written = io.BytesIO()
    form.book.save(written)
    return written.getvalue()


def is_rekap(data: bytes) -> bool:
    return REKAP_SHEET in _open(data).sheetnames


def _open(data: bytes) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells of parts a person would not miss
        return openpyxl.load_workbook(io.BytesIO(data))


def _table(
    path: Path, book: Workbook, name: str, headings: Iterable[str]
) -> dict[str, tuple[Any, ...]]:
    if name not in book.sheetnames:
        raise FiguresInvalid(f"{path}: there is no sheet {name!r}")
    lines = list(book[name].iter_rows(values_only=True))
    head = [str(value or "").strip() for value in lines[0]] if lines else []
    if missing := [heading for heading in (CODE, *headings) if heading not in head]:
        raise FiguresInvalid(f"{path}: sheet {name!r} has no column {missing[0]!r}")
    places = [head.index(heading) for heading in headings]
    at = head.index(CODE)
    rows = {
        str(line[at]).strip(): tuple(line[p] for p in places) for line in lines[1:] if line[at]
    }
    if not rows:
        raise FiguresInvalid(f"{path}: sheet {name!r} names no row")
    return rows


def _under(rows: Mapping[str, tuple[Any, ...]], headings: tuple[str, ...]) -> Entries:
    """The non-empty values of a row by heading."""
    return {
        code: {h: value for h, value in zip(headings, values, strict=True) if value is not None}
        for code, values in rows.items()
    }


def _heading_row(sheet: Worksheet) -> int | None:
    for number, line in enumerate(sheet.iter_rows(max_row=_HEADING_ROWS, values_only=True), 1):
        words = [_words(value) for value in line]
        if CODE in words and any(word.startswith(REALISASI) for word in words):
            return number
    return None


def _columns(sheet: Worksheet, heading: int) -> dict[str, int]:
    found: dict[str, int] = {}
    [line] = sheet.iter_rows(min_row=heading, max_row=heading, values_only=True)
    for column, value in enumerate(line, 1):
        for name in (CODE, REALISASI, SOURCE, EVIDENCE, NOTE):
            if _words(value).startswith(name):
                found.setdefault(name, column)
    return found


def _rows(sheet: Worksheet, heading: int, column: int) -> dict[str, int]:
    rows: dict[str, int] = {}
    for number in range(heading + 1, sheet.max_row + 1):
        code = _words(sheet.cell(number, column).value)
        if code:
            rows.setdefault(code, number)
    return rows


def _words(value: Any) -> str:
    return " ".join(str(value).split()) if value is not None else ""
