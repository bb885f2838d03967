"""Workbooks of plain text tables: the events of a record, the rows of a version."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reports.workbooks.cells import CellStyles, replacing, workbook, write_text


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
            for column, (name, width) in enumerate(table.columns):
                sheet.set_column(column, column, width)
                write_text(sheet, 0, column, name, heading)
            for row, values in enumerate(table.rows, 1):
                for column, value in enumerate(values):
                    write_text(sheet, row, column, value, cell)
            sheet.freeze_panes(1, 0)
            sheet.set_landscape()
            sheet.fit_to_pages(1, 0)
            sheet.repeat_rows(0)
