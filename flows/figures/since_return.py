"""What has changed in a unit's rows since whoever judges them sent them back."""

from collections.abc import Iterable, Iterator
from typing import Any

from flows.figures.shown import figure
from flows.forms.form import Isian
from flows.model.perintah import Data, Tugas
from flows.turn.turn import Turn

WORDS = ("sumber", "bukti", "keterangan")


def since_return(turn: Turn, tugas: Tugas, units: Iterable[str]) -> list[dict[str, Any]] | None:
    """A line for each field that differs; None where the act before was no return."""
    former = [
        t
        for t in turn.perintah.tasks(tugas.act, tugas.unit)
        if t.seq < tugas.seq and t.outcome != "ditarik"
    ]
    if not former or former[-1].outcome != "dikembalikan":
        return None
    lines: list[dict[str, Any]] = []
    for unit in units:
        before, now = _before(turn, unit, former[-1]), turn.perintah.latest(unit)
        if before is not None and now is not None and before.version != now.version:
            lines.extend(_changed(turn, unit, before, now))
    return lines


def _before(turn: Turn, unit: str, returned: Tugas) -> Data | None:
    """The version that was sent back."""
    moment = returned.finished_at or returned.opened_at
    known = [d for d in turn.perintah.data if d.unit == unit and d.made_at <= moment]
    return max(known, key=lambda data: data.version, default=None)


def _changed(turn: Turn, unit: str, before: Data, now: Data) -> Iterator[dict[str, Any]]:
    for row in now.rows:
        old = before.row(row.kode) or Isian(row.kode)
        former, present = figure(turn, unit, old), figure(turn, unit, row)
        if former != present:
            yield {"kode": row.kode, "hal": "", "semula": former, "menjadi": present}
        for name in WORDS:
            if getattr(old, name) != getattr(row, name):
                yield {"kode": row.kode, "hal": name, "menjadi": getattr(row, name)}
        if set(row.evidence) - set(old.evidence):
            added = len(set(row.evidence) - set(old.evidence))
            yield {"kode": row.kode, "hal": "berkas", "menjadi": str(added)}
