"""Minta perpanjangan: more time, asked with a reason and decided by the superior."""

import re
from datetime import datetime
from typing import Any

from flows import duetime
from flows.cards import task_args
from flows.dialog import Answers, Choice, Dialog, Question, start
from flows.messages import Message
from flows.perintah import Tugas
from flows.superiors import (
    addressee,
    ask,
    asker,
    close_requests,
    deciders,
    leave_quietly,
    may_decide,
)
from flows.turn import Line, Turn, task_button
from flows.view import Decision, Draft

MOST_DAYS = 20
SHORTEST, LONGEST = 10, 500
SPAN = re.compile(r"(\d{1,4})\s*(menit|jam|hari)?", re.IGNORECASE)


def begin(turn: Turn, tugas: Tugas) -> Decision | None:
    """Pressed or typed by the holder."""
    if not turn.may_act(tugas):
        return turn.refuse_toast("bukan_kewenangan")
    if not tugas.is_open or tugas.due_at is None:
        return turn.refuse("tanpa_batas_waktu", {})
    if tugas.wish:
        return turn.refuse("masih_diputus", {**task_args(turn, tugas)})
    if not deciders(turn, tugas):
        return turn.refuse("tanpa_atasan", {})
    return start(turn, EXTENDING, about=tugas.ref)


def grant_wish(turn: Turn, tugas: Tugas) -> Decision | None:
    """Setujui."""
    if not tugas.is_open or tugas.wish.get("jenis") != "perpanjangan":
        return turn.refuse_toast("permohonan_selesai")
    wanted = datetime.fromisoformat(str(tugas.wish["batas"]))
    if not may_decide(turn, tugas, wanted):
        return turn.refuse_toast("bukan_kewenangan")
    return _grant(turn, tugas, int(tugas.wish["menit"]), "disetujui")


def change_wish(turn: Turn, tugas: Tugas) -> Decision | None:
    """Ubah waktu, or Beri perpanjangan of the superior's own accord."""
    if not tugas.is_open or tugas.due_at is None:
        return turn.refuse_toast("permohonan_selesai")
    if not may_decide(turn, tugas):
        return turn.refuse_toast("bukan_kewenangan")
    return start(turn, GRANTING, about=tugas.ref)


def deny_wish(turn: Turn, tugas: Tugas) -> Decision | None:
    """Tolak, with a reason."""
    if not tugas.is_open or tugas.wish.get("jenis") != "perpanjangan":
        return turn.refuse_toast("permohonan_selesai")
    if not may_decide(turn, tugas):
        return turn.refuse_toast("bukan_kewenangan")
    return start(turn, DENYING, about=tugas.ref)


def read_span(turn: Turn, text: str) -> int | None:
    """ "90 menit", "2 jam", "1 hari": working minutes; a day is the office's own."""
    found = SPAN.search(text)
    if found is None:
        return None
    number, word = int(found[1]), (found[2] or "menit").casefold()
    minutes = number * {"menit": 1, "jam": 60, "hari": day_minutes(turn)}[word]
    return minutes if 0 < minutes <= MOST_DAYS * day_minutes(turn) else None


