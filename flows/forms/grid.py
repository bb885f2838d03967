"""The form located in a sheet: its header row, its columns, and the indicator of each row."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from flows.forms.form import Cell, Form, Indicator, Role, Sheet, column_letter, column_number
from flows.text.plain import fold, fold_words, shape

HEADER_ROWS = 40
FEWEST_HEADINGS = 3
WORDY = re.compile(r"[^\W\d_]")
PERIOD_SUFFIX = re.compile(r"(?:(?:i{1,3}|iv|[1-4])?(?:20[0-9]{2})?)")

Cells = Mapping[str, Cell]


class Naming(NamedTuple):
    """A column's heading and short name, both folded."""

    role: Role
    heading: str
    short: str


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the columns stand. `extra`: headings not of the form; `doubled`: ours once more."""

    row: int
    letters: Mapping[Role, str]
    extra: tuple[Cell, ...]
    doubled: tuple[Cell, ...]

    def cell(self, line: "SheetRow", role: Role) -> Cell:
        """The cell of that column; an empty one with its address where nothing stands."""
        letter = self.letters[role]
        return line.cells.get(letter) or Cell(f"{letter}{line.row}", "empty")


@dataclass(frozen=True, slots=True)
class SheetRow:
    row: int
    cells: Cells


@dataclass(frozen=True, slots=True)
class Reported(SheetRow):
    indicator: Indicator


class Lines(NamedTuple):
    """The rows below the header: `renamed` are known by the indicator's name, not by its kode.

    `unknown` rows bear a code or figures nobody asked for; `strays` are words beside the table.
    """

    known: tuple[Reported, ...] = ()
    renamed: tuple[Reported, ...] = ()
    doubled: tuple[Reported, ...] = ()
    unknown: tuple[SheetRow, ...] = ()
    strays: tuple[SheetRow, ...] = ()


def find_grid(form: Form, sheet: Sheet) -> Grid | None:
    """The row among the first forty that bears most of the form's headings."""
    names = [
        Naming(column.role, fold(column.heading), fold(column.name)) for column in form.columns
    ]
    grids = [_grid(names, row, cells) for row, cells in sheet.rows if row <= HEADER_ROWS]
    best = max(grids, key=lambda grid: len(grid.letters), default=None)
    fewest = min(FEWEST_HEADINGS, len(form.columns))
    return best if best is not None and len(best.letters) >= fewest else None


def sort_lines(grid: Grid, indicators: Sequence[Indicator], sheet: Sheet) -> Lines:
    """Classifies the rows below the header; blank ones are left out."""
    by_kode = {fold_words(indicator.kode): indicator for indicator in indicators}
    shapes = {shape(indicator.kode) for indicator in indicators}
    below = (SheetRow(row, cells) for row, cells in sheet.rows if row > grid.row)
    lines = [line for line in below if not _is_numbering(line)]
    first: dict[str, Reported] = {}
    doubled: list[Reported] = []
    others: list[SheetRow] = []
    for line in lines:
        kode = fold_words(grid.cell(line, "kode").text)
        if kode not in by_kode:
            others.append(line)
        elif kode in first:
            doubled.append(Reported(line.row, line.cells, by_kode[kode]))
        else:
            first[kode] = Reported(line.row, line.cells, by_kode[kode])
    missing = [indicator for kode, indicator in by_kode.items() if kode not in first]
    renamed = _renamed(grid, missing, others)
    rest = [line for line in others if line.row not in {found.row for found in renamed}]
    # A row with a code like ours or a figure must not be ignored.
    unknown = [
        line
        for line in rest
        if shape(grid.cell(line, "kode").text) in shapes or figure_of(grid, line)
    ]
    strays = [line for line in rest if line not in unknown and _has_words(grid, line)]
    return Lines(
        tuple(first.values()), tuple(renamed), tuple(doubled), tuple(unknown), tuple(strays)
    )


def figure_of(grid: Grid, line: SheetRow) -> tuple[Role, Cell] | None:
    """The first figure in a row that belongs to no indicator."""
    roles: tuple[Role, ...] = ("realisasi", "target", "target_tahun")
    cells = ((role, grid.cell(line, role)) for role in roles if role in grid.letters)
    return next(((role, cell) for role, cell in cells if _is_figure(cell)), None)


def is_divided(grid: Grid, sheet: Sheet, role: Role) -> bool:
    """Whether its heading stands over several columns, each headed again in the row below."""
    rows = dict(sheet.rows)
    below = rows.get(grid.row + 1, {})
    letter = grid.letters[role]
    beside = column_letter(column_number(letter) + 1)
    has_words = all(at in below and WORDY.search(below[at].text) for at in (letter, beside))
    return has_words and beside not in rows[grid.row] and grid.letters["kode"] not in below


def _grid(names: Sequence[Naming], row: int, cells: Cells) -> Grid:
    ranked: dict[Role, tuple[int, str]] = {}
    rivals: list[tuple[Role, int, str]] = []
    for letter, cell in cells.items():
        text = fold(cell.text)
        for name in names:
            rank = _rank(name, text)
            if rank is None:
                continue
            rivals.append((name.role, rank, letter))
            if name.role not in ranked or rank < ranked[name.role][0]:
                ranked[name.role] = (rank, letter)
    letters = {role: letter for role, (_, letter) in ranked.items()}
    # Two equally good headings are ambiguous; a short name beside the full one is not.
    doubled = {
        letter
        for role, rank, letter in rivals
        if rank == ranked[role][0] and letter != ranked[role][1]
    }
    ours = set(letters.values()) | doubled
    extra = tuple(cell for letter, cell in cells.items() if letter not in ours)
    return Grid(row, letters, extra, tuple(cells[letter] for letter in cells if letter in doubled))


def _rank(name: Naming, text: str) -> int | None:
    """0: the heading itself, perhaps with a period after it; 1: its short name."""
    if not text:
        return None
    if text.startswith(name.heading) and PERIOD_SUFFIX.fullmatch(text, len(name.heading)):
        return 0
    return 1 if text == name.short else None


def _renamed(
    grid: Grid, missing: Sequence[Indicator], others: Iterable[SheetRow]
) -> list[Reported]:
    if "indikator" not in grid.letters:
        return []
    by_name = {fold_words(indicator.indikator): indicator for indicator in missing}
    renamed: list[Reported] = []
    for line in others:
        indicator = by_name.pop(fold_words(grid.cell(line, "indikator").text), None)
        if indicator is not None:
            renamed.append(Reported(line.row, line.cells, indicator))
    return renamed


def _is_numbering(line: SheetRow) -> bool:
    """The row "1 2 3 ..." or "(1) (2) (3) ..." that many forms have under their headings."""
    texts = [cell.text.strip().strip("()") for cell in line.cells.values()]
    said = [text for text in texts if text]
    numbers = [int(text) for text in said if text.isascii() and text.isdigit() and len(text) < 3]
    first = numbers[0] if numbers else 0
    in_order = numbers == list(range(first, first + len(numbers)))
    return len(numbers) == len(said) and len(numbers) >= FEWEST_HEADINGS and first < 3 and in_order


def _is_figure(cell: Cell) -> bool:
    is_typed = cell.kind == "text" and re.fullmatch(r"[^a-zA-Z]*[0-9][^a-zA-Z]*", cell.text)
    return cell.number is not None or bool(is_typed)


def _has_words(grid: Grid, line: SheetRow) -> bool:
    number = grid.letters.get("nomor")
    return any(
        cell.text.strip() and cell.formula is None
        for letter, cell in line.cells.items()
        if letter != number
    )
