"""An xlsx file as a Sheet: checked raw, then read by openpyxl; never read in part."""

import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from openpyxl.cell.read_only import EMPTY_CELL
from openpyxl.formula.translate import Translator, TranslatorError

from flows.forms.form import Cell, CellKind, Sheet, Unreadable, column_letter
from flows.forms.rekap_check import SUMMARY
from flows.text.plain import fold
from reports.reading.guard import WorkbookFacts, inspect
from reports.reading.openbook import open_workbook
from reports.reading.refusals import Refused
from reports.reading.sheetscan import MAX_CELLS, Formula, SheetFacts

_letter = cache(column_letter)
CODES, FIGURES = "kode", "realisasi"
META_SHEET = "_sigap"
CORRECTIONS_SHEET = "Perbaikan"
MAX_BLANK_ROWS = 200
MAX_HEADER_ROW = 40
MAX_HEADINGS = 2_000  # on all sheets but the one that is read
LONGEST_HEADING = 40
FEWEST_HEADINGS = 2
MAX_TEXT = 4_000  # a form's own limit is 2,000: long enough to be seen as too long
MAX_SHEET_TEXT = 12_000_000
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LINE_BREAKS = dict.fromkeys(map(ord, "\r\x0b\x0c\x85\u2028\u2029"), "\n")
_CONTROLS = {
    code: "\ufffd" for code in (*range(9), *range(14, 32), *range(127, 160)) if code != 133
}
_CLEANED = str.maketrans(_CONTROLS | _LINE_BREAKS)


def read_sheet(path: Path) -> Sheet | Unreadable:
    """The first visible sheet that holds a form, else one with codes, else the first."""
    facts = inspect(path)
    if isinstance(facts, Unreadable):
        return facts
    try:
        with warnings.catch_warnings(), path.open("rb") as stream:
            warnings.simplefilter("ignore")
            return _read(stream, facts)
    except Refused as refused:
        return refused.unreadable
    except MemoryError:
        raise
    except Exception:  # openpyxl raises whatever its parser raised, of no common type
        return Unreadable("broken", {"part": ""})


def _read(stream: BinaryIO, facts: WorkbookFacts) -> Sheet:
    visible = [sheet for sheet in facts.sheets if sheet.state == "visible"]
    if not visible:
        raise Refused("no_sheet")
    workbook = open_workbook(stream)
    try:
        # chart sheets hold no cells and are none of ours
        if [sheet.title for sheet in workbook.worksheets] != [
            sheet.name for sheet in facts.sheets
        ]:
            raise Refused("broken", part="")
        meta = _meta(workbook, facts.sheets) | _code(workbook)
        parts = _parts(workbook, visible) if _is_rekap(visible, meta) else ()
        found = parts or _readable(workbook, visible)
        chosen = _chosen(found)
        others = [sheet for sheet in facts.sheets if sheet.name != chosen[0].name]
        elsewhere = () if parts else tuple(_elsewhere(workbook, others))
    finally:
        workbook.close()
    names = tuple(sheet.name for sheet in visible)
    whole = tuple(Sheet(facts.name, rows) for facts, rows in parts)
    rivals = () if parts else _rivals(chosen, found)
    return Sheet(chosen[0].name, chosen[1], meta, names, whole, rivals, elsewhere)


_Rows = tuple[tuple[int, dict[str, Cell]], ...]
_Part = tuple[SheetFacts, _Rows]


def _is_rekap(visible: list[SheetFacts], meta: dict[str, str]) -> bool:
    """Whether the workbook is a rekap; the hidden sheet of a form names its unit."""
    return _is_named(visible[0], SUMMARY) and "unit" not in meta


def _parts(workbook: Any, visible: list[SheetFacts]) -> tuple[_Part, ...]:
    return tuple((facts, _rows(workbook[facts.name], facts)) for facts in visible)


def _readable(workbook: Any, visible: list[SheetFacts]) -> tuple[_Part, ...]:
    """The sheets before the first that cannot be read; raises Refused where none is left.

    Behind a form only what may be a copy of it is read.
    """
    in_order = sorted(visible, key=lambda facts: _is_named(facts, CORRECTIONS_SHEET))
    found: list[_Part] = []
    most = MAX_CELLS
    for facts in in_order:
        if facts.filled > most:
            continue
        try:
            part = facts, _rows(workbook[facts.name], facts)
        except Refused:
            if not found:
                raise
            continue
        found.append(part)
        if _is_form(part[1]):
            most = min(most, 2 * facts.filled)
    return tuple(found)


def _chosen(found: tuple[_Part, ...]) -> _Part:
    """An own list of codes may stand before the form."""
    headed = [part for part in found if _headings(part[1])]
    forms = [part for part in headed if _is_form(part[1])]
    return next(iter(forms or headed or found))


def _rivals(chosen: _Part, found: tuple[_Part, ...]) -> tuple[str, ...]:
    """Copies ("KBK (2)") with other figures: which of them was meant cannot be decided here."""
    others = (part for part in found if part is not chosen and part[1] != chosen[1])
    is_form = _is_form(chosen[1])
    return tuple(facts.name for facts, rows in others if is_form and _is_form(rows))


def _elsewhere(workbook: Any, others: list[SheetFacts]) -> Iterator[tuple[str, str, str]]:
    """Texts that may head the columns of a table, on hidden sheets too."""
    left = MAX_HEADINGS
    for facts in others:
        is_ours = facts.name == META_SHEET or _is_named(facts, CORRECTIONS_SHEET)
        if is_ours or facts.problem is not None:
            continue
        workbook[facts.name].reset_dimensions()
        for number, row in enumerate(workbook[facts.name].iter_rows(max_row=MAX_HEADER_ROW), 1):
            texts = [(c, clean_text(c.value)) for c in row if _is_heading(c)]
            if len(texts) < FEWEST_HEADINGS or left < len(texts):
                continue
            left -= len(texts)
            yield from ((facts.name, f"{_letter(c.column)}{number}", text) for c, text in texts)


