"""A refused sheet written again: cells at the same addresses, wrong ones red with a remark."""

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from flows.forms.form import Cell, Sheet, column_number
from flows.papers.facts import MarkedData
from reports.reading.sheetjson import sheet_from_dict
from reports.workbooks.cells import CellStyles, Style, labels, replacing, workbook, write_text
from reports.workbooks.columns import RED, YELLOW, TableLayout, heading_style, printed_widths
from reports.workbooks.formbook import set_page, write_meta
from reports.workbooks.heights import set_height

_FORBIDDEN_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))
DEFAULT_WIDTH = 8.43
_COMMENT = {"x_scale": 2, "y_scale": 1.2, "author": "SIGAP"}


def write_marked(target: Path, data: MarkedData) -> None:
    sheet = sheet_from_dict(data.sheet)
    with replacing(target) as path, workbook(path, data.dibuat) as book:
        styles = CellStyles(book)
        _write_corrections(book, styles, data)
        name = _sheet_name(sheet.name)
        worksheet = book.add_worksheet(name)
        _Copy(worksheet, styles, data).write(sheet)
        set_page(worksheet, name, header_row=max(data.header_row, 1))
        if sheet.meta:
            write_meta(book, styles, data.form.meta_sheet, sheet.meta)


class _Copy:
    """The official's cells on a new worksheet."""

    def __init__(self, worksheet: Any, styles: CellStyles, data: MarkedData) -> None:
        self._worksheet = worksheet
        self._styles = styles
        self._data = data
        self._layout = TableLayout(data.form, data.letters, data.rules)
        self._roles = {letter: role for role, letter in data.letters.items()}
        self._widths = printed_widths(data.form)
        self._remarks = {mark.cell: mark.comment for mark in data.marks}

    def write(self, sheet: Sheet) -> None:
        for role, letter in self._data.letters.items():
            if role in self._widths:
                self._worksheet.set_column(f"{letter}:{letter}", self._widths[role])
        for number, row in sheet.rows:
            if number >= self._data.header_row:
                texts = ((cell.text, self._width(letter)) for letter, cell in row.items())
                set_height(self._worksheet, number - 1, texts)
            for letter in self._columns(number, row):
                self._write(letter, number, row.get(letter))
        filled = {f"{letter}{number}" for number, row in sheet.rows for letter in row}
        for address in self._remarks.keys() - filled:
            letter = address.rstrip("0123456789")
            self._write(letter, int(address[len(letter) :]), None)
        for address, remark in self._remarks.items():
            self._worksheet.write_comment(address, remark, _COMMENT)
        if self._data.header_row:
            self._worksheet.freeze_panes(self._data.header_row, 0)

    def _width(self, letter: str) -> float:
        role = self._roles.get(letter)
        return self._widths.get(role, DEFAULT_WIDTH) if role else DEFAULT_WIDTH

    def _columns(self, number: int, row: dict[str, Cell] | Any) -> list[str]:
        """The filled columns of a row; in the table also the empty ones, still to be filled."""
        letters = set(row)
        if 0 < self._data.header_row < number and self._data.letters.get("kode") in row:
            letters |= set(self._data.letters.values())
        return sorted(letters, key=column_number)

    def _write(self, letter: str, number: int, cell: Cell | None) -> None:
        row, column = number - 1, column_number(letter) - 1
        style = self._style(letter, number, cell)
        role = self._roles.get(letter)
        is_table = 0 < self._data.header_row < number and role is not None
        if role and is_table and cell and cell.formula:
            formula = self._layout.formula(role, number)
            if formula and (role in ("capaian", "kategori")):
                self._worksheet.write_formula(row, column, formula, style.plain, _cached(cell))
                return
        _write_cell(self._worksheet, row, column, cell, style)

    def _style(self, letter: str, number: int, cell: Cell | None) -> Style:
        if number == self._data.header_row:
            return heading_style(self._styles)
        look: dict[str, Any] = {"text_wrap": number > self._data.header_row}
        role = self._roles.get(letter)
        column = self._data.form.column(role) if role else None
        if 0 < self._data.header_row < number and column:
            look["border"] = 1
            look["bg_color"] = YELLOW if column.source == "isi" else "#FFFFFF"
        if f"{letter}{number}" in self._remarks:
            look |= {"bg_color": RED, "border": 1, "border_color": "#C00000"}
        if cell and cell.format != "General":
            look["num_format"] = cell.format
        return self._styles.style(**look)


def _write_cell(sheet: Any, row: int, column: int, cell: Cell | None, style: Style) -> None:
    if cell is None or cell.kind == "empty":
        sheet.write_blank(row, column, None, style.plain)
    elif cell.kind == "number" and cell.number is not None:
        sheet.write_number(row, column, cell.number, style.plain)
    elif cell.kind == "bool":
        sheet.write_boolean(row, column, cell.text == "TRUE", style.plain)
    elif cell.kind == "date" and (moment := _moment(cell.text)):
        sheet.write_datetime(row, column, moment, style.plain)
    else:
        write_text(sheet, row, column, cell.text or cell.formula or "", style)


def _cached(cell: Cell) -> float | str:
    return float(cell.number) if cell.number is not None else cell.text


def _moment(text: str) -> date | time | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    try:
        return time.fromisoformat(text)
    except ValueError:
        return None


def _sheet_name(name: str) -> str:
    words = labels()["perbaikan"]
    clean = name.translate(_FORBIDDEN_IN_NAMES).strip("'")[:31].strip()
    taken = {words["lembar"].casefold(), "_sigap", "history", ""}
    return words["cadangan"] if clean.casefold() in taken else clean


def _write_corrections(book: Any, styles: CellStyles, data: MarkedData) -> None:
    words = labels()["perbaikan"]
    sheet = book.add_worksheet(words["lembar"])
    cell = styles.style(border=1, text_wrap=True)
    for column, (heading, width) in enumerate(zip(words["kolom"], words["lebar"], strict=True)):
        sheet.set_column(column, column, width)
        write_text(sheet, 0, column, heading, heading_style(styles))
    for row, line in enumerate(data.corrections, 1):
        sheet.write_number(row, 0, row, cell.plain)
        texts = (line.sel, line.kolom, line.kode, line.tertulis, line.perbaikan, line.contoh)
        set_height(sheet, row, zip(texts, words["lebar"][1:], strict=True))
        for column, text in enumerate(texts, 1):
            write_text(sheet, row, column, text, cell)
    if data.catatan:
        write_text(sheet, len(data.corrections) + 2, 0, data.catatan, styles.style(italic=True))
    sheet.freeze_panes(1, 0)
    set_page(sheet, words["lembar"], header_row=1)
