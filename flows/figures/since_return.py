"""What has changed in a unit's rows since whoever judges them sent them back."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from flows.figures.shown import figure, merged_rows
from flows.forms.form import Isian
from flows.model.perintah import Tugas
from flows.turn.turn import Turn

WORDS = ("sumber", "bukti", "keterangan")


def since_return(turn: Turn, tugas: Tugas, units: Iterable[str]) -> list[dict[str, Any]] | None:
    """A line for each field that differs; None where nothing was sent back: by this act, or, of
    a unit, from behind it, after it was done."""
    done = _judged_before(turn, tugas)
    if not done or not _is_sent_back(done[-1]):
        return None
    moment = _sent_back_at(turn, tugas, done[-1])
    lines: list[dict[str, Any]] = []
    for unit in units:
        before = turn.perintah.latest(unit, until=moment)
        if before is not None:
            lines.extend(_changed(turn, unit, before.rows, merged_rows(turn, unit)))
    return lines


def was_judged(turn: Turn, tugas: Tugas) -> bool:
    """Whether the unit's rows have come to this act before."""
    return any(t.seq < tugas.seq for t in turn.perintah.tasks(tugas.act, tugas.unit))


def _judged_before(turn: Turn, tugas: Tugas) -> list[Tugas]:
    tasks = turn.perintah.tasks(tugas.act, tugas.unit)
    return [t for t in tasks if t.seq < tugas.seq and t.outcome != "ditarik"]


def _is_sent_back(done: Tugas) -> bool:
    return done.outcome == "dikembalikan" or (done.unit is not None and done.state == "ulang")


def _sent_back_at(turn: Turn, tugas: Tugas, done: Tugas) -> datetime:
    """When the work began again: a return freezes what it sends back at the moment at which it
    opens an earlier act. What `done` has led to itself lies behind it."""
    again = turn.sop.upstream(done.act) | {done.act}
    opened = (t for t in turn.perintah.tugas if t.seq > done.seq and t.act in again)
    return next((t.opened_at for t in opened if done.unit in (None, t.unit)), tugas.opened_at)


def _changed(
    turn: Turn, unit: str, before: Iterable[Isian], now: Iterable[Isian]
) -> Iterator[dict[str, Any]]:
    sent_back = {row.kode: row for row in before}
    for row in now:
        old = sent_back.get(row.kode, Isian(row.kode))
        former, present = figure(turn, unit, old), figure(turn, unit, row)
        if former != present:
            yield {"kode": row.kode, "hal": "", "semula": former, "menjadi": present}
        for name in WORDS:
            if getattr(old, name) != getattr(row, name):
                yield {"kode": row.kode, "hal": name, "menjadi": getattr(row, name)}
        if set(row.evidence) - set(old.evidence):
            added = len(set(row.evidence) - set(old.evidence))
            yield {"kode": row.kode, "hal": "berkas", "menjadi": str(added)}
