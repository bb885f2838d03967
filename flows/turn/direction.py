"""Mohon arahan: what Kembalikan is where the work goes back to a superior of whoever has it.

The machinery is that of a return: the act above opens again with the question, its answer opens
the own act again, and the clock is each time that of whoever has it.
"""

from flows.model.perintah import Tugas
from flows.turn.turn import Turn
from flows.turn.undo_window import ASKED

# An SOP that gives the return a label of its own keeps it.
USUAL_LABELS = ("", "Kembalikan")


def asks_above(turn: Turn, tugas: Tugas) -> bool:
    """Whether the act sends its work back upwards only, and its SOP calls that nothing else."""
    act = turn.act(tugas)
    if not act.returns or (act.return_label or "") not in USUAL_LABELS:
        return False
    above = {post.role for post in turn.office.superiors(turn.authority.post(tugas))}
    return all(turn.sop.act(code).performer in above for code in act.returns)


def was_asked(turn: Turn, tugas: Tugas) -> bool:
    """Whether the tugas has been opened by such a question."""
    perintah = turn.perintah_of(tugas.ref) or turn.perintah
    seq = tugas.opened_from or 0
    return 0 < seq <= len(perintah.tugas) and perintah.tugas[seq - 1].outcome == ASKED
