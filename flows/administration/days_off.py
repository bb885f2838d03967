"""/libur: the office's own days off and days worked in exchange, with their legal basis."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from flows.dialogs.dialog import opening
from flows.dialogs.moments import read_days_from, unreal_args
from flows.dialogs.question import Answers, Choice, Dialog, Question, after, fixed, summary_of
from flows.model.changes import AddDay, Decision, RemoveDay, WakeTasks
from flows.model.conversation import Draft
from flows.model.perintah import Tugas
from flows.model.view import LocalDay
from flows.office.calendar import WorkCalendar
from flows.text.plain import cut_words
from flows.turn.cards import task_line
from flows.turn.command import ChatCommand, able, bare
from flows.turn.turn import Turn, menu_button

FREE, WORKED, REMOVE = "libur", "kerja", "hapus"
LONGEST = 31


def show(turn: Turn, rest: str) -> Decision | None:
    """The rest of the year's days, and what the office has added itself."""
    if not turn.authority.may("libur"):
        return turn.refuse_other("libur")
    days = turn.view.setting.calendar.holidays
    coming = sorted(d for d in days if d >= turn.day and d.year == turn.day.year)
    args = {
        "tahun": turn.day.year,
        "jumlah": sum(d.year == turn.day.year for d in days),
        "hari": [{"tanggal": d.isoformat(), "nama": days[d]} for d in coming],
        "lokal": [_line(day) for day in _own_days(turn)],
        "tahun_depan": knows_cuti_bersama(turn, turn.day.year + 1),
    }
    return turn.answer("kalender_libur", args, ((menu_button("ubah_libur", "ubahlibur"),),))


def knows_cuti_bersama(turn: Turn, year: int) -> bool:
    """Whether the decree of that year is in the calendar, or the office works on those days."""
    days = turn.view.setting.calendar.holidays
    is_known = any(d.year == year and "bersama" in name.casefold() for d, name in days.items())
    return is_known or not turn.office.jam_kerja.cuti_bersama_libur


def recount(turn: Turn, rest: str) -> Decision | None:
    """Hitung ulang: the admin has the running limits follow the changed calendar."""
    if not turn.authority.may("libur"):
        return turn.refuse_toast("bukan_kewenangan")
    turn.changes.append(WakeTasks(turn.view.setting.calendar.version))
    turn.record("LimitsRecomputed", calendar=turn.view.setting.calendar.version)
    return turn.answer("batas_dihitung_ulang", {"saat": turn.at.isoformat()})


def _own_days(turn: Turn) -> list[LocalDay]:
    """Those added by /libur, and those of kantor.yaml that are still to come."""
    hours = turn.office.jam_kerja
    given = (*((day, False) for day in hours.libur_tambahan),
             *((day, True) for day in hours.hari_kerja_tambahan))  # fmt: skip
    coming = (
        LocalDay(day.tanggal, day.nama, day.dasar or "", is_workday)
        for day, is_workday in given
        if day.tanggal >= turn.day
    )
    return sorted((*turn.view.local_days, *coming), key=lambda day: day.day)


def _line(day: LocalDay) -> dict[str, Any]:
    return {"tanggal": day.day.isoformat(), "nama": day.nama, "dasar": day.basis,
            "kerja": day.is_workday}  # fmt: skip


def _ask_what(turn: Turn, answers: Answers) -> Question | None:
    gone = [Choice(REMOVE, "hapus_libur")] if turn.view.local_days else []
    choices = (Choice(FREE, "tambah_libur"), Choice(WORKED, "tambah_kerja"), *gone)
    return Question("apa", "tanya_libur", choices=choices)


def _ask_removal(turn: Turn, answers: Answers) -> Question | None:
    choices = tuple(
        Choice(d.day.isoformat(), label=cut_words(f"{d.day:%d-%m-%Y} {d.nama}", 40))
        for d in turn.view.local_days
    )
    return Question("hari", "tanya_libur_hapus", choices=choices)


def _ask_day(turn: Turn, answers: Answers) -> Question | None:
    first, last = (turn.day + timedelta(days=days) for days in (1, 3))
    return Question(
        "tanggal",
        "tanya_libur_tanggal",
        {"contoh": first.isoformat(), "akhir": last.isoformat()},
        longest=40,
        parse=lambda text: _read_days(turn, text, answers.get("apa") == WORKED),
        wrong="tanggal_keliru",
        explain=partial(unreal_args, turn),
    )


