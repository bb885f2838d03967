"""Builds the Sheet an official would send: the issued form, filled with the sample, edited."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

import yaml

import flows.forms.form
from flows.forms.form import Cell, Form, Indicator, Isian, Sheet, issued
from flows.forms.sheet_check import Checked, Expected, check, issue_meta
from tests.flows.sample import GRADING, ISIAN, QUARTER, indicators_of

FORMS = Path(flows.forms.form.__file__).parent
INDIKATOR = Form.model_validate(
    yaml.safe_load((FORMS / "indikator.yaml").read_text(encoding="utf-8"))
)
FILLED = {row.kode: row for row in ISIAN}

Grid = dict[str, Cell]


def cell_of(address: str, value: str | Decimal | None) -> Cell:
    if value is None:
        return Cell(address, "empty")
    if isinstance(value, Decimal):
        return Cell(address, "number", str(value), value)
    return Cell(address, "text", value)


def entry(isian: Isian | None, role: str) -> str | Decimal | None:
    if isian is None:
        return None
    if role == "realisasi":
        return "n/a" if isian.is_na else isian.realisasi
    return getattr(isian, role) or None


def form_cells(
    form: Form, indicators: Iterable[Indicator], filled: Mapping[str, Isian], quarter: int
) -> Grid:
    """All cells of the filled form by address; computed columns hold formulas."""
    cells: Grid = {}
    for column in form.columns:
        letter = form.letter(column.role)
        cells[f"{letter}{form.header_row}"] = Cell(
            f"{letter}{form.header_row}", "text", column.heading
        )
        for number, indicator in enumerate(indicators, 1):
            address = f"{letter}{form.first_row + number - 1}"
            if column.source == "hitung":
                cells[address] = Cell(address, "number", "1", Decimal(1), formula="=1")
            elif column.role == "nomor":
                cells[address] = cell_of(address, Decimal(number))
            elif column.source == "terbit":
                cells[address] = cell_of(address, issued(column.role, indicator, quarter))
            else:
                cells[address] = cell_of(address, entry(filled.get(indicator.kode), column.role))
    return cells


def as_sheet(cells: Grid, meta: Mapping[str, str]) -> Sheet:
    rows: dict[int, dict[str, Cell]] = {}
    for address, cell in cells.items():
        letter = address.rstrip("0123456789")
        if cell.kind != "empty":
            rows.setdefault(int(address.removeprefix(letter)), {})[letter] = cell
    return Sheet("KBK", tuple(sorted(rows.items())), meta, ("KBK",))


def expected(unit: str, kode: Iterable[str] | None = None) -> Expected:
    codes = kode if kode is not None else (row.kode for row in indicators_of(unit))
    return Expected(unit, "2026-TW3", "001/2026", INDIKATOR.version, frozenset(codes))


def sheet_of(unit: str, edits: Mapping[str, Cell | str | Decimal | None] | None = None) -> Sheet:
    """The unit's form with the sample's figures; `edits` put other cells at their addresses."""
    cells = form_cells(INDIKATOR, indicators_of(unit), FILLED, QUARTER)
    for address, value in (edits or {}).items():
        cells[address] = value if isinstance(value, Cell) else cell_of(address, value)
    return as_sheet(cells, issue_meta(INDIKATOR, expected(unit)))


def check_unit(
    unit: str,
    edits: Mapping[str, Cell | str | Decimal | None] | None = None,
    *,
    part: Iterable[str] | None = None,
    former: Mapping[str, Decimal] | None = None,
    sheet: Sheet | None = None,
) -> Checked:
    return check(
        INDIKATOR,
        indicators_of(unit),
        QUARTER,
        sheet or sheet_of(unit, edits),
        expected(unit, part),
        former or {},
        grading=GRADING,
    )
