"""Lines on messages of tugas that were held: what was waited for has been decided."""

from collections import Counter
from collections.abc import Iterator
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
VERIFIED = ("diverifikasi", "gugur_semua")
VERDICTS = "temuan_diverifikasi"
# What stands on the messages of who reported findings, until they are verified and after.
REPORTED = (
    "diterbitkan", "selesai_perbaikan_terbit", "selesai_putaran_baru", VERDICTS,
)  # fmt: skip


def replace(turn: Turn) -> None:
    """Replaces the line of what is held no longer, also in chats of those who hold the post no
    longer, and that of an answer which is taken back."""
    family = turn.family
    if not (family or turn.finished):
        return
    lines = []
    said = frozenset(o.slot for o in turn.speech.out if isinstance(o, Message))
    for before, now in family:
        for old, new in zip(before.tugas, now.tugas, strict=False):
            if old.state == new.state or "tahan" not in (old.state, new.state):
                continue
            is_over = old.state == "tahan"
            former = (HELD,) if is_over else tuple(ANSWERED.values())
            args = {**ended(turn, new), **(_how(turn, new) if is_over else {})}
            lines.append(ClosingLine(new.ref, former, args, said))
    # Before the messages about what is new: those are what the person is to see last.
    turn.speech.out[:0] = lines
    # Behind the edits of this turn, which may be to the very message.
    turn.speech.out.extend(_verified(turn))


def _verified(turn: Turn) -> Iterator[ClosingLine]:
    """The outcome of a verification, on the messages of who had reported the findings; what they
    said before once it is undone."""
    is_undone = any(
        old.outcome in VERIFIED and old.state == "selesai" and new.is_open
        for before, now in turn.family
        for old, new in zip(before.tugas, now.tugas, strict=False)
    )
    if not is_undone and all(t.outcome not in VERIFIED for t in turn.finished):
        return
    counts = Counter(finding.verdict for finding in turn.perintah.temuan)
    words = {
        "hasil": VERDICTS,
        "saat": turn.at.isoformat(),
        "terbukti": counts["terbukti"],
        "tidak": counts["gugur"],
        "putaran": turn.perintah.round,
    }
    reporting = [turn.sop.first, *(act for act in turn.sop.acts if act.traits.issues)]
    for code in dict.fromkeys(act.code for act in reporting):
        for tugas in turn.perintah.tasks(code)[-1:]:
            line = ended(turn, tugas)
            if is_undone:
                yield ClosingLine(tugas.ref, (VERDICTS,), line, is_undone=True)
            else:
                yield ClosingLine(tugas.ref, REPORTED, {**line, **words})


def _how(turn: Turn, tugas: Tugas) -> dict[str, Any]:
    """How and when what the tugas was held for has ended."""
    moment = {"saat": turn.at.isoformat()}
    answer = turn.cause.outcome if turn.cause is not None else ""
    if tugas.unit is not None and answer in ANSWERED:
        return {**moment, "hasil": ANSWERED[answer]}
    if tugas.outcome == "digantikan":
        return {**moment, "hasil": "_diperbaiki"}
    if not tugas.is_open:
        return moment
    return {**moment, "hasil": "_dilepas" if tugas.unit is None else "sanggahan_ditarik"}
