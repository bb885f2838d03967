"""Minta perpanjangan: more time, requested with a reason, decided by the superior."""

import re
from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from flows.deadlines import due_time
from flows.dialogs.dialog import start
from flows.dialogs.moments import next_workday, read_moment, unreal, unreal_args
from flows.dialogs.question import Answers, Choice, Dialog, Question, fixed
from flows.model.changes import Decision
from flows.model.conversation import Draft
from flows.model.messages import Card
from flows.model.perintah import Tugas
from flows.office.calendar import DAY, HORIZON
from flows.turn import superiors
from flows.turn.cards import post_name, refresh, task_args
from flows.turn.superiors import may_decide
from flows.turn.turn import Turn, task_button

MOST_DAYS = 20
SHORTEST, LONGEST = 10, 500
UNITS = ("hari", "jam", "menit")
# No match within a date, an hour or a range ("26-11-2026", "10.00", "2-3 hari").
SPAN = re.compile(
    r"(?<![\d.,:/-])(?:(?P<number>\d{1,4}(?:,\d{1,2})?)|(?P<half>setengah)|(?P<one>satu|se(?=jam|hari)))"
    r"\s*(?P<unit>menit|jam|hari)\b",
    re.IGNORECASE,
)
MINUTES = re.compile(r"\d{1,4}")
MORNING = time(10)


def begin(turn: Turn, tugas: Tugas) -> Decision | None:
    """Pressed or typed by the holder."""
    if not turn.may_act(tugas):
        return turn.refuse_toast("bukan_kewenangan")
    if not tugas.is_open or tugas.due_at is None:
        return turn.refuse("tanpa_batas_waktu", {})
    if tugas.wish:
        return superiors.refuse_another(turn, tugas)
    if not superiors.deciders(turn, tugas):
        return turn.refuse("tanpa_atasan", {})
    return _ask(turn, EXTENDING, tugas)


def grant_wish(turn: Turn, tugas: Tugas) -> Decision | None:
    """Setujui; asks for another time where the requested one has passed meanwhile."""
    if not tugas.is_open or tugas.wish.get("jenis") != "perpanjangan":
        return turn.refuse_toast("permohonan_selesai")
    minutes = int(tugas.wish["menit"])
    if _has_passed(turn, tugas, minutes) and may_decide(turn, tugas):
        return _ask(turn, GRANTING, tugas, minutes)
    wanted = datetime.fromisoformat(str(tugas.wish["batas"]))
    if not may_decide(turn, tugas, wanted):
        return turn.refuse_toast("bukan_kewenangan")
    return _grant(turn, tugas, minutes, "disetujui")


def change_wish(turn: Turn, tugas: Tugas) -> Decision | None:
    """Ubah waktu; also Beri perpanjangan, by the superior without a request."""
    if not tugas.is_open or tugas.due_at is None:
        return turn.refuse_toast("permohonan_selesai")
    if not may_decide(turn, tugas):
        return turn.refuse_toast("bukan_kewenangan")
    return _ask(turn, GRANTING, tugas)


def deny_wish(turn: Turn, tugas: Tugas) -> Decision | None:
    """Tolak, with a reason."""
    refused = superiors.not_to_judge(turn, tugas, "perpanjangan")
    return refused or start(turn, DENYING, about=tugas.ref)


def read_added(turn: Turn, tugas: Tugas, text: str) -> int | None:
    """ "1 jam 15 menit", "1 hari", "besok 10.00", "26-11-2026 15.00": the working minutes by which
    the limit moves; None unless that is into the future."""
    if unreal(text, turn.day):
        return None
    behind = _behind(turn, tugas, turn.now)
    moment = read_moment(turn, text)
    if moment and moment > turn.now + HORIZON * DAY:
        return None
    span = _minutes_to(turn, tugas, moment) - behind if moment else _read_span(turn, text)
    if span is None or not 0 < span <= MOST_DAYS * day_minutes(turn):
        return None
    return None if _has_passed(turn, tugas, behind + span) else behind + span


def _read_span(turn: Turn, text: str) -> int | None:
    """ "90", "1 jam 15 menit", "setengah hari" in working minutes; a day is the office's own. None
    if a number is left over, or the units do not grow smaller."""
    found, rest = [*SPAN.finditer(text)], SPAN.sub(" ", text)
    if not found:
        return int(text) if MINUTES.fullmatch(text) else None
    order = [UNITS.index(part["unit"].casefold()) for part in found]
    if re.search(r"\d", rest) or order != sorted(set(order)):
        return None
    return sum(_part_minutes(turn, part) for part in found)


def _part_minutes(turn: Turn, part: re.Match[str]) -> int:
    size = {"menit": 1, "jam": 60, "hari": day_minutes(turn)}[part["unit"].casefold()]
    if part["half"]:
        return size // 2
    return int(size * Decimal((part["number"] or "1").replace(",", ".")))


