"""The five minutes in which an act may be undone, unless somebody has built upon it."""

from datetime import datetime, timedelta

from flows.model.messages import Rows
from flows.model.perintah import Perintah, Tugas
from flows.sops.sop import Sop
from flows.turn.turn import Turn, task_button

WINDOW = timedelta(minutes=5)
# Outcomes of work sent back: with a note, or upwards with a question.
RETURNED, ASKED = SENT_BACK = ("dikembalikan", "arahan_dimohon")
# Outcomes that leave a tugas superseded or held.
TURNED = (*SENT_BACK, "disanggah", "gugur_semua", "diputus_gugur")


def ends_at(tugas: Tugas, sop: Sop) -> datetime | None:
    """Until when (aware UTC) the act may be undone; None if it may not."""
    if tugas.finished_at is None or tugas.recorded_by is not None:
        return None
    is_done = tugas.state == "selesai" and not sop.act(tugas.act).traits.is_final
    is_turned = tugas.state in ("ulang", "tahan") and tugas.outcome in TURNED
    return tugas.finished_at + WINDOW if is_done or is_turned else None


def is_open(perintah: Perintah, sop: Sop, tugas: Tugas, now: datetime) -> bool:
    ends = ends_at(tugas, sop)
    return ends is not None and now < ends and acted_upon(perintah, tugas) is None


def act_done(turn: Turn) -> Tugas | None:
    """The act of this turn in its present state."""
    if turn.work is None or turn.cause is None or turn.cause.perintah_id != turn.work.id:
        return None
    return turn.work.task(turn.cause.ref)


def window_end(turn: Turn) -> datetime | None:
    """The end of the undo window of this turn's act."""
    done = act_done(turn)
    if done is None or turn.perintah.status != "berjalan":
        return None
    return ends_at(done, turn.sop)


def rows_after(turn: Turn) -> Rows:
    """The button below the line of a finished act."""
    ends, done = window_end(turn), act_done(turn)
    if ends is None or done is None:
        return ()
    return ((task_button(done, "urungkan", "urungkan", saat=ends.isoformat()),),)


def opened_by(perintah: Perintah, tugas: Tugas) -> tuple[Tugas, ...]:
    return tuple(t for t in perintah.tugas if t.opened_from == tugas.seq and t.state != "batal")


def acted_upon(perintah: Perintah, tugas: Tugas) -> Tugas | None:
    """The first tugas opened by the act that somebody has acted upon."""
    for opened in opened_by(perintah, tugas):
        if not is_untouched(opened) and not _is_same_act(perintah, tugas, opened):
            return opened
    return None


def is_untouched(tugas: Tugas) -> bool:
    """Whether nobody has acted upon it since it was opened."""
    is_new = tugas.state == "buka" and not tugas.revision and tugas.received_at is None
    return is_new and not tugas.wish and not tugas.hindrance


def _is_same_act(perintah: Perintah, tugas: Tugas, opened: Tugas) -> bool:
    """Whether one press has ended a tugas that it opened itself: verifying also passes on."""
    is_at_once = opened.state == "selesai" and opened.finished_at == opened.opened_at
    is_his = opened.finished_by == tugas.finished_by
    return is_at_once and is_his and not opened_by(perintah, opened)
