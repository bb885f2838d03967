"""The issued form as officials send it back: saved, moved, mistyped; each with what must follow.

`CASES` holds name -> (edit, what must become of it): the figure of KBK-03 where the file is taken
whole, else the code of the first finding. Rows 10 to 18 hold KBK-01 to KBK-09; I is Realisasi.
"""

import io
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.styles import numbers

Edit = Callable[[Any, Any], None]
FIRST, LAST, AT = 10, 18, 12


def saved(form: Path, figures: Mapping[str, Any], edit: Edit) -> bytes:
    """The form filled with these figures (by kode), edited and saved by openpyxl."""
    book = openpyxl.load_workbook(form)
    sheet = book["KBK"]
    for row in range(FIRST, LAST + 1):
        sheet[f"I{row}"] = figures[sheet[f"B{row}"].value]
        sheet[f"L{row}"] = "Laporan bidang"
    edit(book, sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def put(address: str, value: Any, number_format: str = "") -> Edit:
    def edit(book: Any, sheet: Any) -> None:
        sheet[address] = value
        if number_format:
            sheet[address].number_format = number_format

    return edit


def _as_text(book: Any, sheet: Any) -> None:
    """Every figure as text, the way Indonesian keyboards type them."""
    for row in range(FIRST, LAST + 1):
        value = sheet[f"I{row}"].value
        is_whole = float(value).is_integer() and row in (12, 16)
        text = f"{value:,.0f}" if is_whole else f"{value:.2f}"
        sheet[f"I{row}"] = text.replace(",", "_").replace(".", ",").replace("_", ".")


def _new_book(book: Any, sheet: Any) -> None:
    """Copied by hand into a workbook of its own: no hidden sheet, another name."""
    for name in book.sheetnames:
        if name != "KBK":
            del book[name]
    sheet.title = "Sheet1"


def _inserted_column(book: Any, sheet: Any) -> None:
    sheet.insert_cols(5)
    sheet["E9"] = "Catatan saya"


def _reversed_rows(book: Any, sheet: Any) -> None:
    held = [
        [sheet.cell(row, column).value for column in range(1, 15)]
        for row in range(FIRST, LAST + 1)
    ]
    for row, values in zip(range(FIRST, LAST + 1), reversed(held), strict=True):
        for column, value in enumerate(values, 1):
            sheet.cell(row, column).value = None if column in (10, 11) else value


def _swapped_columns(book: Any, sheet: Any) -> None:
    for row in range(9, LAST + 1):
        first, second = sheet[f"I{row}"].value, sheet[f"L{row}"].value
        sheet[f"I{row}"], sheet[f"L{row}"] = second, first
        sheet[f"J{row}"] = "Capaian (%)" if row == 9 else None


def _noted(book: Any, sheet: Any) -> None:
    sheet["B21"] = "Catatan: angka sementara"
    sheet["B23"] = "Mengetahui, Kepala Bidang"


def _moved_down(book: Any, sheet: Any) -> None:
    sheet.insert_rows(1, 3)


def _shouted(book: Any, sheet: Any) -> None:
    for cell in sheet[9]:
        cell.value = str(cell.value).upper()


def _hidden(book: Any, sheet: Any) -> None:
    for row in (11, 12):
        sheet.row_dimensions[row].hidden = True
    sheet.auto_filter.ref = "A9:N18"


def _merged(book: Any, sheet: Any) -> None:
    sheet.merge_cells("C10:C18")


def _unlocked(book: Any, sheet: Any) -> None:
    sheet.protection.sheet = False


def _further(book: Any, sheet: Any) -> None:
    other = book.create_sheet("Hitungan", 0)
    other["A1"] = "=KBK!I12*2"


def _renamed(book: Any, sheet: Any) -> None:
    sheet.title = "Data final (1)"


def _without_row(book: Any, sheet: Any) -> None:
    sheet.delete_rows(AT)


def _doubled_row(book: Any, sheet: Any) -> None:
    for column in range(1, 15):
        sheet.cell(19, column).value = sheet.cell(AT, column).value


def _own_row(book: Any, sheet: Any) -> None:
    sheet["B19"], sheet["D19"], sheet["I19"] = "KBK-10", "Indikator tambahan", 5


def _victims(book: Any, sheet: Any) -> None:
    sheet["O9"], sheet["O10"] = "Nama Korban", "xxxxx"


def _meta(key: str, value: str) -> Edit:
    def edit(book: Any, sheet: Any) -> None:
        for row in book["_sigap"].iter_rows():
            if row[0].value == key:
                row[1].value = value

    return edit


def _nothing(book: Any, sheet: Any) -> None:
    """As it was filled in."""


CASES: Mapping[str, tuple[Edit, str]] = {
    "as issued": (_nothing, "3912"),
    "figures as Indonesian text": (_as_text, "3912"),
    "thousands with a dot": (put("I12", "3.912"), "3912"),
    "plain digits as text": (put("I12", "3912"), "3912"),
    "spaces around": (put("I12", "  3.912 "), "3912"),
    "non-breaking spaces": (put("I12", "\u00a03.912\u00a0"), "3912"),
    "narrow space as separator": (put("I12", "3\u202f912"), "3912"),
    "apostrophe before": (put("I12", "'3912"), "3912"),
    "formula": (put("I12", "=3900+12"), "E04"),
    "decimal comma": (put("I10", "60,48"), "3912"),
    "decimal point": (put("I10", "60.48"), "3912"),
    "percent sign": (put("I10", "60,48 %"), "3912"),
    "percent format": (put("I10", 0.6048, numbers.FORMAT_PERCENTAGE_00), "3912"),
    "unicode minus": (put("I10", "\u221260,48"), "E06"),
    "letter in a number": (put("I12", "3.9l2"), "E04"),
    "unit behind": (put("I12", "3912 orang"), "E04"),
    "word": (put("I12", "banyak"), "E04"),
    "date": (put("I12", date(2026, 9, 30)), "E04"),
    "true": (put("I12", True), "E04"),
    "error cell": (put("I12", "#DIV/0!"), "E04"),
    "empty cell": (put("I12", None), "E03"),
    "blank text": (put("I12", "   "), "E03"),
    "dash": (put("I12", "-"), "E11"),
    "n/a without a reason": (put("I12", "n/a"), "E11"),
    "fraction of a whole number": (put("I12", 3912.5), "E05"),
    "groups of three in a decimal": (put("I11", "13.200"), "E05"),
    "over a hundred per cent": (put("I10", 604.8), "E06"),
    "1e300": (put("I12", 1e300), "E04"),
    "underscore": (put("I12", "1_0"), "E04"),
    "nan as text": (put("I12", "NaN"), "E04"),
    "infinity as text": (put("I12", "Infinity"), "E04"),
    "4,000 digits": (put("I12", "9" * 4000), "E04"),
    "arabic digits": (put("I12", "٣٩١٢"), "E04"),
    "right to left": (put("I12", "\u202e2193"), "E04"),
    "emoji": (put("I12", "👍"), "E04"),
    "html": (put("I12", "<b>3912</b>"), "E04"),
    "template": (put("I12", "{{ 7*7 }}"), "E04"),
    "typst": (put("L12", '#read("/etc/passwd")'), "3912"),
    "formula injection": (put("L12", "'=cmd|' /C calc'!A0"), "3912"),
    "html in a source": (put("L12", "<script>alert(1)</script>"), "3912"),
    "escape in a source": (put("L12", "a_x0007_b"), "3912"),
    "3,000 characters": (put("N12", "y" * 3000), "E14"),
    "30,000 characters": (put("N12", "y" * 30_000), "E14"),
    "target changed": (put("H12", 4000), "E09"),
    "name changed": (put("D12", "Jumlah peserta"), "E10"),
    "capaian typed over": (put("J12", 99), "E10"),
    "row missing": (_without_row, "E02"),
    "row twice": (_doubled_row, "E02"),
    "row of his own": (_own_row, "E02"),
    "column of victims": (_victims, "E12"),
    "another unit": (_meta("unit", "PPR"), "E01"),
    "another period": (_meta("periode", "2026-TW2"), "E01"),
    "an older form": (_meta("versi", "0"), "E01"),
    "another order": (_meta("perintah", "77"), "E01"),
    "new workbook": (_new_book, "3912"),
    "column inserted": (_inserted_column, "3912"),
    "rows in another order": (_reversed_rows, "3912"),
    "columns in another order": (_swapped_columns, "3912"),
    "notes below": (_noted, "3912"),
    "moved down": (_moved_down, "3912"),
    "headings in capitals": (_shouted, "3912"),
    "hidden rows and a filter": (_hidden, "3912"),
    "merged cells": (_merged, "3912"),
    "unprotected": (_unlocked, "3912"),
    "further sheet in front": (_further, "3912"),
    "sheet renamed": (_renamed, "3912"),
}