def day_minutes(turn: Turn) -> int:
    """What a full day of the office has today, or on the next working day."""
    calendar = turn.view.setting.calendar
    day = calendar.day_of(calendar.next_opening(turn.now))
    return sum(int((end - begin).total_seconds()) // 60 for begin, end in calendar.stretches(day))


def _limit(turn: Turn, tugas: Tugas, minutes: int) -> datetime:
    assert tugas.clock_from is not None
    total = (tugas.minutes or 0) + minutes
    return turn.view.setting.calendar.due(tugas.clock_from, total, tugas.pauses)


def _minutes_to(turn: Turn, tugas: Tugas, moment: datetime) -> int:
    """Working minutes to grant for a limit at `moment`; negative before the present limit."""
    minutes = due_time.minutes_to(tugas, turn.view.setting.calendar, moment)
    return minutes - (tugas.minutes or 0)


def _behind(turn: Turn, tugas: Tugas, moment: datetime) -> int:
    """Working minutes between the limit and `moment`: a late tugas gets its time from then on."""
    return max(0, _minutes_to(turn, tugas, moment))


def _has_passed(turn: Turn, tugas: Tugas, minutes: int) -> bool:
    return _limit(turn, tugas, minutes) <= turn.now


def _ask(
    turn: Turn, dialog: Dialog, tugas: Tugas, passed: int = 0, **kept: str
) -> Decision | None:
    """Asks for the time. The choices count from now on, whenever they are pressed.

    `passed`: minutes requested before, whose limit has passed.
    """
    answers: dict[str, Any] = {"saat": turn.now.isoformat(), **kept}
    if passed:
        answers["_usang"] = _limit(turn, tugas, passed).isoformat()
    return start(turn, dialog, about=tugas.ref, answers=answers)


def _added(turn: Turn, tugas: Tugas, minutes: int, span: int) -> dict[str, Any]:
    return {"menit": span, "saat": _limit(turn, tugas, minutes).isoformat()}


def _ask_span(turn: Turn, answers: Answers) -> Question | None:
    tugas = turn.view.tugas
    if tugas is None or tugas.clock_from is None:
        return None
    asked = datetime.fromisoformat(str(answers.get("saat", turn.now.isoformat())))
    full = day_minutes(turn)
    behind = _behind(turn, tugas, asked)
    hour, half = behind + 60, behind + full // 2
    choices = [
        Choice(hour, "tambah_menit", args=_added(turn, tugas, hour, 60)),
        Choice(half, "tambah_setengah", args=_added(turn, tugas, half, full // 2)),
        Choice(behind + full, "tambah_hari", args=_added(turn, tugas, behind + full, full)),
    ]
    morning = next_workday(turn, asked, MORNING)
    added = _minutes_to(turn, tugas, morning)
    if added > behind and turn.view.setting.calendar.is_open(morning):
        is_tomorrow = morning.date() - turn.local(asked).date() == timedelta(days=1)
        words = {"besok": is_tomorrow, "saat": morning.isoformat()}
        choices.append(Choice(added, "sampai_pagi", args=words))
    return Question(
        "menit",
        "tanya_perpanjangan",
        {
            "batas": tugas.due_at.isoformat() if tugas.due_at else None,
            "terlambat": behind > 0,
            "usang": answers.get("_usang"),
        },
        tuple(choices),
        longest=40,
        parse=lambda text: _typed(turn, tugas, text),
        wrong="waktu_keliru",
        explain=partial(unreal_args, turn),
    )


def _typed(turn: Turn, tugas: Tugas, text: str) -> dict[str, Any] | None:
    """Words are read, where a button says its limit: what was understood is shown (`ditulis`)."""
    minutes = read_added(turn, tugas, text)
    return {"menit": minutes, "ditulis": text} if minutes is not None else None


def _settle(turn: Turn, answers: dict[str, Any], name: str) -> dict[str, Any]:
    given = answers[name]
    return {**answers, **given} if isinstance(given, dict) else answers


def _ask_sure(turn: Turn, answers: Answers) -> Question | None:
    """Shows the limit that words mean before the grant counts; none that is not his to grant."""
    tugas = turn.view.tugas
    if "ditulis" not in answers or tugas is None or tugas.clock_from is None:
        return None
    until = _limit(turn, tugas, int(answers["menit"]))
    if not may_decide(turn, tugas, until):
        return None
    words = {"nilai": answers["ditulis"], "menjadi": until.isoformat()}
    return Question("pasti", "tanya_waktu_pasti", words, (Choice(True, "beri_perpanjangan"),))


def _ask_reason(turn: Turn, answers: Answers) -> Question | None:
    tugas = turn.view.tugas
    minutes = int(answers["menit"])
    words = {
        "batas": tugas.due_at.isoformat() if tugas and tugas.due_at else None,
        "menjadi": _limit(turn, tugas, minutes).isoformat()
        if tugas and tugas.clock_from
        else None,
    }
    return Question(
        "alasan", "tanya_alasan_perpanjangan", words, shortest=SHORTEST, longest=LONGEST
    )


def _finish(turn: Turn, draft: Draft) -> Decision | None:
    tugas = turn.view.tugas
    if tugas is None or not tugas.is_open or tugas.due_at is None or not turn.may_act(tugas):
        return turn.refuse_changed()
    if tugas.wish:
        # Told between the questions; this one waits with its answers.
        return superiors.refuse_another(turn, tugas, EXTENDING.name)
    minutes, reason = int(draft.answers["menit"]), str(draft.answers["alasan"])
    if _has_passed(turn, tugas, minutes):
        return _ask(turn, EXTENDING, tugas, minutes, alasan=reason)
    wanted = _limit(turn, tugas, minutes)
    people = superiors.deciders(turn, tugas, wanted) or superiors.deciders(turn, tugas)
    wish = {
        "jenis": "perpanjangan",
        "menit": minutes,
        "batas": wanted.isoformat(),
        "alasan": reason,
        "oleh": turn.person.id,
    }
    turn.perintah = turn.perintah.with_tugas(tugas._replace(wish=wish))
    turn.record("ExtensionAsked", tugas, minutes=minutes)
    asked = request(turn, tugas._replace(wish=wish))
    superiors.ask(turn, tugas, people, asked)
    told = {**asked.args, "kepada": superiors.addressee(turn, people[0]) if people else None}
    return turn.answer("perpanjangan_diajukan", told)


def request(turn: Turn, tugas: Tugas) -> Card:
    """What a superior is asked while the wish of the tugas stands."""
    person = turn.view.roster.person(int(tugas.wish["oleh"]))
    args = {
        **task_args(turn, tugas),
        "pemohon": post_name(turn, tugas, person),
        "menjadi": tugas.wish["batas"],
        "alasan": tugas.wish["alasan"],
        "batas_unit": turn.perintah.target_at.isoformat() if tugas.unit else None,
    }
    rows = (
        (task_button(tugas, "setujui", "xs"), task_button(tugas, "ubah_waktu", "xu")),
        (task_button(tugas, "tolak", "xt"),),
    )
    return Card("mohon_perpanjangan", args, rows)


def _finish_grant(turn: Turn, draft: Draft) -> Decision | None:
    tugas = turn.view.tugas
    if tugas is None or not tugas.is_open or tugas.due_at is None or not may_decide(turn, tugas):
        return turn.refuse_changed()
    minutes = int(draft.answers["menit"])
    if _has_passed(turn, tugas, minutes):
        return _ask(turn, GRANTING, tugas, minutes)
    until = _limit(turn, tugas, minutes)
    if not may_decide(turn, tugas, until):
        post = superiors.deciding_post(turn, tugas, until)
        who = turn.office.labels([post.role] if post else turn.office.tops)
        words = {"batas": turn.perintah.target_at.isoformat(), "pemutus": who}
        return turn.refuse("di_luar_batas_unit", words)
    is_asked = tugas.wish.get("jenis") == "perpanjangan"
    return _grant(turn, tugas, minutes, "disetujui dengan perubahan" if is_asked else "diberikan")


def _finish_denial(turn: Turn, draft: Draft) -> Decision | None:
    tugas = turn.view.tugas
    if tugas is None or not tugas.is_open or not tugas.wish or not may_decide(turn, tugas):
        return turn.refuse_changed()
    turn.perintah = turn.perintah.with_tugas(tugas._replace(wish={}))
    return _tell(turn, tugas, tugas, "ditolak", str(draft.answers["alasan"]))


def _grant(turn: Turn, tugas: Tugas, minutes: int, result: str) -> Decision | None:
    moved = due_time.extend(turn, tugas._replace(wish={}), minutes)
    refresh(turn, moved)
    return _tell(turn, tugas, moved, result, "")


def _tell(turn: Turn, tugas: Tugas, moved: Tugas, result: str, note: str) -> Decision | None:
    """M21."""
    turn.record("ExtensionJudged", moved, outcome=result)
    args: dict[str, Any] = {
        **task_args(turn, moved),
        "hasil": result,
        "oleh": superiors.addressee(turn, turn.person),
        "keterangan": note,
        "lama": tugas.due_at.isoformat() if tugas.due_at else None,
    }
    return superiors.tell_judged(turn, moved, "hasil_perpanjangan", "perpanjangan_diputus", args)


EXTENDING = Dialog(
    "perpanjangan",
    {"menit": _ask_span, "alasan": _ask_reason},
    _finish,
    goes_back=True,
    settle=_settle,
)
GRANTING = Dialog(
    "beri_waktu",
    {"menit": _ask_span, "pasti": _ask_sure},
    _finish_grant,
    goes_back=True,
    settle=_settle,
)
_ask_denial = fixed(Question("alasan", "tanya_alasan_tolak", shortest=SHORTEST, longest=LONGEST))
DENYING = Dialog("tolak_waktu", {"alasan": _ask_denial}, _finish_denial)
