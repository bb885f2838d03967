"""A rekap workbook read back: the rows of every unit, or every mistake with its cell."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from flows.forms.form import Cell, Finding, Form, Indicator, Isian, Sheet
from flows.forms.grading import Grading, UnitRecap, grade_all, office_recap
from flows.forms.numbers import format_number, format_plain, read_number
from flows.forms.sheet_check import Expected, check
from flows.office.period import Period
from flows.text.plain import cut, fold

SUMMARY = "Ringkasan"
HEADINGS = ("Unit", "Terisi", "Jumlah", "Rata-rata mentah", "Rata-rata dibatasi", "Kategori")
HALF_A_CENT = Decimal("0.005")
PLACES = 2

Rows = Mapping[str, tuple[Isian, ...]]
Cells = Mapping[str, Cell]


class ExpectedRekap(NamedTuple):
    """The rekap expected: period, form, and the office's units in order."""

    period: Period
    form: Form
    units: tuple[str, ...]
    office: str
    indicators: tuple[Indicator, ...]
    grading: Grading

    def of_unit(self, unit: str) -> tuple[Indicator, ...]:
        """A figure below zero was accepted where the rekap was issued: it is read again."""
        own = (i for i in self.indicators if i.unit == unit)
        return tuple(replace(i, boleh_negatif=True) for i in own)


def figures_sum(rows: Rows) -> str:
    """Sixteen hex digits over all figures: they differ in a rekap changed outside."""
    lines = (
        f"{unit} {row.kode} "
        + ("n/a" if row.realisasi is None else format_plain(row.realisasi.normalize()))
        for unit, isian in sorted(rows.items())
        for row in sorted(isian, key=lambda row: row.kode)
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def check_rekap(sheet: Sheet, shape: ExpectedRekap) -> tuple[Rows, tuple[Finding, ...]]:
    """The rows by unit, and the findings: with any the rows must not be used."""
    parts = {fold(part.name): part for part in sheet.parts}
    if fold(SUMMARY) not in parts:
        return {}, (_misfit("rekap", SUMMARY),)
    strange = tuple(_strange(sheet.meta, shape))
    if strange:
        return {}, strange
    rows: dict[str, tuple[Isian, ...]] = {}
    found: list[Finding] = []
    for unit in shape.units:
        part = parts.get(fold(unit))
        if part is None:
            found.append(_misfit("lembar", unit))
            continue
        taken, about = _check_unit(part, unit, shape)
        found += about
        if not about:
            rows[unit] = taken
    found += _check_summary(parts[fold(SUMMARY)], rows, shape)
    printed = sheet.meta.get("checksum")
    if not found and printed and printed != figures_sum(rows):
        found.append(_misfit("checksum", printed))
    return rows, tuple(found)


def _misfit(what: str, expected: str, found: str = "", **args: str) -> Finding:
    return Finding("E01", args={"what": what, "expected": expected, "found": cut(found), **args})


def _strange(meta: Mapping[str, str], shape: ExpectedRekap) -> Iterator[Finding]:
    """Findings where the hidden sheet names another office, form or period."""
    due = {"periode": shape.period.code, "form": shape.form.code, "kantor": shape.office}
    for key, expected in due.items():
        if key in meta and fold(meta[key]) != fold(expected):
            yield _misfit(key, expected, meta[key])


def _check_unit(
    part: Sheet, unit: str, shape: ExpectedRekap
) -> tuple[tuple[Isian, ...], tuple[Finding, ...]]:
    """A unit's sheet is its form, filled in: the same rules hold for it."""
    indicators = shape.of_unit(unit)
    codes = frozenset(indicator.kode for indicator in indicators)
    expected = Expected(unit, shape.period.code, "", shape.form.version, codes)
    bare, quarter = replace(part, meta={}), shape.period.quarter
    checked = check(shape.form, indicators, quarter, bare, expected, {}, grading=shape.grading)
    return checked.rows, tuple(_placed(finding, part.name) for finding in checked.errors)


def _placed(finding: Finding, sheet: str) -> Finding:
    cell = f"{sheet}!{finding.cell}" if finding.cell else ""
    return replace(finding, cell=cell, args={**finding.args, "lembar": sheet})


def _check_summary(part: Sheet, rows: Rows, shape: ExpectedRekap) -> Iterator[Finding]:
    """What Ringkasan shows must follow from the units' sheets that can be read."""
    letters, below = _table(part)
    if not letters:
        yield _misfit("kolom", ", ".join(HEADINGS), lembar=part.name)
        return
    lines = {fold(line[letters["Unit"]].text): line for line in below if letters["Unit"] in line}
    graded = {
        unit: grade_all(shape.of_unit(unit), isian, shape.period.quarter, shape.grading)
        for unit, isian in rows.items()
    }
    recap = office_recap(graded, shape.grading)
    known = dict(recap.units)
    if len(known) == len(shape.units):
        known[shape.office] = recap.dinas
    for unit in (*shape.units, shape.office):
        line = lines.pop(fold(unit), None)
        if line is None:
            yield _misfit("isi", unit, lembar=part.name)
        elif unit in known:
            yield from _compare(part.name, unit, line, letters, known[unit])
    for line in lines.values():
        cell = line[letters["Unit"]]
        args = {"reason": "unknown"}
        yield Finding("E02", f"{part.name}!{cell.address}", "Unit", "", cut(cell.text), args)


def _table(part: Sheet) -> tuple[Mapping[str, str], list[Cells]]:
    """The columns by heading, and the lines with anything under them up to the first blank."""
    wanted = {fold(heading): heading for heading in HEADINGS}
    for index, (number, cells) in enumerate(part.rows):
        letters = {wanted[fold(c.text)]: at for at, c in cells.items() if fold(c.text) in wanted}
        if len(letters) == len(HEADINGS):
            below = enumerate(part.rows[index:], start=number)
            return letters, [cells for place, (at, cells) in below if at == place][1:]
    return {}, []


def _compare(
    sheet: str, unit: str, line: Cells, letters: Mapping[str, str], figures: UnitRecap
) -> Iterator[Finding]:
    for heading, due in _due(figures):
        cell = line.get(letters[heading])
        if cell is None or (cell.formula is not None and not cell.text.strip()):
            continue
        if not _says(cell, due):
            # Counts are whole, averages are not.
            is_count = isinstance(due, Decimal) and due.as_tuple().exponent == 0
            shown = due if isinstance(due, str) else format_number(due, 0 if is_count else PLACES)
            args = {"reason": "changed", "expected": shown}
            yield Finding("E10", f"{sheet}!{cell.address}", heading, unit, cut(cell.text), args)


def _due(figures: UnitRecap) -> Iterable[tuple[str, Decimal | str]]:
    means = (figures.mentah, figures.dibatasi)
    raw, clamped = ("n/a" if mean is None else mean for mean in means)
    category = figures.kategori.nama if figures.kategori else "-"
    values = (Decimal(figures.terisi), Decimal(figures.jumlah), raw, clamped, category)
    return zip(HEADINGS[1:], values, strict=True)


def _says(cell: Cell, due: Decimal | str) -> bool:
    if isinstance(due, str):
        return fold(cell.text) == fold(due)
    reading = read_number(cell, PLACES, due)
    candidates = (reading.value,) if reading.value is not None else reading.candidates
    return any(abs(value - due) <= HALF_A_CENT for value in candidates)
