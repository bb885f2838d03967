"""Checks of one row of a filled sheet: issued, filled and computed cells."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from flows.forms.figure_check import Course, example, figure_findings, typed, written_date
from flows.forms.form import (
    Cell,
    Column,
    Finding,
    Form,
    Indicator,
    Isian,
    Role,
    Source,
    issued,
    target,
)
from flows.forms.grading import Grading, capaian, category
from flows.forms.grid import Grid, Reported
from flows.forms.numbers import ERROR_VALUE, Reading, format_number, read_number
from flows.text.plain import clean_text, fold, fold_words

LONGEST_TEXT = 2000
ALL_PLACES = 10
CENT = Decimal("0.01")

# The text of each text column; None where it was refused.
Texts = Mapping[Role, str | None]


class Matter(NamedTuple):
    """What rows are checked against; `part` are the kode this person has to fill."""

    form: Form
    grid: Grid
    quarter: int
    part: frozenset[str]
    former: Mapping[str, Decimal]
    grading: Grading

    def columns(self, source: Source) -> tuple[Column, ...]:
        """The form's columns of that source that stand in the sheet."""
        columns = (column for column in self.form.columns if column.source == source)
        return tuple(column for column in columns if column.role in self.grid.letters)

    def name(self, role: Role) -> str:
        return next(column.name for column in self.form.columns if column.role == role)

    def course(self, kode: str) -> Course:
        return Course(self.quarter, self.former.get(kode), self.grading.rumus_negatif)


def check_row(matter: Matter, row: Reported) -> tuple[Isian | None, list[Finding]]:
    """The row's entry (None with errors, or rightly empty) and its findings."""
    kode = row.indicator.kode
    found = list(_about_issued(matter, row))
    cell = matter.grid.cell(row, "realisasi")
    reading, filled = figure_findings(
        row.indicator, cell, matter.name("realisasi"), matter.course(kode)
    )
    if reading.kind == "empty" and kode not in matter.part:
        return None, found
    texts, flaws = _read_texts(matter, row)
    filled = [*filled, *flaws, *_about_gaps(matter, row, reading, texts)]
    found += [*filled, *_about_computed(matter, row, reading)]
    # A rule that the form does not hold refuses nothing, and no row goes unseen by it.
    if any(finding.is_error for finding in filled if finding.code in matter.form.rules):
        return None, found
    isian = Isian(
        kode,
        reading.value,
        is_na=reading.kind == "na",
        sumber=texts.get("sumber") or "",
        bukti=texts.get("bukti") or "",
        keterangan=texts.get("keterangan") or "",
        notes=reading.notes,
    )
    return isian, found


def changed(matter: Matter, row: Reported, role: Role, due: str) -> Finding:
    """E10: a locked cell differs from what was issued or computed."""
    cell = matter.grid.cell(row, role)
    args = {"reason": "changed", "expected": due}
    return Finding("E10", cell.address, matter.name(role), row.indicator.kode, typed(cell), args)


def _about_issued(matter: Matter, row: Reported) -> Iterator[Finding]:
    for column in matter.columns("terbit"):
        if column.role in ("nomor", "kode"):
            continue
        cell = matter.grid.cell(row, column.role)
        due = issued(column.role, row.indicator, matter.quarter)
        if isinstance(due, str):
            # Merging the cells of one Sasaran is common and leaves all but the first empty.
            is_merged = column.role == "sasaran" and not cell.text.strip()
            is_same = cell.text == due or fold_words(cell.text) == fold_words(due)
            if not is_same and not is_merged:
                yield changed(matter, row, column.role, due)
        elif not _states(cell, row.indicator.desimal, due):
            shown = "" if due is None else format_number(due, row.indicator.desimal)
            kode, args = row.indicator.kode, {"expected": shown}
            yield Finding("E09", cell.address, column.name, kode, typed(cell), args)


def _states(cell: Cell, desimal: int, due: Decimal | None) -> bool:
    """Whether the cell equals `due` in any notation."""
    reading = read_number(cell, ALL_PLACES if desimal else 0, due)
    if due is None:
        return reading.kind in ("empty", "na")
    if reading.value is not None:
        return reading.value == due
    return cell.number is None and due in reading.candidates


