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
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import numbers
from openpyxl.worksheet.table import Table

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


def _victims_in_two_rows(book: Any, sheet: Any) -> None:
    sheet["O8"], sheet["O10"] = "Nama Korban", "xxxxx"


def _meta(key: str, value: str) -> Edit:
    def edit(book: Any, sheet: Any) -> None:
        for row in book["_sigap"].iter_rows():
            if row[0].value == key:
                row[1].value = value

    return edit


def _nothing(book: Any, sheet: Any) -> None:
    """As it was filled in."""


def _numbered(book: Any, sheet: Any) -> None:
    """The row (1) (2) (3) below the headings, as in many forms of the government."""
    sheet.insert_rows(10)
    for column in range(1, 15):
        sheet.cell(10, column).value = f"({column})"


def _chart_first(book: Any, sheet: Any) -> None:
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=9, min_row=9, max_row=18))
    book.create_chartsheet("Grafik", 0).add_chart(chart)


def _hidden_first(book: Any, sheet: Any) -> None:
    book.create_sheet("Rahasia", 0).sheet_state = "hidden"


def _header_twice(book: Any, sheet: Any) -> None:
    sheet.insert_rows(14)
    for column in range(1, 15):
        sheet.cell(14, column).value = sheet.cell(9, column).value


def _header_in_row_3(book: Any, sheet: Any) -> None:
    sheet.delete_rows(1, 6)


def _merged_headings(book: Any, sheet: Any) -> None:
    sheet.insert_rows(10)
    for letter in "ABCDEFGHIJKLMN":
        sheet.merge_cells(f"{letter}9:{letter}10")


def _broken_headings(book: Any, sheet: Any) -> None:
    sheet["I9"], sheet["H9"] = "Realisasi\ns.d. TW III 2026", "Target\ns.d. TW III"


def _as_table(book: Any, sheet: Any) -> None:
    sheet.add_table(Table(displayName="T1", ref="A9:N18"))


def _summed(book: Any, sheet: Any) -> None:
    sheet["D19"], sheet["I19"] = "Jumlah", "=SUM(I10:I18)"


def _signed(book: Any, sheet: Any) -> None:
    sheet["L22"], sheet["L23"] = "Luwuk, 30 September 2026", "Kepala Bidang"
    sheet["L28"] = "NIP 197001011990031001"


def _comments_only(book: Any, sheet: Any) -> None:
    for row in range(FIRST, LAST + 1):
        sheet[f"I{row}"].comment = Comment(str(sheet[f"I{row}"].value), "Pelaksana")
        sheet[f"I{row}"].value = None


def many_sheets(count: int) -> Edit:
    def edit(book: Any, sheet: Any) -> None:
        for number in range(count):
            book.create_sheet(f"Lembar {number}")

    return edit


def _copied_behind(book: Any, sheet: Any) -> None:
    book.copy_worksheet(sheet)["I12"] = 1


def _without_computed(book: Any, sheet: Any) -> None:
    sheet.delete_cols(10, 2)


def _without_realisasi(book: Any, sheet: Any) -> None:
    sheet.delete_cols(9, 1)


def _realisasi_twice(book: Any, sheet: Any) -> None:
    sheet["O9"], sheet["O12"] = "Realisasi s.d. TW", 1


def _short_realisasi_twice(book: Any, sheet: Any) -> None:
    """The last quarter's figures beside this one's, both headed alike."""
    sheet.insert_cols(9)
    sheet["I9"], sheet["I12"], sheet["J9"] = "Realisasi", 3000, "Realisasi"


def _divided(*headings: str) -> Edit:
    """Realisasi over two columns of the official's own, the right one the figure asked for."""

    def edit(book: Any, sheet: Any) -> None:
        sheet.insert_cols(9)
        sheet.insert_rows(10)
        sheet["I9"], sheet["J9"] = "Realisasi", None
        sheet["I10"], sheet["J10"] = headings
        for row in range(FIRST + 1, LAST + 2):
            sheet[f"I{row}"] = 5
        sheet.merge_cells("I9:J9")

    return edit


def _subtotal(book: Any, sheet: Any) -> None:
    sheet["D19"], sheet["I19"] = "Jumlah", 55


def _emptied_meta(book: Any, sheet: Any) -> None:
    for row in book["_sigap"].iter_rows():
        row[1].value = None


def _named_corrections(book: Any, sheet: Any) -> None:
    sheet.title = "Perbaikan"


def _own_codes_first(book: Any, sheet: Any) -> None:
    book.create_sheet("Rekening", 0).append(["No", "Kode", "Uraian", "Jumlah"])


