"""The lists that an administrator keeps in Excel, read and written; workbooks of plain text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from flows.forms.form import Sheet, Unreadable
from flows.forms.lists import MAX_ROWS, Heading, ListInvalid, ListMistake
from reports.workbooks.cells import CellStyles, replacing, workbook, write_text
from reports.workbooks.heights import set_height

CREATED = datetime.fromisoformat("2026-01-01T00:00:00+00:00")

Value = str | Decimal | date | None
Table = Sequence[Sequence[Value]]


def write_table(
    path: Path,
    name: str,
    headings: Sequence[Heading],
    rows: Table,
    examples: Table = (),
) -> None:
    """A list with its headings; examples stand on a second sheet, where they are not read."""
    with replacing(path) as temporary, workbook(temporary, CREATED) as book:
        styles = CellStyles(book)
        _write_sheet(book.add_worksheet(name), styles, headings, rows)
        if examples:
            _write_sheet(book.add_worksheet("Contoh"), styles, headings, examples)


def read_list(path: Path) -> Sheet:
    if not path.is_file():
        raise ListInvalid(path.name, [ListMistake("no_file")])
    # openpyxl is heavy, and the bot itself only writes lists
    from reports.reading.sheets import read_sheet

    sheet = read_sheet(path)
    if isinstance(sheet, Unreadable):
        detail = " ".join((sheet.reason, *sheet.detail.values())).strip()
        raise ListInvalid(path.name, [ListMistake("unreadable", detail=detail)])
    return sheet


def _write_sheet(sheet: Any, styles: CellStyles, headings: Sequence[Heading], rows: Table) -> None:
    title = styles.style(bold=True, bg_color="#D9D9D9", border=1, text_wrap=True)
    for column, heading in enumerate(headings):
        look = styles.style(num_format="@" if heading.is_text else "General")
        sheet.set_column(column, column, heading.width, look.plain)
        write_text(sheet, 0, column, heading.name, title)
        if heading.choices:
            sheet.data_validation(
                1, column, MAX_ROWS, column, {"validate": "list", "source": list(heading.choices)}
            )
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            _write_value(sheet, number, column, value, styles)
    sheet.freeze_panes(1, 0)


def _write_value(sheet: Any, row: int, column: int, value: Value, styles: CellStyles) -> None:
    if isinstance(value, Decimal):
        sheet.write_number(row, column, value, styles.style(num_format="General").plain)
    elif isinstance(value, date):
        moment = datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a day has no zone
        sheet.write_datetime(row, column, moment, styles.style(num_format="dd-mm-yyyy").plain)
    elif value:
        write_text(sheet, row, column, value, styles.style(num_format="@"))


@dataclass(frozen=True, slots=True)
class TextTable:
    """One sheet; each column is a heading and a width."""

    name: str
    columns: tuple[tuple[str, float], ...]
    rows: tuple[Sequence[str], ...]


def write_text_tables(target: Path, made_at: datetime, tables: Sequence[TextTable]) -> None:
    """Writes every cell as text: nothing becomes a formula and no digit is lost."""
    with replacing(target) as path, workbook(path, made_at) as book:
        styles = CellStyles(book)
        heading = styles.style(bold=True, border=1, bg_color="#E1E1E1", text_wrap=True)
        cell = styles.style(border=1, text_wrap=True)
        for table in tables:
            sheet = book.add_worksheet(table.name)
            widths = [width for _, width in table.columns]
            set_height(sheet, 0, table.columns)
            for column, (name, width) in enumerate(table.columns):
                sheet.set_column(column, column, width)
                write_text(sheet, 0, column, name, heading)
            for row, values in enumerate(table.rows, 1):
                set_height(sheet, row, zip(values, widths, strict=True))
                for column, value in enumerate(values):
                    write_text(sheet, row, column, value, cell)
            sheet.freeze_panes(1, 0)
            sheet.set_landscape()
            sheet.fit_to_pages(1, 0)
            sheet.repeat_rows(0)
