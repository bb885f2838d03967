"""Frozen data: a version of a unit's rows, which stays as it is whatever is filled in later."""

from flows.figures.shown import merged_rows
from flows.model.perintah import Data, Tugas
from flows.turn.turn import Turn


def freeze(turn: Turn, unit: str, tugas: Tugas | None) -> Data | None:
    """The latest version of the unit's data; a new one only if its rows have changed."""
    rows = merged_rows(turn, unit)
    latest = turn.perintah.latest(unit)
    if latest is not None and latest.rows == rows:
        return latest
    if not rows:
        return latest
    data = Data(
        unit=unit,
        version=latest.version + 1 if latest else 1,
        rows=rows,
        made_at=turn.now,
        made_by=turn.actor.id if turn.actor else None,
    )
    turn.perintah = turn.perintah.with_data(data)
    turn.record("DataFrozen", tugas, unit=unit, version=data.version, rows=len(rows))
    return data
