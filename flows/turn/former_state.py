"""State before an act, stored so that undo can restore it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flows.model.perintah import Perintah, Temuan
from flows.turn.transitions import ending_of, restored_to


def former(before: Perintah, after: Perintah, seq: int) -> dict[str, Any]:
    """What an act on tugas `seq` changed besides opening tugas, as it was; empty if nothing."""
    kept: dict[str, Any] = {}
    tugas = {
        str(old.seq): ending_of(old)
        for old, new in zip(before.tugas, after.tugas, strict=False)
        if old.seq != seq and old.state != new.state
    }
    judged = [
        old._asdict() for old, new in zip(before.temuan, after.temuan, strict=False) if old != new
    ]
    if tugas:
        kept["tugas"] = tugas
    if judged:
        kept["temuan"] = judged
    if before.units != after.units:
        kept["units"] = list(before.units)
    return kept


def restored(perintah: Perintah, kept: Mapping[str, Any], now: datetime) -> Perintah:
    """The perintah with this state restored; the next tick checks its open tugas again."""
    for seq, ending in kept.get("tugas", {}).items():
        tugas = next(t for t in perintah.tugas if t.seq == int(seq))
        perintah = perintah.with_tugas(restored_to(tugas, ending, now))
    for fields in kept.get("temuan", ()):
        files = tuple(fields["objection_files"])
        perintah = perintah.with_finding(Temuan(**{**fields, "objection_files": files}))
    return perintah._replace(units=tuple(kept.get("units", perintah.units)))
