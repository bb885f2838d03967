"""Lists kept in Excel: rows under headings, accepted whole or refused with every mistake."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flows.forms.form import Cell, Sheet
from flows.forms.numbers import format_plain
from flows.office.kantor import Office

MAX_ROWS = 5_000
MAX_LENGTH = 500
UNSEEN = re.compile(r"[\x00-\x1f\x7f\u200b\u200e\u200f\u2060\ufeff]+")

RULES: Mapping[str, str] = {
    "no_file": "there is no such file",
    "unreadable": "cannot be read as an .xlsx workbook ({detail})",
    "too_many_rows": "holds more than {detail} rows",
    "empty_list": "holds no row under the headings",
    "column_missing": "this column is missing; the headings stand in row 1",
    "column_twice": "this heading stands twice (also in {detail})",
    "required": "must not be empty",
    "too_long": "is longer than {detail} characters",
    "cell_error": "is an error of Excel, not a value",
    "cell_picture": "holds a picture, not a value",
    "nip_number": "is a number, so its last digits are lost; make the column text and retype it",
    "nip_invalid": "is no NIP: 18 digits, as date of birth, entry, sex and sequence",
    "nip_two_names": "is the NIP of {detail} too",
    "unknown_role": "is no role; known: {detail}",
    "unknown_unit": "is no unit; known: {detail}",
    "unit_required": "must name the unit of a {detail}",
    "unit_not_wanted": "must be empty: {detail} is a role of the whole office",
    "seat_taken": "needs no row: there the {detail} holds this post",
    "unknown_jenis": "is neither definitif, Plt nor Plh",
    "bad_date": "is no date; use a date cell or dd-mm-yyyy",
    "end_before_start": "lies before the start ({detail})",
    "letter_required": "must name the letter a {detail} rests on",
    "row_twice": "says the same as row {detail}",
    "two_holders": "is held at the same time by {detail}",
    "kode_twice": "stands in row {detail} too",
    "bad_kode": "may hold letters, digits, dot, dash and slash only, 30 at most",
    "not_one_of": "must be one of: {detail}",
    "not_a_number": "is no number",
    "fraction": "has a fraction, but Desimal is 0 (a whole number)",
    "ambiguous": "could mean {detail}; use a number cell",
    "negative": "must not be negative",
    "target_zero": "must not be 0 where Arah is +",
    "bad_limits": "is no range; leave it empty or write two figures",
}


@dataclass(frozen=True, slots=True)
class ListMistake:
    """One cell that is refused. `rule` is a key of RULES, so that the chat can word it."""

    rule: str
    cell: str = ""
    column: str = ""
    subject: str = ""
    value: str = ""
    detail: str = ""
    example: str = ""

    def __str__(self) -> str:
        inside = ", ".join(part for part in (self.column, self.subject) if part)
        place = f"{self.cell} ({inside})" if self.cell and inside else self.cell or inside
        shown = f"{self.value!r} " if self.value else ""
        rule = RULES[self.rule].format(detail=self.detail)
        example = f"; example: {self.example}" if self.example else ""
        return f"{place}: {shown}{rule}{example}" if place else f"{shown}{rule}{example}"


class ListInvalid(Exception):
    """A list with mistakes, all of them; nothing of it is accepted."""

    def __init__(self, source: str, mistakes: Sequence[ListMistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(f"{source}: {mistake}" for mistake in self.mistakes))


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: how it is headed, and in a written list how wide it is and what it offers.

    A list without an optional one is read as if its cells were empty.
    """

    name: str
    width: int
    example: str = ""
    is_text: bool = True
    is_optional: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    heading: Heading
    cell: Cell

    @property
    def text(self) -> str:
        """The cell's text on one line, without invisible characters."""
        if self.cell.number is not None:
            return format_plain(self.cell.number)
        clean = UNSEEN.sub(" ", unicodedata.normalize("NFC", self.cell.text))
        return " ".join(clean.split())


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    fields: Mapping[str, Field]

    def __getitem__(self, heading: str) -> Field:
        return self.fields[heading]

    def text(self, heading: str) -> str:
        return self.fields[heading].text