def _read_texts(matter: Matter, row: Reported) -> tuple[Texts, list[Finding]]:
    texts: dict[Role, str | None] = {}
    flaws: list[Finding] = []
    for column in matter.columns("isi"):
        if column.role == "realisasi":
            continue
        cell = matter.grid.cell(row, column.role)
        texts[column.role], code, args = _read_text(column, cell)
        if code:
            kode = row.indicator.kode
            flaws.append(Finding(code, cell.address, column.name, kode, typed(cell), args))
    return texts, flaws


def _read_text(column: Column, cell: Cell) -> tuple[str | None, str, dict[str, str]]:
    """The cleaned text of the cell, or the code and arguments of its refusal."""
    if cell.kind == "error" or ERROR_VALUE.fullmatch(cell.text):
        return None, "E04", {"reason": "error"}
    if cell.kind == "picture":
        return None, "E04", {"reason": "picture"}
    if cell.formula is not None and not cell.text.strip():
        return None, "E04", {"reason": "formula"}
    text = clean_text(cell.text)
    if cell.kind == "date":
        text = written_date(text)
    limit = column.max_length or LONGEST_TEXT
    if len(text) > limit:
        return None, "E14", {"limit": f"{limit}", "length": f"{len(text)}"}
    return text, "", {}


def _about_gaps(
    matter: Matter, row: Reported, reading: Reading, texts: Texts
) -> Iterator[Finding]:
    """What is missing: a required cell, or the reason of an n/a."""
    kode = row.indicator.kode
    for column in matter.columns("isi"):
        is_figure = column.role == "realisasi"
        is_empty = reading.kind == "empty" if is_figure else texts[column.role] == ""
        if column.required and is_empty:
            address = matter.grid.cell(row, column.role).address
            args = {"example": example(row.indicator.desimal)} if is_figure else {}
            yield Finding("E03", address, column.name, kode, args=args)
    is_na = reading.kind == "na"
    reason = needs_note(row.indicator, reading.value, matter.quarter, is_na=is_na)
    note = texts.get("keterangan", "")
    if reason and matter.form.column("keterangan") and note is not None and not fold(note):
        role: Role = "keterangan" if "keterangan" in texts else "realisasi"
        address, name = matter.grid.cell(row, role).address, matter.name("keterangan")
        yield Finding("E11", address, name, kode, args={"reason": reason})


def needs_note(indicator: Indicator, value: Decimal | None, quarter: int, *, is_na: bool) -> str:
    """The reason why a Keterangan is required (E11); empty where none is."""
    if is_na:
        return "na"
    is_over = value is not None and value > 0
    is_nought = indicator.arah == "-" and target(indicator, quarter) == 0
    return "target_nol" if is_over and is_nought else ""


def _about_computed(matter: Matter, row: Reported, reading: Reading) -> Iterator[Finding]:
    """Findings unless the cell is empty, a formula, or equal to the computed value."""
    if reading.kind in ("wrong", "ambiguous"):
        return
    goal = target(row.indicator, matter.quarter)
    rumus = matter.grading.rumus_negatif
    share = capaian(row.indicator.arah, goal, reading.value, rumus)
    band = category(share, matter.grading.scale)
    for column in matter.columns("hitung"):
        cell = matter.grid.cell(row, column.role)
        if cell.formula is not None or not cell.text.strip():
            continue
        if column.role == "kategori":
            due = band.nama if band else ""
            is_same = fold(cell.text) in ({fold(due)} if band else {"", "na"})
        else:
            due = "" if share is None else format_number(share, 2)
            is_same = _is_about(cell, share)
        if not is_same:
            yield changed(matter, row, column.role, due)


def _is_about(cell: Cell, share: Decimal | None) -> bool:
    reading = read_number(cell, ALL_PLACES, share)
    if share is None or reading.value is None:
        return share is None and reading.kind == "na"
    return abs(reading.value - share) <= CENT
