"""Commands of the clock: ticks, outages, a person's morning, the office's day."""

from flows.deadlines import outage, reminders
from flows.engine import morning
from flows.model.commands import Clocked, DayBegan, Digested, Outage, Ticked
from flows.turn.turn import Turn


def answer(turn: Turn, command: Clocked) -> None:
    is_running = turn.work is not None and turn.work.status == "berjalan"
    match command:
        case Ticked() if is_running:
            reminders.remind(turn)
        case Outage() if is_running:
            outage.count(turn, command)
        case Digested() if turn.actor is not None:
            morning.tell_person(turn)
        case DayBegan():
            morning.open_day(turn)
