"""One pass over a worksheet's raw XML: its filled cells, and what openpyxl would misread."""

import re
from dataclasses import dataclass, field

from flows.forms.form import Unreadable, column_letter, column_number
from reports.reading.refusals import Reason, Refused
from reports.reading.xml import MAIN, Budget, Walker

MAX_CELLS = 200_000
MAX_ROW = 20_000
MAX_COLUMN = 702  # ZZ
MAX_ROWS = 500_000  # in a sheet, most of them formatted and blank
MAX_MERGED = 50_000
_ROW, _CELL, _VALUE = MAIN + "row", MAIN + "c", MAIN + "v"
_FORMULA, _INLINE, _MERGE = MAIN + "f", MAIN + "is", MAIN + "mergeCell"
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_RANGE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6}):([A-Z]{1,3})([1-9][0-9]{0,6})")
_NUMBER = re.compile(r"\s*[-+]?(?=[0-9.])[0-9]{0,40}(?:\.[0-9]{0,40})?(?:[eE][-+]?[0-9]{1,3})?\s*")
_DRAWN = re.compile(r"(?:_xlfn\.)?(?:DISPIMG|IMAGE)\(", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9]{1,9}")


@dataclass(slots=True)
class Formula:
    """A formula's source; a follower of a shared one holds the address of its first cell."""

    source: str
    origin: str


@dataclass(slots=True)
class SheetFacts:
    """What stands in a sheet's XML; `problem` is why this sheet cannot be read, if so.

    `hidden` are cells under a merged one, `pictures` cells that hold a picture.
    """

    name: str
    part: str
    state: str = "visible"
    filled: int = 0
    last_row: int = 0
    last_cell: str = ""
    formulas: dict[str, Formula] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    pictures: set[str] = field(default_factory=set)
    problem: Unreadable | None = None


class Cells:
    """How many cells and shared strings a whole workbook holds so far; whether any pictures."""

    def __init__(self, shared_strings: int, *, has_media: bool) -> None:
        self.count = 0
        self.has_media = has_media
        self.shared_strings = shared_strings


class SheetScan(Walker):
    """Fills in a SheetFacts; only what concerns the whole workbook is refused at once."""

    def __init__(self, facts: SheetFacts, cells: Cells, budget: Budget) -> None:
        super().__init__(facts.part, budget)
        self._facts = facts
        self._cells = cells
        self._row = self._column = 0
        self._address = self._type = ""
        self._is_filled = self._is_rich = False
        self._texts: list[str] = []
        self._shared: dict[str, Formula] = {}
        self._formula: dict[str, str] = {}
        self.starts = {
            _CELL: self._start_cell,
            _VALUE: self._start_text,
            _FORMULA: self._start_formula,
            _ROW: self._start_row,
            _INLINE: self._start_inline,
            _MERGE: self._merge,
        }
        self.ends = {
            _CELL: self._end_cell,
            _VALUE: self._end_value,
            _FORMULA: self._end_formula,
        }

    def _start_row(self, attributes: dict[str, str]) -> None:
        row = self._row + 1
        if "r" in attributes:
            text = attributes["r"]
            row = int(text) if _DIGITS.fullmatch(text) else 0
        if row <= self._row:
            self._problem("rows_unordered", cell=f"A{row}")
        self._row, self._column = row, 0

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._cells.count += 1
        if self._cells.count > MAX_CELLS:
            raise Refused("too_many_cells", limit=f"{MAX_CELLS}")
        row, column = self._row, self._column + 1
        if reference := attributes.get("r"):
            match = _REFERENCE.fullmatch(reference)
            row, column = (int(match[2]), column_number(match[1])) if match else (0, 0)
        self._address = reference or f"{column_letter(column)}{row}"
        if row != self._row or column <= self._column:
            self._problem("rows_unordered", cell=self._address)
        self._column = column
        self._type = attributes.get("t", "n")
        self._is_rich = "vm" in attributes
        self._is_filled = False

    def _end_cell(self) -> None:
        if not self._is_filled:
            return
        self._facts.filled += 1
        self._note_picture()
        self._facts.last_row, self._facts.last_cell = self._row, self._address
        if self._row > MAX_ROW or self._column > MAX_COLUMN:
            self._problem("far_cell", cell=self._address)

    def _note_picture(self) -> None:
        """Excel keeps a picture in a cell as an error with a rich value, WPS as a formula."""
        formula = self._facts.formulas.get(self._address)
        is_rich_error = self._is_rich and self._type == "e" and self._cells.has_media
        if is_rich_error if formula is None else _DRAWN.match(formula.source):
            self._facts.pictures.add(self._address)

    def _start_text(self, _: dict[str, str]) -> None:
        self._texts.clear()
        self.parser.CharacterDataHandler = self._texts.append

    def _taken_text(self) -> str:
        self.parser.CharacterDataHandler = None
        return "".join(self._texts)

    def _start_formula(self, attributes: dict[str, str]) -> None:
        self._formula = attributes
        self._start_text(attributes)

    def _end_formula(self) -> None:
        source = self._taken_text()
        formula = Formula(source, self._address)
        if self._formula.get("t") == "shared":
            formula = self._shared.setdefault(self._formula.get("si", ""), formula)
        self._facts.formulas[self._address] = formula
        self._is_filled = True

    def _start_inline(self, _: dict[str, str]) -> None:
        self._is_filled = True

    def _end_value(self) -> None:
        text = self._taken_text()
        if not text:
            return
        self._is_filled = True
        match self._type:
            case "n" if not _is_finite(text):
                self._problem("bad_number", cell=self._address, value=text.strip()[:40])
            case "s" if not self._is_shared(text):
                self._problem("shared_index", cell=self._address)
            case "b" if text.strip() not in ("0", "1"):
                self._problem("bad_number", cell=self._address, value=text.strip()[:40])

    def _is_shared(self, text: str) -> bool:
        return bool(_DIGITS.fullmatch(text.strip())) and int(text) < self._cells.shared_strings

    def _merge(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("ref", "")
        match = _RANGE.fullmatch(reference)
        if not match:
            return
        left, right = column_number(match[1]), column_number(match[3])
        top, bottom = int(match[2]), int(match[4])
        area = (right - left + 1) * (bottom - top + 1)
        is_far = bottom > MAX_ROW or right > MAX_COLUMN
        if is_far or len(self._facts.hidden) + area > MAX_MERGED:
            self._problem("merge", cell=reference)
            return
        first = f"{match[1]}{top}"
        for column in range(left, right + 1):
            letter = column_letter(column)
            self._facts.hidden.update(f"{letter}{row}" for row in range(top, bottom + 1))
        self._facts.hidden.discard(first)

    def _problem(self, reason: Reason, **detail: str) -> None:
        if self._facts.problem is None:
            self._facts.problem = Unreadable(reason, {"sheet": self._facts.name, **detail})


def _is_finite(text: str) -> bool:
    """Whether a spreadsheet can hold the number: not infinite, not rounded to zero."""
    if not _NUMBER.fullmatch(text):
        return False
    value = float(text)
    is_lost = value == 0 and any(digit in "123456789" for digit in text.lower().split("e")[0])
    return abs(value) != float("inf") and not is_lost