@dataclass(slots=True)
class Complaints:
    mistakes: list[ListMistake] = field(default_factory=list)

    def add(self, rule: str, place: Field, subject: str = "", detail: str = "") -> None:
        cell, heading, value = place.cell.address, place.heading, place.text[:40]
        self.mistakes.append(
            ListMistake(rule, cell, heading.name, subject, value, detail, heading.example)
        )

    def raise_if_any(self, source: str) -> None:
        if self.mistakes:
            raise ListInvalid(source, self.mistakes)


def table_rows(sheet: Sheet, headings: Sequence[Heading], source: str) -> tuple[Row, ...]:
    """The rows under the headings in row 1; refuses what lacks a column or holds nothing."""
    header = dict(sheet.rows).get(1, {})
    columns, mistakes = _columns(header, headings)
    if mistakes:
        raise ListInvalid(source, mistakes)
    absent = {heading: "" for heading in headings if heading not in columns}
    placed = columns | absent
    rows = (_row(number, cells, placed) for number, cells in sheet.rows if number > 1)
    filled = tuple(row for row in rows if any(field.text for field in row.fields.values()))
    if not filled:
        raise ListInvalid(source, [ListMistake("empty_list")])
    if len(filled) > MAX_ROWS:
        raise ListInvalid(source, [ListMistake("too_many_rows", detail=f"{MAX_ROWS}")])
    return filled


def key_of(text: str) -> str:
    """The key by which headings and names are compared: no case, spacing or brackets."""
    return " ".join(re.sub(r"[(\[].*?[)\]]", " ", text).replace("_", " ").casefold().split())


def _columns(
    header: Mapping[str, Cell], headings: Sequence[Heading]
) -> tuple[dict[Heading, str], list[ListMistake]]:
    """The letter of each heading, or what is wrong with the header row."""
    wanted = {key_of(heading.name): heading for heading in headings}
    columns: dict[Heading, str] = {}
    mistakes = []
    for letter, cell in header.items():
        heading = wanted.get(key_of(cell.text))
        if heading is not None and heading in columns:
            detail = f"{columns[heading]}1"
            mistakes.append(ListMistake("column_twice", cell.address, heading.name, detail=detail))
        elif heading is not None:
            columns[heading] = letter
    wanting = (heading for heading in headings if heading not in columns)
    missing = (heading.name for heading in wanting if not heading.is_optional)
    return columns, [*(ListMistake("column_missing", column=name) for name in missing), *mistakes]


def _row(number: int, cells: Mapping[str, Cell], columns: Mapping[Heading, str]) -> Row:
    fields = {
        heading.name: Field(heading, cells.get(letter, Cell(f"{letter}{number}", "empty")))
        for heading, letter in columns.items()
    }
    return Row(number, fields)


def words(row: Row, heading: str, complaints: Complaints, *, is_required: bool = False) -> str:
    field = row[heading]
    if field.cell.kind in ("error", "picture"):
        complaints.add(f"cell_{field.cell.kind}", field, subject(row, field))
    elif is_required and not field.text:
        complaints.add("required", field, subject(row, field))
    elif len(field.text) > MAX_LENGTH:
        complaints.add("too_long", field, subject(row, field), f"{MAX_LENGTH}")
    return field.text


def subject(row: Row, field: Field) -> str:
    """The person or indicator of a row, for messages."""
    name = row.fields.get("Nama") or row["Kode"]
    return "" if name is field else name.text


def unit_of(row: Row, office: Office) -> str | None:
    written = key_of(row.text("Unit"))
    named = (u.kode for u in office.units if written in (key_of(u.kode), key_of(u.nama)))
    return next(named, None)
