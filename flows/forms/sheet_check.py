"""Checks of a filled sheet, cell by cell: its entries, and every mistake at once."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple

from flows.forms.figure_check import typed
from flows.forms.form import Cell, Finding, Form, Indicator, Isian, Role, Sheet
from flows.forms.grading import Grading
from flows.forms.grid import Grid, Lines, figure_of, find_grid, is_divided, sort_lines
from flows.forms.row_check import Matter, changed, check_row
from flows.text.plain import cut, fold_words

CELL_ADDRESS = re.compile(r"([A-Z]+)([0-9]+)")
WORD = re.compile(r"[^\W_]+")
LAST = 2**31
# A lone digit behind TW may be a footnote's.
PERIOD_NAMED = re.compile(
    r"\b(?:TW|TRIWULAN)[\W_]*(IV|I{1,3}|[1-4](?=[\W_]*20))\b(?:[\W_]*(20[0-9]{2})\b)?",
    re.IGNORECASE,
)
QUARTERS = {"I": "1", "II": "2", "III": "3", "IV": "4"}
HEADING_ROWS = 3
META_KEYS = ("unit", "periode", "form", "versi")


class Expected(NamedTuple):
    """Whose form this should be, and which rows the person has to fill."""

    unit: str
    periode: str
    perintah: str
    versi: str
    kode: frozenset[str]


@dataclass(frozen=True, slots=True)
class Checked:
    """`rows` are the person's own, `others` what he filled beside them; both without errors.

    `findings` stand in reading order: E.. refuse the sheet, W.. ask for an answer. `notes` (N01
    read as, N02 words beside the table, N03 column missing) inform. `cells` gives each row's
    addresses by role; `letters` where the columns stand, empty without a header.
    """

    rows: tuple[Isian, ...] = ()
    others: tuple[Isian, ...] = ()
    findings: tuple[Finding, ...] = ()
    notes: tuple[Finding, ...] = ()
    cells: Mapping[str, Mapping[Role, str]] = field(default_factory=dict)
    header_row: int = 0
    letters: Mapping[Role, str] = field(default_factory=dict)

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.is_error)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if not finding.is_error)


def issue_meta(form: Form, expected: Expected) -> dict[str, str]:
    """Content of the hidden sheet by which an issued workbook is recognised."""
    return {
        "perintah": expected.perintah,
        "unit": expected.unit,
        "periode": expected.periode,
        "form": form.code,
        "versi": expected.versi,
    }


def check(
    form: Form,
    indicators: Sequence[Indicator],
    quarter: int,
    sheet: Sheet,
    expected: Expected,
    former: Mapping[str, Decimal],
    *,
    grading: Grading,
) -> Checked:
    """`indicators` are the unit's, in the form's order; `former` the last period's figures."""
    stated = {key: value for key, value in sheet.meta.items() if value.strip()}
    strange = _strange_meta(form, stated, expected)
    if strange:
        return Checked(findings=strange)
    grid = find_grid(form, sheet)
    if grid is None:
        misfit = _misfit("judul", form.title)
        if len(sheet.sheets) > 1 or stated:
            misfit = replace(misfit, args={**misfit.args, "lembar": sheet.name})
        return Checked(findings=(misfit,))
    lost = [role for role in ("kode", "realisasi") if role not in grid.letters]
    if lost:
        headings = [column.heading for column in form.columns if column.role in lost]
        return Checked(findings=(_misfit("kolom", ", ".join(headings)),))
    lines = sort_lines(grid, indicators, sheet)
    has_meta = not stated.keys().isdisjoint(META_KEYS)
    if not has_meta and not lines.known:
        return Checked(findings=(_strange_codes(grid, lines, expected),))
    matter = Matter(form, grid, quarter, expected.kode, former, grading)
    about = [*_about_headings(matter, sheet), *_about_figures_heading(matter, sheet, expected)]
    if not has_meta:
        about.append(Finding("W05"))
    if sheet.rivals:
        args = {"lembar": sheet.name, "others": ", ".join(sheet.rivals)}
        about.append(Finding("W06", args=args))
    return _check_lines(matter, lines, indicators, about)


def _strange_meta(form: Form, meta: Mapping[str, str], expected: Expected) -> tuple[Finding, ...]:
    """The finding of a file of another unit, period or version: then no cell is checked."""
    due = issue_meta(form, expected)
    if "rekap" in meta:
        return (_misfit("bukan_format", expected.unit),)
    wrong = [key for key in META_KEYS if _differs(meta, due, key)]
    # A file of another unit or period is of another perintah too: one finding suffices.
    if not wrong and _differs(meta, due, "perintah"):
        wrong = ["perintah"]
    return tuple(_misfit(key, due[key], found=meta[key]) for key in wrong)


def _differs(meta: Mapping[str, str], due: Mapping[str, str], key: str) -> bool:
    return key in meta and fold_words(meta[key]) != fold_words(due[key])


def _misfit(what: str, expected: str, *, found: str = "", cell: str = "") -> Finding:
    args = {"what": what, "expected": expected, "found": cut(found)}
    return Finding("E01", cell, value=cut(found), args=args)


def _strange_codes(grid: Grid, lines: Lines, expected: Expected) -> Finding:
    for line in lines.unknown:
        kode = grid.cell(line, "kode")
        if kode.text.strip():
            return _misfit("unit", expected.unit, found=kode.text, cell=kode.address)
    return _misfit("isi", expected.unit)


