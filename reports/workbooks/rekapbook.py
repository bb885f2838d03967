"""The office's rekap as a workbook: Ringkasan, one sheet a unit, further tables as they are."""

import gc
from pathlib import Path
from typing import Any

from flows.papers.facts import Amount, Issue, RekapData, Table, UnitData
from reports.workbooks.cells import (
    CellStyles,
    labels,
    number_format,
    replacing,
    workbook,
    write_entry,
    write_text,
)
from reports.workbooks.columns import (
    HEADING_SIZE,
    heading_style,
    issued_layout,
    write_headings,
    write_rows,
)
from reports.workbooks.formbook import set_page, write_meta
from reports.workbooks.heights import set_height
from reports.workbooks.reconcile import reconcile
from reports.workbooks.summary import FIRST_ROW, Summary, add_charts

STAMP_RED = "#C62828"


def write_rekap(target: Path, data: RekapData, issue: Issue) -> None:
    """Writes the rekap; raises RekapMismatch, and leaves no file, if it reads back otherwise."""
    with replacing(target) as path:
        compose_rekap(path, data, issue)
        reconcile(path, data)


def compose_rekap(path: Path, data: RekapData, issue: Issue) -> None:
    # Many thousands of cells and no reference cycle: the search takes a fifth of the time.
    gc.disable()
    try:
        with workbook(path, data.dibuat, issue.kode, is_large=True) as book:
            _Book(book, data, issue).write()
    finally:
        gc.enable()


class _Book:
    def __init__(self, book: Any, data: RekapData, issue: Issue) -> None:
        self._book = book
        self._data = data
        self._issue = issue
        self._styles = CellStyles(book)
        self._layout = issued_layout(data.form, data.rules)

    def write(self) -> None:
        if self._issue.cap:
            self._write_stamp()
        summary = self._book.add_worksheet(labels()["rekap"]["lembar"])
        Summary(summary, self._styles, self._layout, self._data).write()
        add_charts(self._book, summary, self._data)
        self._finish(summary, self._data.judul)
        for unit in self._data.units:
            self._write_unit(unit)
        for table in self._data.tables:
            self._write_table(table)
        if self._data.meta:
            meta = self._data.meta | {"kode": self._issue.kode}
            write_meta(self._book, self._styles, self._data.form.meta_sheet, meta)

    def _write_stamp(self) -> None:
        """A first sheet with the stamp; the other sheets are unchanged."""
        words = labels()["rekap"]
        sheet = self._book.add_worksheet(self._issue.cap)
        sheet.set_column(0, 0, 90)
        sheet.set_tab_color(STAMP_RED)
        stamp = self._styles.style(bold=True, font_size=28, font_color=STAMP_RED)
        write_text(sheet, 0, 0, self._issue.cap, stamp)
        text = words["cap"].format(versi=self._data.versi, kode=self._issue.kode)
        write_text(sheet, 1, 0, text, self._styles.style(text_wrap=True))
        set_height(sheet, 0, [], least=36)
        set_height(sheet, 1, [(text, 90)])

    def _write_unit(self, unit: UnitData) -> None:
        sheet = self._book.add_worksheet(unit.figures.kode)
        write_headings(sheet, self._styles, self._data.form, 1)
        write_rows(sheet, self._styles, self._layout, unit.rows, first=FIRST_ROW, is_form=False)
        self._finish(sheet, unit.figures.nama)

    def _write_table(self, table: Table) -> None:
        sheet = self._book.add_worksheet(table.name)
        widths = [column.width for column in table.columns]
        headings = ((column.heading, column.width) for column in table.columns)
        set_height(sheet, 0, headings, HEADING_SIZE)
        for index, column in enumerate(table.columns):
            write_text(sheet, 0, index, column.heading, heading_style(self._styles))
            sheet.set_column(index, index, column.width)
        for row, entries in enumerate(table.rows, 1):
            sized = zip(entries, widths, strict=True)
            set_height(sheet, row, ((t, width) for t, width in sized if isinstance(t, str)))
            for index, entry in enumerate(entries):
                look: dict[str, Any] = {"border": 1, "text_wrap": True}
                if isinstance(entry, Amount):
                    look |= {"num_format": number_format(entry.desimal)}
                write_entry(sheet, row, index, entry, self._styles.style(**look))
        self._finish(sheet, table.name)

    def _finish(self, sheet: Any, title: str) -> None:
        data = self._data
        sheet.freeze_panes(1, 0)
        words = labels()["rekap"]["kaki"].format(
            kode=self._issue.kode,
            hash=self._issue.sha256[:8],
            versi=data.versi,
            unit=len(data.units),
            terisi=data.dinas.terisi,
            jumlah=data.dinas.jumlah,
        )
        set_page(sheet, words, header_row=1)
        parts = (data.kop.singkatan, title, data.periode, self._issue.cap)
        header = " – ".join(part for part in parts if part).replace("&", "&&")
        sheet.set_header(f'&C&"Arial,Bold"&9{header}')
