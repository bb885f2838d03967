"""Doubts about figures (copied from another period, unexplained fall): asked once, kept."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple, cast

from flows.figures.shown import figure
from flows.figures.unit_rows import form_of, grading, indicators_of
from flows.forms.copies import find_copies
from flows.forms.figure_check import Course, doubts, remarks
from flows.forms.form import Indicator, Isian
from flows.forms.numbers import Note, Reading
from flows.model.perintah import Bagian, Tugas
from flows.office.period import Period
from flows.turn.turn import Turn

SAME = "sama"
REASON = "alasan"
READ_AS = "W04"
DOUBTED = ("share", "negative")
FEWEST_ON_TARGET = 3


class Doubt(NamedTuple):
    """What is asked: `kind` sama (one row), semua_sama or semua_target; `period` compared with."""

    kind: str
    codes: tuple[str, ...]
    period: str = ""


def former_figures(turn: Turn, period: Period) -> dict[str, Decimal]:
    rows = turn.view.former.get(period.code, {})
    return {kode: row.realisasi for kode, row in rows.items() if row.realisasi is not None}


def open_doubt(turn: Turn, tugas: Tugas, part: Bagian) -> Doubt | None:
    """The one question of a part, about the most doubtful row; None once it is answered."""
    rows = [row for row in part.rows if row.kode in part.codes]
    if any(SAME in row.answers for row in rows):
        return None
    period = turn.perintah.period
    own = [i for i in indicators_of(turn, tugas.unit or "") if i.kode in part.codes]
    for before in (period.former, Period(period.year - 1, period.quarter)):
        copies = find_copies(own, rows, former_figures(turn, before), period.quarter)
        if copies.asked:
            is_all = copies.is_all_unchanged
            codes = copies.unchanged if is_all else copies.asked[:1]
            return Doubt("semua_sama" if is_all else "sama", codes, before.label)
    copies = find_copies(own, rows, {}, period.quarter)
    is_odd = copies.is_all_on_target and len(copies.on_target) >= FEWEST_ON_TARGET
    return Doubt("semua_target", copies.on_target) if is_odd else None


def doubt_args(turn: Turn, tugas: Tugas, part: Bagian, doubt: Doubt | None) -> Any:
    if doubt is None:
        return None
    first = doubt.codes[0]
    return {
        "jenis": doubt.kind,
        "kode": first,
        "jumlah": len(doubt.codes),
        "nilai": figure(turn, tugas.unit or "", part.row(first)),
        "periode": doubt.period,
    }


def confirmed(part: Bagian, doubt: Doubt) -> Bagian:
    """The part with the answer stored in each row concerned."""
    said = doubt.period or "target"
    for code in doubt.codes:
        row = part.row(code)
        if row is not None:
            part = part.with_row(replace(row, answers={**row.answers, SAME: said}))
    return part


def kept_answers(former: Isian | None, row: Isian) -> Mapping[str, str]:
    """The answers still valid: none if the figure differs from the one they were given for."""
    if former is None or (former.realisasi, former.is_na) != (row.realisasi, row.is_na):
        return {}
    return former.answers


def warnings_of(turn: Turn, indicator: Indicator, row: Isian) -> list[dict[str, Any]]:
    """Warnings W01 to W03 of a row from file or chat, in the shape of a sheet's findings."""
    if row.realisasi is None:
        return []
    found = doubts(indicator, row.realisasi, _course(turn, row.kode))
    return [_warning(row.kode, code, args) for code, args in found]


def readings_of(turn: Turn, indicator: Indicator, row: Isian, typed: str) -> list[dict[str, Any]]:
    """Warning W04 of a row typed in the chat: its figure may have been meant otherwise.

    How an unusual notation was read is no warning there: it is told at once, and confirmed by
    going on.
    """
    if row.realisasi is None:
        return []
    reading = Reading("value", row.realisasi, tuple(cast(Note, note) for note in row.notes))
    found = remarks(indicator, reading, _course(turn, row.kode))
    doubted = (args for code, args in found if code == READ_AS and args["note"] in DOUBTED)
    return [_warning(row.kode, READ_AS, args, typed) for args in doubted]


def _course(turn: Turn, kode: str) -> Course:
    period = turn.perintah.period
    before = former_figures(turn, period.former).get(kode)
    return Course(period.quarter, before, grading(turn).rumus_negatif)


def _warning(kode: str, code: str, args: Mapping[str, str], typed: str = "") -> dict[str, Any]:
    return {
        "kode_aturan": code,
        "sel": "",
        "kolom": "",
        "kode": kode,
        "nilai": typed or args["reading"],
        **{f"x_{key}": value for key, value in args.items()},
    }


def unexplained(turn: Turn, part: Bagian) -> tuple[Mapping[str, Any], ...]:
    """Warnings that need a reason, of rows without one."""
    reasoned = form_of(turn).reasoned
    return tuple(
        warning
        for warning in part.warnings
        if warning["kode_aturan"] in reasoned and _is_silent(part.row(warning["kode"]))
    )


def _is_silent(row: Isian | None) -> bool:
    return row is not None and not row.keterangan and REASON not in row.answers


def answers_given(turn: Turn, unit: str, rows: Iterable[Isian]) -> list[dict[str, Any]]:
    """Answers to doubts, shown to who validates."""
    return [
        {
            "kode": row.kode,
            "nilai": figure(turn, unit, row),
            "periode": row.answers.get(SAME, ""),
            "alasan": row.answers.get(REASON, ""),
        }
        for row in rows
        if row.answers
    ]
