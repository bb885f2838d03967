"""Lines on messages of tugas that were held: what was waited for has been decided."""

from typing import Any

from flows.model.messages import ClosingLine, Message
from flows.model.perintah import Tugas
from flows.turn.endings import ended
from flows.turn.turn import Turn

HELD = "_tahan"
# By the outcome of the answer to an objection.
ANSWERED = {
    "diputus_terbukti": "sanggahan_terbukti",
    "diputus_gugur": "sanggahan_gugur",
    "dijelaskan": "sanggahan_dijelaskan",
}


def replace(turn: Turn) -> None:
    """Replaces the line of what is held no longer, also in chats of those who hold the post no
    longer, and that of an answer which is taken back."""
    lines = []
    said = frozenset(o.slot for o in turn.speech.out if isinstance(o, Message))
    for before, now in turn.family:
        for old, new in zip(before.tugas, now.tugas, strict=False):
            if old.state == new.state or "tahan" not in (old.state, new.state):
                continue
            is_over = old.state == "tahan"
            former = (HELD,) if is_over else tuple(ANSWERED.values())
            args = {**ended(turn, new), **(_how(turn, new) if is_over else {})}
            lines.append(ClosingLine(new.ref, former, args, said))
    # Before the messages about what is new: those are what the person is to see last.
    turn.speech.out[:0] = lines


def _how(turn: Turn, tugas: Tugas) -> dict[str, Any]:
    """How and when what the tugas was held for has ended."""
    moment = {"saat": turn.at.isoformat()}
    answer = turn.cause.outcome if turn.cause is not None else ""
    if tugas.unit is not None and answer in ANSWERED:
        return {**moment, "hasil": ANSWERED[answer]}
    if tugas.outcome == "digantikan":
        return {**moment, "hasil": "_diperbaiki"}
    return {**moment, "hasil": "_dilepas"} if tugas.is_open else moment