def day_minutes(turn: Turn) -> int:
    """What a full day of the office has today, or on the next working day."""
    calendar = turn.view.setting.calendar
    day = calendar.day_of(calendar.next_opening(turn.now))
    return sum(int((end - begin).total_seconds()) // 60 for begin, end in calendar.stretches(day))


def _limit(turn: Turn, tugas: Tugas, minutes: int) -> datetime:
    assert tugas.clock_from is not None
    total = (tugas.minutes or 0) + minutes
    return turn.view.setting.calendar.due(tugas.clock_from, total, tugas.pauses)


def _added(turn: Turn, tugas: Tugas, minutes: int) -> dict[str, Any]:
    return {"menit": minutes, "saat": _limit(turn, tugas, minutes).isoformat()}


def _ask_span(turn: Turn, answers: Answers) -> Question | None:
    tugas = turn.view.tugas
    if tugas is None or tugas.clock_from is None:
        return None
    full = day_minutes(turn)
    hour, half = 60, full // 2
    choices = (
        Choice(hour, "tambah_menit", args=_added(turn, tugas, hour)),
        Choice(half, "tambah_setengah", args=_added(turn, tugas, half)),
        Choice(full, "tambah_hari", args=_added(turn, tugas, full)),
    )
    return Question(
        "menit",
        "tanya_perpanjangan",
        {"batas": tugas.due_at.isoformat() if tugas.due_at else None},
        choices,
        longest=40,
        parse=lambda text: read_span(turn, text),
        wrong="waktu_keliru",
    )


def _ask_reason(turn: Turn, answers: Answers) -> Question | None:
    tugas = turn.view.tugas
    words = {"batas": tugas.due_at.isoformat() if tugas and tugas.due_at else None}
    return Question(
        "alasan", "tanya_alasan_perpanjangan", words, shortest=SHORTEST, longest=LONGEST
    )


def _ask_denial(turn: Turn, answers: Answers) -> Question | None:
    return Question("alasan", "tanya_alasan_tolak", shortest=SHORTEST, longest=LONGEST)


def _finish(turn: Turn, draft: Draft) -> Decision | None:
    tugas = turn.view.tugas
    if tugas is None or not tugas.is_open or tugas.due_at is None or not turn.may_act(tugas):
        return turn.refuse("tugas_berubah", {})
    minutes, reason = int(draft.answers["menit"]), str(draft.answers["alasan"])
    wanted = _limit(turn, tugas, minutes)
    people = deciders(turn, tugas, wanted) or deciders(turn, tugas)
    wish = {
        "jenis": "perpanjangan",
        "menit": minutes,
        "batas": wanted.isoformat(),
        "alasan": reason,
        "oleh": turn.person.id,
    }
    turn.perintah = turn.perintah.with_tugas(tugas._replace(wish=wish))
    turn.record("ExtensionAsked", tugas, minutes=minutes)
    args = {
        **task_args(turn, tugas),
        "pemohon": asker(turn, tugas),
        "menjadi": wanted.isoformat(),
        "alasan": reason,
        "batas_unit": turn.perintah.target_at.isoformat() if tugas.unit else None,
    }
    rows = (
        (task_button(tugas, "setujui", "xs"), task_button(tugas, "ubah_waktu", "xu")),
        (task_button(tugas, "tolak", "xt"),),
    )
    ask(turn, tugas, people, "mohon_perpanjangan", args, rows)
    turn.answer("perpanjangan_diajukan", args)
    return None


def _finish_grant(turn: Turn, draft: Draft) -> Decision | None:
    tugas = turn.view.tugas
    if tugas is None or not tugas.is_open or tugas.due_at is None or not may_decide(turn, tugas):
        return turn.refuse("tugas_berubah", {})
    minutes = int(draft.answers["menit"])
    if not may_decide(turn, tugas, _limit(turn, tugas, minutes)):
        return turn.refuse("di_luar_batas_unit", {"batas": turn.perintah.target_at.isoformat()})
    is_asked = tugas.wish.get("jenis") == "perpanjangan"
    return _grant(turn, tugas, minutes, "diubah" if is_asked else "diberikan")


def _finish_denial(turn: Turn, draft: Draft) -> Decision | None:
    tugas = turn.view.tugas
    if tugas is None or not tugas.is_open or not tugas.wish or not may_decide(turn, tugas):
        return turn.refuse("tugas_berubah", {})
    turn.perintah = turn.perintah.with_tugas(tugas._replace(wish={}))
    _tell(turn, tugas, tugas, "ditolak", str(draft.answers["alasan"]))
    return None


def _grant(turn: Turn, tugas: Tugas, minutes: int, result: str) -> Decision | None:
    moved = duetime.extend(turn, tugas._replace(wish={}), minutes)
    _tell(turn, tugas, moved, result, "")
    return None


def _tell(turn: Turn, tugas: Tugas, moved: Tugas, result: str, note: str) -> None:
    """M21 to whoever works on it, and the answer where the question stood."""
    turn.record("ExtensionJudged", moved, outcome=result)
    args: dict[str, Any] = {
        **task_args(turn, moved),
        "hasil": result,
        "oleh": addressee(turn, turn.person),
        "keterangan": note,
        "lama": tugas.due_at.isoformat() if tugas.due_at else None,
    }
    for person in turn.holders(moved):
        turn.say(
            Message(
                key="hasil_perpanjangan",
                to=f"p{person.id}",
                args=args,
                is_ring=True,
                unique=f"perpanjangan:{moved.ref}:{turn.key}",
                about=moved.ref,
            )
        )
    close_requests(turn, moved, "perpanjangan_diputus", args)
    turn.done = Line("perpanjangan_diputus", args)


EXTENDING = Dialog("perpanjangan", {"menit": _ask_span, "alasan": _ask_reason}, _finish)
GRANTING = Dialog("beri_waktu", {"menit": _ask_span}, _finish_grant, leave=leave_quietly)
DENYING = Dialog("tolak_waktu", {"alasan": _ask_denial}, _finish_denial, leave=leave_quietly)