def _coded_heading_behind(book: Any, sheet: Any) -> None:
    book.create_sheet("Hitungan", 0)["A1"] = "x"
    sheet["B9"] = "KO\nDE:"


def _long_name(book: Any, sheet: Any) -> None:
    sheet.title = "x" * 31


CASES: Mapping[str, tuple[Edit, str]] = {
    "1.234.567,89 of whole things": (put("I12", "1.234.567,89"), "E05"),
    "1,234.5 of whole things": (put("I12", "1,234.5"), "E05"),
    "3,912 may be two things": (put("I12", "3,912"), "E05"),
    "3.912,00": (put("I12", "3.912,00"), "3912"),
    "3,912.00": (put("I12", "3,912.00"), "3912"),
    "per cent of people": (put("I12", "12 %"), "E04"),
    "at least": (put("I12", ">=3912"), "E04"),
    "about": (put("I12", "≈3.912"), "E04"),
    "nihil": (put("I12", "nihil"), "E04"),
    "tidak ada": (put("I12", "tidak ada"), "E04"),
    "a long dash": (put("I12", "—"), "E11"),
    "full-width digits": (put("I12", "３９１２"), "E04"),
    "a half as one sign": (put("I12", "½"), "E04"),
    "a thin space": (put("I12", "3\u2009912"), "3912"),
    "a line break behind": (put("I12", "3912\n"), "3912"),
    "noughts before": (put("I12", "00003912"), "3912"),
    "plus before": (put("I12", "+3912"), "3912"),
    "an exponent as text": (put("I12", "3,912e3"), "E04"),
    "two figures": (put("I12", "3912/4800"), "E04"),
    "rupiah": (put("I12", "Rp 3.912"), "E04"),
    "in brackets": (put("I12", "(3912)"), "E04"),
    "a number shown as a date": (put("I12", 3912, "dd/mm/yyyy"), "E04"),
    "a number shown as a time": (put("I12", 0.5, "hh:mm"), "E04"),
    "a number shown as text": (put("I12", 3912, "@"), "3912"),
    "a per cent sign in quotes": (put("I10", 60.48, '0.00"%"'), "3912"),
    "numbering below the headings": (_numbered, "3912"),
    "chart sheet first": (_chart_first, "3912"),
    "hidden sheet first": (_hidden_first, "3912"),
    "headings twice": (_header_twice, "3912"),
    "headings in row 3": (_header_in_row_3, "3912"),
    "headings merged over two rows": (_merged_headings, "3912"),
    "headings with line breaks": (_broken_headings, "3912"),
    "an Excel table": (_as_table, "3912"),
    "a row of sums": (_summed, "3912"),
    "a block for the signature": (_signed, "3912"),
    "comments instead of figures": (_comments_only, "E03"),
    "sixty further sheets": (many_sheets(60), "3912"),
    "a copy behind": (_copied_behind, "3912"),
    "no computed columns": (_without_computed, "3912"),
    "no column to fill": (_without_realisasi, "E01"),
    "the column to fill twice": (_realisasi_twice, "E10"),
    "two columns headed Realisasi": (_short_realisasi_twice, "E10"),
    "Realisasi of the quarter and up to its end": (_divided("TW III", "s.d. TW III"), "E10"),
    "Realisasi of men and women": (_divided("Laki-laki", "Perempuan"), "E10"),
    "the heading of another quarter": (put("I9", "Realisasi s.d. TW II 2026"), "E10"),
    "the heading of another year": (put("I9", "Realisasi s.d.\nTW III 2025"), "E10"),
    "the heading of another quarter in brackets": (put("I9", "Realisasi (TW II)"), "E10"),
    "a footnote at the heading": (put("I9", "Realisasi s.d. TW 1)"), "3912"),
    "a sum without a code": (_subtotal, "E02"),
    "a code wiped out": (put("B12", None), "E10"),
    "the hidden sheet wiped out": (_emptied_meta, "3912"),
    "a soft hyphen": (put("I12", "3\u00ad912"), "3912"),
    "a zero-width space in the middle": (put("I12", "39\u200b12"), "3912"),
    "copied with its direction": (put("I12", "\u202a3.912\u202c"), "3912"),
    "the sheet named Perbaikan": (_named_corrections, "3912"),
    "a list of other codes in front": (_own_codes_first, "3912"),
    "a broken heading behind another sheet": (_coded_heading_behind, "3912"),
    "a long name": (_long_name, "3912"),
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
    "column of victims, headed higher up": (_victims_in_two_rows, "E12"),
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
