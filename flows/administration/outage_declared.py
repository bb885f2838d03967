"""Nyatakan gangguan: the admin names a past time in which the system could not be used."""

from datetime import datetime
from typing import Any

from flows.deadlines.outage import is_moved
from flows.model.changes import Decision
from flows.model.conversation import Draft
from flows.model.messages import Card
from flows.model.view import Downtime
from flows.turn.dialog import start
from flows.turn.moments import read_moment
from flows.turn.question import Answers, Choice, Dialog, Question
from flows.turn.turn import Turn

LONGEST_REASON = 200


def begin(turn: Turn, rest: str) -> Decision | None:
    if not turn.authority.may("gangguan"):
        return turn.refuse_other("gangguan")
    return start(turn, DECLARING)


def _ask_begin(turn: Turn, answers: Answers) -> Question | None:
    opening = turn.view.setting.calendar.opening(turn.day)
    is_past = opening is not None and opening < turn.now
    choices = (Choice(opening.isoformat(), "sejak_buka", args={"saat": opening.isoformat()}),) \
        if opening is not None and is_past else ()  # fmt: skip
    return Question(
        "mulai",
        "tanya_gangguan_mulai",
        {"contoh": turn.now.isoformat()},
        choices,
        longest=40,
        parse=lambda text: _past(turn, text),
        wrong="gangguan_keliru",
    )


def _ask_end(turn: Turn, answers: Answers) -> Question | None:
    first = datetime.fromisoformat(str(answers["mulai"])) if "mulai" in answers else turn.now
    choices = (Choice(turn.now.isoformat(), "sampai_sekarang"),)
    return Question(
        "selesai",
        "tanya_gangguan_selesai",
        {"contoh": turn.now.isoformat()},
        choices,
        longest=40,
        parse=lambda text: _past(turn, text, first),
        wrong="gangguan_keliru",
    )


def _past(turn: Turn, text: str, after: datetime | None = None) -> str | None:
    """The moment in UTC as ISO; None unless it is past and later than `after`."""
    moment = read_moment(turn, text)
    if moment is None or moment > turn.now or (after is not None and moment <= after):
        return None
    return moment.isoformat()


def _ask_reason(turn: Turn, answers: Answers) -> Question | None:
    return Question("alasan", "tanya_gangguan_alasan", shortest=10, longest=LONGEST_REASON)


def _summary(turn: Turn, answers: Answers) -> Card:
    return Card("ringkasan_gangguan", _args(turn, answers))


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
    if not turn.authority.may("gangguan"):
        return turn.refuse_toast("bukan_kewenangan")
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


DECLARING = Dialog(
    "gangguan",
    {"mulai": _ask_begin, "selesai": _ask_end, "alasan": _ask_reason},
    _finish,
    _summary,
    act_key="nyatakan_gangguan",
)
