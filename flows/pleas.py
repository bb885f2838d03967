"""What the holder of a limit may say beside his act: what is in his way, or that he needs time."""

from flows.model.messages import Card, Rows
from flows.model.perintah import Tugas
from flows.turn.turn import Turn, task_button

# With more acts than these, or a shorter standard, one button stands for the two.
FEW_ACTS = 2
LONG = 60


def plea_rows(turn: Turn, tugas: Tugas, card: Card) -> Rows:
    """The way to say so, beneath a card of his own; nobody stands above the first post."""
    is_timed = tugas.is_open and (tugas.due_at is not None or tugas.blocked_at is not None)
    if not is_timed or card.slot or turn.office.superior(turn.post(tugas)) is None:
        return ()
    acts = sum(len(row) for row in card.rows)
    if acts <= FEW_ACTS and (tugas.minutes or 0) >= LONG:
        return both_pleas(tugas)
    return ((task_button(tugas, "kendala_perpanjangan", "mohon"),),)


def both_pleas(tugas: Tugas) -> Rows:
    """A hindrance that was told is ended where it was begun."""
    time = (task_button(tugas, "minta_perpanjangan", "panjang"),)
    if tugas.blocked_at is not None:
        return ((task_button(tugas, "kendala_selesai", "kb"),),)
    if tugas.hindrance:
        return ((task_button(tugas, "kendala_selesai", "kb"),), time)
    return ((task_button(tugas, "saya_terkendala", "kendala"),), time)
