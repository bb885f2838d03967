"""The unit's form: issued cells and colleagues' rows locked, yellow ones to fill, capaian
computed on typing."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flows.forms.form import Column, Form, column_letter
from flows.papers.facts import FormData
from reports.workbooks.cells import CellStyles, labels, replacing, workbook, write_text
from reports.workbooks.columns import issued_layout, write_headings, write_rows
from reports.workbooks.heights import set_height

PAPER_F4 = 14  # Folio, 8,5 x 13 inches: what Excel offers nearest to F4
HELP_WIDTHS = (24, 90, 44)
_UNLOCKED_ACTS = {
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "sort": True,
    "autofilter": True,
}


def write_form(target: Path, data: FormData, code: str = "") -> None:
    """`code` is that of the paper this workbook is."""
    with replacing(target) as path, workbook(path, data.dibuat) as book:
        styles = CellStyles(book)
        sheet = book.add_worksheet(data.unit)
        _write_titles(sheet, styles, data)
        layout = issued_layout(data.form, data.rules)
        write_headings(sheet, styles, data.form, data.form.header_row)
        write_rows(
            sheet,
            styles,
            layout,
            data.rows,
            first=data.form.first_row,
            is_form=True,
            own=data.milik,
        )
        _prepare_input(sheet, styles, data)
        words = labels()["formulir"]["kaki"]
        footer = words.format(kode=data.unit, periode=data.periode, perintah=data.perintah)
        set_page(sheet, footer, header_row=data.form.header_row)
        _write_help(book, styles, data.form)
        known = data.meta | ({"kode": code} if code else {}) | {"checksum": checksum(data)}
        write_meta(book, styles, data.form.meta_sheet, known)


def checksum(data: FormData) -> str:
    """Sixteen hex digits of SHA-256 over the issued content, to compare two copies by eye."""
    issued = [column.role for column in data.form.columns if column.source == "terbit"]
    rows = [
        {role: entry for role, entry in row.items() if role in issued}
        for row in data.model_dump(mode="json")["rows"]
    ]
    text = json.dumps([data.meta, rows], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def write_meta(book: Any, styles: CellStyles, name: str, meta: Mapping[str, str]) -> None:
    """The hidden sheet that names the unit, period and version of an issued workbook."""
    sheet = book.add_worksheet(name)
    style = styles.style()
    for row, (key, value) in enumerate(meta.items()):
        write_text(sheet, row, 0, key, style)
        write_text(sheet, row, 1, value, style)
    sheet.very_hidden()


def set_page(sheet: Any, footer: str, *, header_row: int) -> None:
    """F4 landscape, one page wide, the heading repeated, page x of y."""
    sheet.set_landscape()
    sheet.set_paper(PAPER_F4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(header_row - 1)
    sheet.set_footer(f"&L&8{footer.replace('&', '&&')}&R&8{labels()['halaman']}")


def _write_titles(sheet: Any, styles: CellStyles, data: FormData) -> None:
    words = labels()["formulir"]
    title, plain = styles.style(bold=True, font_size=12), styles.style()
    hint = styles.style(italic=True, font_color="#7F6000")
    unit = words["unit"].format(kode=data.unit, nama=data.unit_nama)
    lines = (
        (data.kop.pemda, plain),
        (data.kop.nama, title),
        (data.form.title, title),
        (unit, plain),
        (words["periode"].format(periode=data.periode), plain),
        (words["perintah"].format(perintah=data.perintah), plain),
        (data.form.hint, hint),
    )
    for row, (text, style) in enumerate(lines[: data.form.header_row - 1]):
        write_text(sheet, row, 0, text, style)


def _prepare_input(sheet: Any, styles: CellStyles, data: FormData) -> None:
    form = data.form
    first, last = form.first_row - 1, form.first_row + len(data.rows) - 2
    for index, column in enumerate(form.columns):
        if column.source != "isi" or not data.rows:
            continue
        sheet.data_validation(first, index, last, index, _guidance(column, index, first))
    frozen = next((i + 1 for i, c in enumerate(form.columns) if c.role == "kode"), 0)
    sheet.freeze_panes(form.header_row, frozen)
    sheet.protect("", _UNLOCKED_ACTS)


def _guidance(column: Column, index: int, first: int) -> dict[str, Any]:
    """Excel's own hints and drop-downs for a cell: they warn and refuse nothing."""
    rule: dict[str, Any] = {
        "validate": "any",
        "input_title": column.name[:32],
        "input_message": column.help[:255],
    }
    if column.choices:
        return rule | {"validate": "list", "source": list(column.choices), "show_error": False}
    if column.role == "realisasi":
        cell = f"{column_letter(index + 1)}{first + 1}"
        is_figure = f'=OR(ISNUMBER({cell}),LOWER(TRIM({cell}))="n/a")'
        words = {"error_title": column.name[:32], "error_message": column.help[:255]}
        return rule | words | {"validate": "custom", "value": is_figure, "error_type": "warning"}
    return rule


def _write_help(book: Any, styles: CellStyles, form: Form) -> None:
    words = labels()["petunjuk"]
    sheet = book.add_worksheet(words["lembar"])
    bold, plain = styles.style(bold=True), styles.style(text_wrap=True)
    for index, width in enumerate(HELP_WIDTHS):
        sheet.set_column(index, index, width)
    write_text(sheet, 0, 0, words["judul"], styles.style(bold=True, font_size=12))
    write_text(sheet, 1, 0, form.hint, styles.style())
    for index, heading in enumerate(words["kolom"]):
        write_text(sheet, 3, index, heading, bold)
    for row, column in enumerate(form.columns, 4):
        must = f" {words['wajib']}" if column.required else ""
        texts = (column.heading, column.help + must, column.example)
        set_height(sheet, row, zip(texts, HELP_WIDTHS, strict=True))
        for index, text in enumerate(texts):
            write_text(sheet, row, index, text, plain)