def _is_heading(raw: Any) -> bool:
    return isinstance(raw.value, str) and 0 < len(raw.value.strip()) <= LONGEST_HEADING


def _is_named(facts: SheetFacts, name: str) -> bool:
    return facts.name.strip().casefold() == name.casefold()


def _is_form(rows: _Rows) -> bool:
    return any(heading.startswith(FIGURES) for heading in _headings(rows))


def _headings(rows: _Rows) -> tuple[str, ...]:
    """The row that heads a column of codes, folded."""
    for number, row in rows:
        if number > MAX_HEADER_ROW:
            break
        folded = tuple(fold(cell.text) for cell in row.values())
        if len(row) > 2 and CODES in folded:
            return folded
    return ()


def _meta(workbook: Any, sheets: tuple[SheetFacts, ...]) -> dict[str, str]:
    for facts in sheets:
        if facts.name == META_SHEET and facts.problem is None:
            rows = _rows(workbook[facts.name], facts)
            pairs = ((row["A"].text, row.get("B")) for _, row in rows if "A" in row)
            return {key: value.text if value else "" for key, value in pairs}
    return {}


def _code(workbook: Any) -> dict[str, str]:
    """The code of the paper that this workbook is, or once was."""
    kept = str(workbook.properties.keywords or "")
    return {"dokumen": kept.removeprefix("SIGAP-")} if kept.startswith("SIGAP-") else {}


def _rows(worksheet: Any, facts: SheetFacts) -> _Rows:
    if facts.problem is not None:
        raise _as_refused(facts.problem)
    worksheet.reset_dimensions()
    rows: list[tuple[int, dict[str, Cell]]] = []
    seen = length = 0
    for number, cells in _raw_rows(worksheet, facts):
        row: dict[str, Cell] = {}
        for raw in cells:
            letter = _letter(raw.column)
            address = f"{letter}{number}"
            formula = facts.formulas.get(address)
            if raw.value is None and formula is None:
                continue
            seen += 1
            is_picture = address in facts.pictures
            cell = Cell(address, "picture") if is_picture else _cell(raw, address, formula)
            length += len(cell.text)
            if cell.kind != "empty" and address not in facts.hidden:
                row[letter] = cell
        if length > MAX_SHEET_TEXT:
            raise Refused("too_much_text", sheet=facts.name)
        if row:
            rows.append((number, row))
    if seen < facts.filled and (not rows or facts.last_row - rows[-1][0] > MAX_BLANK_ROWS):
        raise Refused("far_cell", sheet=facts.name, cell=facts.last_cell)
    if seen != facts.filled:
        raise Refused("rows_lost", sheet=facts.name, read=f"{seen}", seen=f"{facts.filled}")
    return tuple(rows)


def _raw_rows(worksheet: Any, facts: SheetFacts) -> Iterator[tuple[int, list[Any]]]:
    """Numbered rows with cells, up to the last filled one or to 200 consecutive blank ones."""
    last_filled = 0
    for number, row in enumerate(worksheet.iter_rows(), 1):
        if number > facts.last_row or number - last_filled > MAX_BLANK_ROWS:
            return
        cells = [cell for cell in row if cell is not EMPTY_CELL]
        if any(cell.value is not None for cell in cells):
            last_filled = number
        yield number, cells


def _cell(raw: Any, address: str, formula: Formula | None) -> Cell:
    kind, text, number = _content(raw.value, raw.data_type)
    source = None if formula is None else _source(formula, address)
    if source is not None and kind == "empty":
        kind = "formula"
    return Cell(address, kind, text, number, source, raw.number_format)


def _content(value: Any, data_type: str) -> tuple[CellKind, str, Decimal | None]:
    if value is None:
        return "empty", "", None
    if data_type == "e":
        return "error", str(value), None
    if isinstance(value, bool):
        return "bool", str(value).upper(), None
    if isinstance(value, int | float):
        number = _typed(value)
        return "number", str(number), number
    if isinstance(value, date | datetime | time):
        return "date", value.isoformat(), None
    if isinstance(value, timedelta):
        return "date", str(value), None
    text = clean_text(str(value))
    return ("text" if text.strip() else "empty"), text, None


def _typed(value: int | float) -> Decimal:
    """The number typed: the shortest text of the stored double (64.799999999999997 is 64.8)."""
    is_whole = isinstance(value, float) and value.is_integer() and abs(value) < 1e15
    return Decimal(int(value)) if is_whole else Decimal(repr(value))


def clean_text(text: str) -> str:
    """Excel's own escapes decoded, line breaks alike, what no paper can show made visible."""
    if len(text) <= MAX_TEXT and text.isascii() and text.isprintable() and "_x" not in text:
        return text
    text = unescaped(text[: MAX_TEXT * 8])[:MAX_TEXT]
    return text.replace("\r\n", "\n").translate(_CLEANED)


def unescaped(text: str) -> str:
    """_x000D_ and the like, which openpyxl leaves as they stand in the file."""
    return _ESCAPE.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return "\ufffd" if 0xD800 <= code <= 0xDFFF or code >= 0xFFFE else chr(code)


def _source(formula: Formula, address: str) -> str:
    source = f"={formula.source}"[:MAX_TEXT]
    if formula.origin == address or len(source) < 2:
        return source
    try:
        return str(Translator(source, formula.origin).translate_formula(address))
    except TranslatorError:
        return source


def _as_refused(problem: Unreadable) -> Refused:
    refused = Refused("broken")
    refused.unreadable = problem
    return refused
