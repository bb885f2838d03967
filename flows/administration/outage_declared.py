"""Nyatakan gangguan: the admin names a past time in which the system could not be used."""

from datetime import datetime
from functools import partial
from typing import Any

from flows.deadlines.due_time import is_moved
from flows.dialogs.dialog import opening
from flows.dialogs.moments import read_moment, unreal_args
from flows.dialogs.question import Answers, Choice, Dialog, Question, fixed, summary_of
from flows.model.changes import Decision
from flows.model.conversation import Draft
from flows.model.view import Downtime
from flows.turn.turn import Turn


def _ask_begin(turn: Turn, answers: Answers) -> Question | None:
    opening = turn.view.setting.calendar.opening(turn.day)
    choices: tuple[Choice, ...] = ()
    if opening is not None and opening < turn.now:
        saat = opening.isoformat()
        choices = (Choice(saat, "sejak_buka", args={"saat": saat}),)
    return _moment(turn, "mulai", "tanya_gangguan_mulai", choices)


def _ask_end(turn: Turn, answers: Answers) -> Question | None:
    first = datetime.fromisoformat(str(answers["mulai"])) if "mulai" in answers else turn.now
    until_now = (Choice(turn.now.isoformat(), "sampai_sekarang"),)
    return _moment(turn, "selesai", "tanya_gangguan_selesai", until_now, first)


def _moment(
    turn: Turn, name: str, key: str, choices: tuple[Choice, ...], after: datetime | None = None
) -> Question:
    return Question(
        name,
        key,
        {"contoh": turn.now.isoformat()},
        choices,
        longest=40,
        parse=lambda text: _past(turn, text, after),
        wrong="gangguan_keliru",
        explain=partial(unreal_args, turn),
    )


def _past(turn: Turn, text: str, after: datetime | None = None) -> str | None:
    """The moment in UTC as ISO; None unless it is past and later than `after`."""
    moment = read_moment(turn, text, is_past=True)
    if moment is None or moment > turn.now or (after is not None and moment <= after):
        return None
    return moment.isoformat()


def _args(turn: Turn, answers: Answers) -> dict[str, Any]:
    first, last = _stretch(answers)
    return {
        "mulai": first.isoformat(),
        "akhir": last.isoformat(),
        "alasan": str(answers["alasan"]),
        "menit": turn.view.setting.calendar.used(first, last),
        "tugas": sum(is_moved(t, first, last) for t in turn.view.open_tasks),
    }


def _stretch(answers: Answers) -> tuple[datetime, datetime]:
    first, last = (datetime.fromisoformat(str(answers[name])) for name in ("mulai", "selesai"))
    return first, last


def _finish(turn: Turn, draft: Draft) -> Decision | None:
    first, last = _stretch(draft.answers)
    args = _args(turn, draft.answers)
    known = next((d for d in turn.view.downtimes if d.overlaps(first, last)), None)
    if known is not None:
        stretch = {"ada_mulai": known.begin.isoformat(), "ada_akhir": known.end.isoformat()}
        return turn.refuse("gangguan_tumpang_tindih", {**args, **stretch})
    if not args["menit"]:
        return turn.refuse("gangguan_tanpa_jam_kerja", args)
    turn.changes.append(Downtime(first, last, args["alasan"], turn.person.id))
    turn.record("OutageDeclared", begin=first, end=last, minutes=args["menit"])
    return turn.close("gangguan_dinyatakan", args)


_ask_reason = fixed(Question("alasan", "tanya_gangguan_alasan", shortest=10, longest=200))
DECLARING = Dialog(
    "gangguan",
    {"mulai": _ask_begin, "selesai": _ask_end, "alasan": _ask_reason},
    _finish,
    summary_of("ringkasan_gangguan", _args),
    act_key="nyatakan_gangguan",
    goes_back=True,
    needs="gangguan",
)
begin = opening(DECLARING)