def _read_days(turn: Turn, text: str, is_worked: bool) -> str | None:
    """The day as ISO; of a range, joined by "/", those of its days that are not yet so."""
    first, _, last = (read_days_from(turn.day, text, turn.day) or "").partition("/")
    if not last:
        return first or None
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    if (end - begin).days >= LONGEST:
        return None
    is_workday = turn.view.setting.calendar.is_workday
    every = (begin + timedelta(days=n) for n in range((end - begin).days + 1))
    return "/".join(day.isoformat() for day in every if is_workday(day) is not is_worked) or None


def _change(answers: Answers) -> tuple[list[date], list[LocalDay]]:
    """The days that change, and what they become; nothing where one is removed."""
    if answers["apa"] == REMOVE:
        return [date.fromisoformat(str(answers["hari"]))], []
    is_worked = answers["apa"] == WORKED
    days = [date.fromisoformat(day) for day in str(answers["tanggal"]).split("/")]
    name, basis = str(answers["nama"]), str(answers["dasar"])
    return days, [LocalDay(day, name, basis, is_worked) for day in days]


def _args(turn: Turn, answers: Answers) -> dict[str, Any]:
    days, added = _change(answers)
    moved = _moved(turn, _after(turn, days, added))
    return {
        "jenis": str(answers["apa"]),
        "tanggal": days[0].isoformat(),
        "akhir": days[-1].isoformat() if len(days) > 1 else None,
        "jumlah": len(days),
        "nama": added[0].nama if added else "",
        "dasar": added[0].basis if added else "",
        "bergeser": [{**task_line(turn, t), "menjadi": due} for t, due in moved[:5]],
        "semua": len(moved),
    }


def _after(turn: Turn, days: Sequence[date], added: Sequence[LocalDay]) -> WorkCalendar:
    """The calendar as it would be with these days."""
    calendar = turn.view.setting.calendar
    kept = {day: name for day, name in calendar.holidays.items() if day not in days}
    free = {day.day: day.nama for day in added if not day.is_workday}
    worked = frozenset(day.day for day in added if day.is_workday)
    extra = calendar.extra_days.difference(days) | worked
    return replace(calendar, holidays={**kept, **free}, extra_days=extra)


def _moved(turn: Turn, calendar: WorkCalendar) -> list[tuple[Tugas, str]]:
    found = []
    for tugas in turn.view.open_tasks:
        if tugas.minutes is None or tugas.clock_from is None or tugas.due_at is None:
            continue
        due = calendar.due(tugas.clock_from, tugas.minutes, tugas.pauses)
        if due != tugas.due_at:
            found.append((tugas, due.isoformat()))
    return found


def _finish(turn: Turn, draft: Draft) -> Decision | None:
    days, added = _change(draft.answers)
    args = _args(turn, draft.answers)
    if not added:
        turn.changes.append(RemoveDay(days[0]))
        turn.record("DayRemoved", day=days[0].isoformat())
    for day in added:
        turn.changes.append(AddDay(day))
        turn.record("DayAdded", day=day.day.isoformat(), is_workday=day.is_workday)
    rows = ((menu_button("hitung_ulang", "hitungulang"),),) if args["semua"] else ()
    return turn.answer("libur_disimpan", args, rows)


_name = fixed(Question("nama", "tanya_libur_nama", shortest=3, longest=80))
_basis = fixed(Question("dasar", "tanya_libur_dasar", shortest=8, longest=200))
CALENDAR = Dialog(
    "libur",
    {
        "apa": _ask_what,
        "hari": after("apa", REMOVE, ask=_ask_removal),
        "tanggal": after("apa", FREE, WORKED, ask=_ask_day),
        "nama": after("apa", FREE, WORKED, ask=_name),
        "dasar": after("apa", FREE, WORKED, ask=_basis),
    },
    _finish,
    summary_of("ringkasan_libur", _args),
    act_key="simpan",
    goes_back=True,
    needs="libur",
)
begin = opening(CALENDAR)
DAYS_OFF = ChatCommand("libur", show, able("libur"), example=bare, is_ability=True)
