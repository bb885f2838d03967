"""The clock of the automatic play: moves on with each act, within working hours."""

from datetime import datetime, time, timedelta

from starlette.types import ASGIApp, Receive, Scope, Send

from simulator.world.clock import MovableClock

MINUTES_AN_ACT = 2.0
MOST_MINUTES = 5.0

_FRIDAY, _SATURDAY = 4, 5
_HOURS = ((time(7, 30), time(12, 0)), (time(13, 0), time(16, 0)))
_FRIDAY_HOURS = ((time(7, 30), time(11, 30)), (time(13, 0), time(16, 30)))


class OfficeDay:
    """Moves the clock only in answer to the bot's question, so that both have the same time."""

    def __init__(self, clock: MovableClock) -> None:
        self._clock = clock
        self._minutes = 0.0

    def begin(self) -> None:
        self._clock.set(next_working_moment(self._clock.now()))

    def act(self) -> None:
        self._minutes = min(self._minutes + MINUTES_AN_ACT, MOST_MINUTES)

    def asked(self) -> None:
        if self._minutes:
            later = self._clock.now() + timedelta(minutes=self._minutes)
            self._clock.set(next_working_moment(later))
            self._minutes = 0.0


def next_working_moment(moment: datetime) -> datetime:
    """The moment itself or the next opening; knows weekends, no holidays."""
    while True:
        if moment.weekday() < _SATURDAY:
            hours = _FRIDAY_HOURS if moment.weekday() == _FRIDAY else _HOURS
            for start, end in hours:
                if moment.time() < end:
                    return max(moment, datetime.combine(moment, start, moment.tzinfo))
        moment = datetime.combine(moment + timedelta(days=1), time(0), moment.tzinfo)


def asking(app: ASGIApp, day: OfficeDay) -> ASGIApp:
    """The application wrapped so that the day hears of each request for the time."""

    async def watched(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == "/clock" and scope["method"] == "GET":
            day.asked()
        await app(scope, receive, send)

    return watched


def last_quarter(today: datetime) -> str:
    """The quarter that is over, as people write it: TW III 2026."""
    quarter = (today.month - 1) // 3
    return f"TW {('IV', 'I', 'II', 'III')[quarter]} {today.year - (quarter == 0)}"
