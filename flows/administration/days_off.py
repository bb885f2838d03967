"""/libur: the office's own days off and days worked in exchange, with their legal basis."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from flows.model.changes import AddDay, Decision, RemoveDay, WakeTasks
from flows.model.conversation import Draft
from flows.model.perintah import Tugas
from flows.model.view import LocalDay
from flows.office.calendar import WorkCalendar
from flows.turn.cards import task_line
from flows.turn.command import ChatCommand, able, bare
from flows.turn.dialog import opening
from flows.turn.moments import read_day_from, unreal_args
from flows.turn.question import Answers, Choice, Dialog, Question, after, fixed, summary_of
from flows.turn.turn import Turn, menu_button

FREE, WORKED, REMOVE = "libur", "kerja", "hapus"


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
        Choice(d.day.isoformat(), label=f"{d.day:%d-%m-%Y} {d.nama}"[:40])
        for d in turn.view.local_days
    )
    return Question("hari", "tanya_libur_hapus", choices=choices)


def _ask_day(turn: Turn, answers: Answers) -> Question | None:
    return Question(
        "tanggal",
        "tanya_libur_tanggal",
        {"contoh": (turn.day + timedelta(days=1)).isoformat()},
        longest=40,
        parse=lambda text: read_day_from(turn.day, text, turn.day),
        wrong="tanggal_keliru",
        explain=partial(unreal_args, turn),
    )


def _change(answers: Answers) -> tuple[date, LocalDay | None]:
    if answers["apa"] == REMOVE:
        return date.fromisoformat(str(answers["hari"])), None
    day = date.fromisoformat(str(answers["tanggal"]))
    is_workday = answers["apa"] == WORKED
    return day, LocalDay(day, str(answers["nama"]), str(answers["dasar"]), is_workday)


def _args(turn: Turn, answers: Answers) -> dict[str, Any]:
    day, added = _change(answers)
    moved = _moved(turn, _after(turn, day, added))
    return {
        "jenis": str(answers["apa"]),
        "tanggal": day.isoformat(),
        "nama": added.nama if added else "",
        "dasar": added.basis if added else "",
        "bergeser": [{**task_line(turn, t), "menjadi": due} for t, due in moved[:5]],
        "semua": len(moved),
    }


def _after(turn: Turn, day: date, added: LocalDay | None) -> WorkCalendar:
    """The calendar as it would be with this day."""
    calendar = turn.view.setting.calendar
    holidays: Mapping[date, str] = {d: n for d, n in calendar.holidays.items() if d != day}
    extra = calendar.extra_days - {day}
    if added is not None and added.is_workday:
        extra |= {day}
    elif added is not None:
        holidays = {**holidays, day: added.nama}
    return replace(calendar, holidays=holidays, extra_days=extra)


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
    day, added = _change(draft.answers)
    args = _args(turn, draft.answers)
    if added is None:
        turn.changes.append(RemoveDay(day))
        turn.record("DayRemoved", day=day.isoformat())
    else:
        turn.changes.append(AddDay(added))
        turn.record("DayAdded", day=day.isoformat(), is_workday=added.is_workday)
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
    needs="libur",
)
begin = opening(CALENDAR)
DAYS_OFF = ChatCommand("libur", show, able("libur"), example=bare, is_ability=True)
