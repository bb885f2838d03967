"""Lihat data: rows of a unit or of the office, in pages, the lowest capaian first."""

import json
from typing import Any

from flows.figures.shown import merged_rows, row_lines
from flows.model.addresses import preview_ref
from flows.model.changes import Decision
from flows.model.messages import Button, Rows
from flows.model.perintah import Dokumen, Tugas
from flows.papers.filing import files
from flows.papers.unit_forms import issue_form
from flows.turn.cards import task_args
from flows.turn.listing import Listed
from flows.turn.turn import Turn, button, turning


def look(turn: Turn, tugas: Tugas) -> Decision | None:
    """Shows the rows in a silent message of its own; the task message is not edited."""
    return show_page(turn, tugas, 0, is_below=True)


def as_file(turn: Turn, tugas: Tugas) -> Decision | None:
    """Sends the same rows as a workbook: the unit's form, or the office's rekap."""
    unit = tugas.unit
    drawn = turn.perintah.paper("rekap") if unit is None else _workbook(turn, unit)
    if drawn is None:
        return turn.refuse_toast("belum_ada_berkas")
    args = {**task_args(turn, tugas), "baris": len(merged_rows(turn, unit)) if unit else 0}
    return turn.answer("data_berkas", args, attachments=files(turn, drawn, "xlsx"), is_below=True)


def _workbook(turn: Turn, unit: str) -> Dokumen:
    """The unit's workbook, issued again only if a row has changed since the last one."""
    former = turn.perintah.paper("isian", unit)
    drawn = issue_form(turn, unit, "isian", merged_rows(turn, unit))
    if former is None or _rows_of(former) != _rows_of(drawn):
        return drawn
    papers = tuple(
        d._replace(is_superseded=False) if d.seq == former.seq else d
        for d in turn.perintah.dokumen
        if d.seq != drawn.seq
    )
    turn.perintah = turn.perintah._replace(dokumen=papers)
    return former


def _rows_of(dokumen: Dokumen) -> str:
    return json.dumps(dokumen.data["isi"]["rows"], sort_keys=True)


def units_seen(turn: Turn, tugas: Tugas) -> tuple[str, ...]:
    """Units shown: that of the tugas; for a tugas of the office, every unit with data."""
    if tugas.unit is not None:
        return (tugas.unit,)
    return tuple(u for u in turn.office.unit_codes if turn.perintah.latest(u) is not None)


def show_page(turn: Turn, tugas: Tugas, page: int, *, is_below: bool = False) -> Decision | None:
    units = units_seen(turn, tugas)
    marked = frozenset[str]().union(*(_marked(turn, unit) for unit in units))
    lines = [
        {**line, "tanda": line["kode"] in marked}
        for line in row_lines(turn, {unit: merged_rows(turn, unit) for unit in units})
    ]
    listed = Listed(lines, page)
    args = {
        **task_args(turn, tugas),
        "baris": list(listed.shown),
        "hal": listed.page + 1,
        "dari_hal": listed.pages,
    }
    rows, about = _rows(tugas, listed.page, listed.pages), preview_ref(tugas.ref)
    return turn.answer("lihat_data", args, rows, about=about, is_below=is_below)


def _marked(turn: Turn, unit: str) -> frozenset[str]:
    """Codes of rows with a warning or an answered doubt."""
    warned = {w["kode"] for part in turn.perintah.parts(unit) for w in part.warnings}
    answered = {row.kode for row in merged_rows(turn, unit) if row.answers}
    return frozenset(warned | answered)


def _rows(tugas: Tugas, page: int, pages: int) -> Rows:
    def at(key: str, target: int, **words: Any) -> Button:
        return button(key, f"l{target}", tugas.ref, tugas.revision, **words)

    shut = (
        button("excel", "xl", tugas.ref, tugas.revision),
        button("tutup", "tutup", tugas.ref, tugas.revision),
    )
    return (turning(page, pages, at), shut) if pages > 1 else (shut,)
