"""Outages of the system: their time counts for no tugas' clock."""

from datetime import datetime

from flows.deadlines import due_time
from flows.model.addresses import to_person
from flows.model.commands import Outage
from flows.model.messages import Message
from flows.model.perintah import Tugas
from flows.turn.cards import refresh
from flows.turn.turn import Turn


def is_moved(tugas: Tugas, begin: datetime, end: datetime) -> bool:
    """Whether the tugas' clock ran in that time and it was not late before."""
    if tugas.clock_from is None or tugas.blocked_at is not None or tugas.due_at is None:
        return False
    return begin < tugas.due_at and tugas.clock_from < end


def count(turn: Turn, command: Outage) -> None:
    """Moves every running limit; each holder gets one silent message, however many he holds."""
    calendar = turn.view.setting.calendar
    minutes = calendar.used(command.begin, command.end)
    if not minutes:
        return
    told: dict[int, None] = {}
    for tugas in turn.perintah.open_tugas:
        if not is_moved(tugas, command.begin, command.end):
            continue
        due_time.skip_outage(turn, tugas, command.begin, command.end)
        refresh(turn, tugas)
        told.update(dict.fromkeys(person.id for person in turn.authority.holders(tugas)))
    turn.record("OutageCounted", minutes=minutes, begin=command.begin, end=command.end)
    args = {
        "menit": minutes,
        "mulai": command.begin.isoformat(),
        "akhir": command.end.isoformat(),
        "alasan": command.reason,
    }
    for person_id in told:
        key = f"gangguan:{command.begin.isoformat()}"
        turn.speech.say(Message("batas_bergeser", to_person(person_id), args, lane=3, unique=key))
