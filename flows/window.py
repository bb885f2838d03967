"""The five minutes in which an act may be taken back, unless somebody has built upon it."""

from datetime import datetime, timedelta

from flows.messages import Rows
from flows.perintah import Perintah, Tugas
from flows.sop import Sop
from flows.turn import Turn, task_button

WINDOW = timedelta(minutes=5)
# What goes out to many at once, or to the group, cannot be called back.
FINAL = ("sebar", "tanda_tangan", "perintah", "koordinasi", "temuan", "verifikasi", "putusan")
FINAL_OUTCOMES = ("dikembalikan", "disanggah")


def ends_at(tugas: Tugas, sop: Sop) -> datetime | None:
    """Until when the act may be taken back; None where it may not."""
    if tugas.state != "selesai" or tugas.finished_at is None or tugas.recorded_by is not None:
        return None
    if sop.act(tugas.act).kind in FINAL or tugas.outcome in FINAL_OUTCOMES:
        return None
    return tugas.finished_at + WINDOW


def is_open(perintah: Perintah, sop: Sop, tugas: Tugas, now: datetime) -> bool:
    ends = ends_at(tugas, sop)
    return ends is not None and now < ends and acted_upon(perintah, tugas) is None


def window_end(turn: Turn) -> datetime | None:
    """Of the act just done in this turn."""
    if turn.work is None or len(turn.finished) != 1 or turn.work.status != "berjalan":
        return None
    done = turn.work.task(turn.finished[0].ref)
    return ends_at(done, turn.sop) if done is not None else None


def rows_after(turn: Turn) -> Rows:
    """The button beneath the line of an act just done."""
    ends = window_end(turn)
    done = turn.perintah.task(turn.finished[0].ref) if ends is not None else None
    if ends is None or done is None:
        return ()
    return ((task_button(done, "urungkan", "urungkan", saat=ends.isoformat()),),)


def opened_by(perintah: Perintah, tugas: Tugas) -> tuple[Tugas, ...]:
    return tuple(t for t in perintah.tugas if t.opened_from == tugas.seq and t.state != "batal")


def acted_upon(perintah: Perintah, tugas: Tugas) -> Tugas | None:
    """The first of what it opened that somebody has touched."""
    for opened in opened_by(perintah, tugas):
        if opened.state != "buka" or opened.revision or opened.received_at is not None:
            return opened
    return None
