"""Writing of workbooks and cells: text never becomes a formula, figures stay exact."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import xlsxwriter
import yaml
from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings
from xlsxwriter.worksheet import Worksheet

from flows.papers.facts import Amount, Entry

MAX_TEXT = 32_000  # in UTF-16 units, as Excel counts
FONT = "Arial"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# The first sign of what Excel would decode as a character: "_x0041_"; they may overlap.
_ESCAPE_LIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


@dataclass(frozen=True, slots=True)
class Style:
    """A cell format, and the same one for text that a spreadsheet might take for a formula."""

    plain: Any
    quoted: Any


class CellStyles:
    """Cell styles of one workbook, each created once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._styles: dict[tuple[tuple[str, Any], ...], Style] = {}

    def style(self, **properties: Any) -> Style:
        key = tuple(sorted(properties.items()))
        if key not in self._styles:
            look = {"font_name": FONT, "font_size": 10, "valign": "top", **properties}
            quoted = {**look, "quote_prefix": True}
            self._styles[key] = Style(self._book.add_format(look), self._book.add_format(quoted))
        return self._styles[key]


class _Worksheet(Worksheet):  # type: ignore[misc]  # the library ships no types
    """Writes formulas unchanged: the search for functions newer than 2007 costs 0.1 ms each."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")

    def _xml_start_tag_unencoded(self, tag: str, attributes: Any = ()) -> None:
        """A computed height is no fixed one: a row grows with what is typed into it."""
        kept = [one for one in attributes if tag != "row" or one[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, kept)

    # By row and column: the public methods first test for an address such as "A1".
    put_string = Worksheet._write_string
    put_number = Worksheet._write_number
    put_blank = Worksheet._write_blank
    put_formula = Worksheet._write_formula


class _SharedStrings(SharedStrings):  # type: ignore[misc]  # the library ships no types
    """Every text as it is, also one like rich text ("<r>") or like Excel's escapes."""

    def _write_si(self, string: str) -> None:
        attributes = [] if string == string.strip() else [("xml:space", "preserve")]
        self._xml_si_element(_ESCAPE_LIKE.sub("_x005F_", string), attributes)


class _Packager(Packager):  # type: ignore[misc]
    def _write_shared_strings_file(self) -> None:
        strings = _SharedStrings()
        strings.string_table = self.workbook.str_table
        if strings.string_table.count:
            strings._set_xml_writer(self._filename("xl/sharedStrings.xml"))
            strings._assemble_xml_file()


class _Workbook(xlsxwriter.Workbook):  # type: ignore[misc]
    def _get_packager(self) -> _Packager:
        return _Packager()


@contextmanager
def workbook(
    path: Path, created: datetime, code: str = "", *, is_large: bool = False
) -> Iterator[Any]:
    """A workbook whose bytes depend only on its content and `created` (aware).

    `code` is the document code, kept in the keywords: by it a changed copy is recognised.
    `is_large` buffers the sheets in files instead of memory.
    """
    # Column widths count its digits: with another font here, programs would print them wider.
    font = {"default_format_properties": {"font_name": FONT, "font_size": 10}}
    book = _Workbook(str(path), {**_OPTIONS, **font, "in_memory": not is_large})
    book.worksheet_class = _Worksheet
    moment = created.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    known = {"keywords": f"SIGAP-{code}"} if code else {}
    book.set_properties({"created": moment, "author": "SIGAP", **known})
    yield book
    book.close()


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A temporary name beside the target, flushed and renamed only when the block is done."""
    temporary = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield temporary
        with temporary.open("rb+") as stream:
            os.fsync(stream.fileno())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def write_text(sheet: Any, row: int, column: int, text: str, style: Style) -> None:
    """Writes text that no program reads as a formula; row and column count from 0."""
    clean = printable(text)
    risky = clean.startswith(_FORMULA_STARTS)
    sheet.put_string(row, column, clean, style.quoted if risky else style.plain)


def write_entry(sheet: Any, row: int, column: int, entry: Entry, style: Style) -> None:
    if isinstance(entry, Amount):
        sheet.put_number(row, column, entry.value, style.plain)
    elif entry:
        write_text(sheet, row, column, entry, style)
    else:
        sheet.put_blank(row, column, None, style.plain)


def printable(text: str) -> str:
    """The text without characters that no xlsx may hold; cut with an ellipsis when too long."""
    clean = _UNSAFE.sub("", text)
    if len(clean) * 2 <= MAX_TEXT or len(clean.encode("utf-16-le")) <= MAX_TEXT * 2:
        return clean
    units = clean.encode("utf-16-le")[: (MAX_TEXT - 1) * 2]
    return units.decode("utf-16-le", "ignore") + "…"


def number_format(desimal: int) -> str:
    """A number format with Indonesian separators, for programs that take them from the file."""
    return "[$-421]#,##0" + ("." + "0" * desimal if desimal else "")


@cache
def labels() -> dict[str, Any]:
    """The fixed words of our workbooks."""
    path = Path(__file__).parents[1] / "templates" / "lembar.yaml"
    content: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return content