def _check_lines(
    matter: Matter, lines: Lines, indicators: Sequence[Indicator], about: Sequence[Finding]
) -> Checked:
    grid, found = matter.grid, [*about, *_about_lines(matter, lines, indicators)]
    reported = sorted((*lines.known, *lines.renamed), key=lambda row: row.row)
    rows: list[Isian] = []
    for row in reported:
        isian, flaws = check_row(matter, row)
        found += flaws
        rows += [isian] if isian is not None else []
    found.sort(key=lambda finding: _place(finding.cell))
    return Checked(
        rows=tuple(row for row in rows if row.kode in matter.part),
        others=tuple(row for row in rows if row.kode not in matter.part),
        findings=tuple(finding for finding in found if finding.code in matter.form.rules),
        notes=tuple(finding for finding in found if finding.code.startswith("N")),
        cells={
            row.indicator.kode: {at: grid.cell(row, at).address for at in grid.letters}
            for row in reported
        },
        header_row=grid.row,
        letters=grid.letters,
    )


def _about_headings(matter: Matter, sheet: Sheet) -> Iterator[Finding]:
    for name, address, text in sheet.elsewhere:
        if _is_forbidden(matter.form, text):
            args = {"lembar": name, "at": address}
            yield Finding("E12", "", cut(text), value=cut(text), args=args)
    for cell in (*_above(matter.grid, sheet), *matter.grid.extra):
        if _is_forbidden(matter.form, cell.text):
            yield Finding("E12", cell.address, cut(cell.text), value=cut(cell.text))
    for cell in matter.grid.doubled:
        args = {"reason": "doubled"}
        yield Finding("E10", cell.address, cut(cell.text), value=cut(cell.text), args=args)
    for column in matter.form.columns:
        if column.role not in matter.grid.letters and column.role != "nomor":
            yield Finding("N03", column=column.name, value=column.heading)


def _above(grid: Grid, sheet: Sheet) -> Iterator[Cell]:
    """What heads a column beside ours in a row before: headings may have two."""
    ours = set(grid.letters.values())
    for number, row in sheet.rows:
        if grid.row - HEADING_ROWS < number < grid.row:
            yield from (cell for letter, cell in row.items() if letter not in ours)


def _about_figures_heading(matter: Matter, sheet: Sheet, expected: Expected) -> Iterator[Finding]:
    """Findings where Realisasi may be of another period, or is one of several columns."""
    letter, name = matter.grid.letters["realisasi"], matter.name("realisasi")
    heading = dict(sheet.rows)[matter.grid.row][letter]
    named = PERIOD_NAMED.search(unicodedata.normalize("NFKC", heading.text))
    if named and _is_other_period(named, expected.periode):
        args = {"reason": "period", "expected": expected.periode}
        yield Finding("E10", heading.address, name, "", cut(heading.text), args)
    if is_divided(matter.grid, sheet, "realisasi"):
        args = {"reason": "divided"}
        yield Finding("E10", heading.address, name, "", cut(heading.text), args)


def _is_other_period(named: re.Match[str], periode: str) -> bool:
    due_year, _, due_quarter = periode.partition("-TW")
    quarter, year = named[1].upper(), named[2] or due_year[:4]
    is_other = bool(due_quarter) and QUARTERS.get(quarter, quarter) != due_quarter
    return is_other or year != due_year[:4]


def _is_forbidden(form: Form, heading: str) -> bool:
    """Whole words in a row: "NIK" is meant, "Teknik" is not."""
    words = f" {' '.join(WORD.findall(heading.casefold()))} "
    return any(f" {forbidden} " in words for forbidden in form.forbidden_headings)


def _about_lines(
    matter: Matter, lines: Lines, indicators: Sequence[Indicator]
) -> Iterator[Finding]:
    name, grid = matter.name("kode"), matter.grid
    for line in lines.unknown:
        cell = grid.cell(line, "kode")
        figure = figure_of(grid, line)
        if figure and not cell.text.strip():
            role, bare = figure
            args = {"reason": "uncoded"}
            yield Finding("E02", bare.address, matter.name(role), "", typed(bare), args)
            continue
        yield Finding("E02", cell.address, name, "", cut(cell.text), {"reason": "unknown"})
    for row in lines.doubled:
        cell, kode = grid.cell(row, "kode"), row.indicator.kode
        yield Finding("E02", cell.address, name, kode, cut(cell.text), {"reason": "doubled"})
    for row in lines.renamed:
        yield changed(matter, row, "kode", row.indicator.kode)
    present = {row.indicator.kode for row in (*lines.known, *lines.renamed)}
    for indicator in indicators:
        if indicator.kode in matter.part - present:
            args = {"reason": "missing", "indikator": indicator.indikator}
            yield Finding("E02", "", name, indicator.kode, args=args)
    for line in lines.strays:
        first = next(cell for cell in line.cells.values() if cell.text.strip())
        yield Finding("N02", first.address, value=cut(first.text))


def _place(address: str) -> tuple[int, int, str]:
    """Reading order: by row, then by column; what has no cell comes last."""
    match = CELL_ADDRESS.fullmatch(address)
    return (int(match[2]), len(match[1]), match[1]) if match else (LAST, 0, "")
