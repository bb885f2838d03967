"""Plain lists as a workbook: the events of a record, the rows of a version."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reports.workbooks.ink import Ink, replacing, workbook, write_text


@dataclass(frozen=True, slots=True)
class Ledger:
    """One sheet; a column is its heading and its width."""

    name: str
    columns: tuple[tuple[str, float], ...]
    rows: tuple[Sequence[str], ...]


def write_ledger(target: Path, made_at: datetime, ledgers: Sequence[Ledger]) -> None:
    """All of it text, so that nothing becomes a formula and no digit is lost."""
    with replacing(target) as path, workbook(path, made_at) as book:
        ink = Ink(book)
        heading = ink.style(bold=True, border=1, bg_color="#E1E1E1", text_wrap=True)
        cell = ink.style(border=1, text_wrap=True)
        for ledger in ledgers:
            sheet = book.add_worksheet(ledger.name)
            for column, (name, width) in enumerate(ledger.columns):
                sheet.set_column(column, column, width)
                write_text(sheet, 0, column, name, heading)
            for row, values in enumerate(ledger.rows, 1):
                for column, value in enumerate(values):
                    write_text(sheet, row, column, value, cell)
            sheet.freeze_panes(1, 0)
            sheet.set_landscape()
            sheet.fit_to_pages(1, 0)
            sheet.repeat_rows(0)
