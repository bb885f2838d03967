"""Workbooks as the officials fill them: the paper that was issued, with figures typed in."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from flows.forms.form import Cell, Form, Isian, Sheet
from flows.model.perintah import Perintah
from flows.model.view import Setting
from tests.flows.sample import SAMPLE

Typed = Mapping[str, Mapping[str, str]]


def typed(isian: Isian) -> str:
    """A figure as an official types it."""
    return "n/a" if isian.is_na else str(isian.realisasi).replace(".", ",")


FIGURES = {row.isian.kode: typed(row.isian) for row in SAMPLE}
SOURCES = {row.isian.kode: row.isian.sumber for row in SAMPLE if row.isian.sumber}
NOTES = {row.isian.kode: row.isian.keterangan for row in SAMPLE if row.isian.keterangan}


def figures_of(unit: str, **changed: str) -> dict[str, str]:
    """The sample's figures of a unit; `changed` names rows as KBK_03."""
    own = {code: figure for code, figure in FIGURES.items() if code.startswith(unit)}
    return own | {code.replace("_", "-"): figure for code, figure in changed.items()}


def filled(
    setting: Setting, perintah: Perintah, unit: str, figures: Mapping[str, str], **columns: Any
) -> Sheet:
    """The unit's issued workbook with these figures in it, as the reader gives it."""
    sop = setting.book.sop(perintah.sop, perintah.sop_version)
    dokumen = perintah.paper("perbaikan" if sop.corrects else "form", unit)
    assert dokumen is not None
    body = dokumen.data["isi"]
    form = setting.book.form(perintah.form)
    rows = [(form.header_row, _header(form))]
    for at, row in enumerate(body["rows"], start=form.first_row):
        entries = dict(row)
        for role, by_code in {"realisasi": figures, **columns}.items():
            if row["kode"] in by_code:
                entries[role] = by_code[row["kode"]]
        rows.append((at, _cells(form, at, entries)))
    return Sheet(unit, tuple(rows), meta=dict(body["meta"]), sheets=(unit,))


def first_filling(setting: Setting, perintah: Perintah, unit: str, **changed: str) -> Sheet:
    """The unit's whole form with the sample's figures, sources and notes."""
    return filled(
        setting, perintah, unit, figures_of(unit, **changed), sumber=SOURCES, keterangan=NOTES
    )


def only_rows(sheet: Sheet, codes: Iterable[str], form: Form) -> Sheet:
    """The same sheet with the figures of these rows alone."""
    kept = set(codes)
    rows = [
        (at, cells if _code(cells, form) in kept or at == form.header_row else _bare(cells, form))
        for at, cells in sheet.rows
    ]
    return Sheet(sheet.name, tuple(rows), sheet.meta, sheet.sheets)


def _header(form: Form) -> dict[str, Cell]:
    letters = {form.letter(column.role): column.heading for column in form.columns}
    return {letter: _cell(letter, form.header_row, heading) for letter, heading in letters.items()}


def _cells(form: Form, at: int, entries: Mapping[str, Any]) -> dict[str, Cell]:
    roles = {column.role for column in form.columns}
    letters = {
        form.letter(role): value  # type: ignore[arg-type]
        for role, value in entries.items()
        if role in roles and value not in (None, "")
    }
    return {letter: _cell(letter, at, value) for letter, value in letters.items()}


def _cell(letter: str, row: int, value: Any) -> Cell:
    if isinstance(value, Mapping):
        return Cell(f"{letter}{row}", "number", number=Decimal(value["value"]))
    return Cell(f"{letter}{row}", "text", text=str(value))


def _code(cells: Mapping[str, Cell], form: Form) -> str:
    cell = cells.get(form.letter("kode"))
    return cell.text if cell else ""


def _bare(cells: Mapping[str, Cell], form: Form) -> dict[str, Cell]:
    return {letter: cell for letter, cell in cells.items() if letter != form.letter("realisasi")}
