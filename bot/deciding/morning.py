"""Commands of the clock to the whole office: opening of a day, digests, outages."""

import logging
import math
from datetime import date, datetime, timedelta
from typing import NamedTuple

from bot.alerts import HEARTBEAT, tell_admins
from flows.engine.decide import decide
from flows.model.commands import Clocked, DayBegan, Digested, Outage
from flows.model.view import Downtime, Setting
from storage.faults import is_passing
from storage.store import Store
from storage.transaction import Transaction

DAY, DIGEST = "day_begun", "day_digested"
# Working minutes; a shorter interruption is a restart, not an outage.
LEAST_OUTAGE = 15
# Digests go out at this rate, and faster where all would take longer than DIGEST_MINUTES.
DIGESTS_A_MINUTE = 20
DIGEST_MINUTES = 10
# What failed is tried again after one, two, three … pauses.
ATTEMPTS, PAUSE = 5, timedelta(minutes=1)

log = logging.getLogger(__name__)


class Failure(NamedTuple):
    at: datetime
    times: int


class Morning:
    """Synchronous, in the store's thread; runs at every tick, before the Decider's."""

    def __init__(self, store: Store, setting: Setting) -> None:
        self._store = store
        self._setting = setting
        self._is_first = True
        self._said: dict[str, date] = {}
        self._digested: set[tuple[date, int]] = set()
        # By the day and the person; 0 for the opening of the day, an outage by its moment.
        self._failed: dict[tuple[date, int], Failure] = {}

    def tick(self, now: datetime) -> bool:
        """True when a command was decided."""
        if self._is_first:
            self._keep_outage(now)
            self._is_first = False
        has_counted = self._count_outages(now)
        calendar = self._setting.calendar
        day = calendar.day_of(now)
        opening = calendar.opening(day)
        if opening is None or not calendar.is_open(now):
            return has_counted
        has_begun = self._begin(day, now)
        later = opening + timedelta(minutes=self._setting.office.lewat_batas.ulang_harian)
        return self._digest_some(day, now, later) or has_begun or has_counted

    def _keep_outage(self, now: datetime) -> None:
        """Keeps the outage since the last heartbeat, to be counted like a declared one."""
        with self._store.transaction() as tx:
            beat = tx.office.meta(HEARTBEAT)
            begin = datetime.fromisoformat(beat) if beat else now
            minutes = self._setting.calendar.used(begin, now)
            if minutes < LEAST_OUTAGE:
                return
            tx.office.keep_downtime(Downtime(begin, now), now)
            tx.office.set_meta(HEARTBEAT, now.isoformat())
        log.warning("outage_found", extra={"minutes": minutes})

    def _count_outages(self, now: datetime) -> bool:
        """Counts what is not counted yet: it moves the limits of running perintah. A failure holds
        up no reminder and no other outage, and is tried again."""
        with self._store.reading() as queries:
            if not queries.office.has_uncounted():
                return False
            uncounted = [d for d in queries.office.downtimes() if not d.is_counted]
        has_counted = False
        for downtime in uncounted:
            told = (downtime.begin.date(), int(downtime.begin.timestamp()))
            if self._rests(told, now):
                continue
            try:
                with self._store.transaction() as tx:
                    self._count(tx, downtime, now)
                has_counted = True
            except Exception as fault:
                if is_passing(fault):
                    raise
                log.exception("outage_uncounted", extra={"begin": str(downtime.begin)})
                self._has_failed(told, now)
        return has_counted

    def _count(self, tx: Transaction, downtime: Downtime, now: datetime) -> None:
        begin, end = downtime.begin, downtime.end
        for head in tx.orders.heads():
            if head.status == "berjalan":
                key = f"gangguan:{begin:%Y%m%d%H%M}:{head.id}"
                self._do(tx, Outage(head.id, key, begin, end, downtime.reason), now)
        tx.office.keep_downtime(downtime._replace(is_counted=True), now)

    def _begin(self, day: date, now: datetime) -> bool:
        if self._is_said(DAY, day) or self._rests((day, 0), now):
            return False
        if not self._is_over((day, 0), DayBegan(f"hari:{day.isoformat()}"), now):
            return False
        with self._store.transaction() as tx:
            tx.office.set_meta(DAY, day.isoformat())
        self._said[DAY] = day
        return True

    def _digest_some(self, day: date, now: datetime, moment: datetime) -> bool:
        """Spreads digests over minutes from `moment` (UTC): all at once would be a burst."""
        if now < moment or self._is_said(DIGEST, day):
            return False
        with self._store.reading() as queries:
            people = [p.id for p in queries.office.roster().people if p.is_bound]
        portion = max(DIGESTS_A_MINUTE, math.ceil(len(people) / DIGEST_MINUTES))
        owed = people[: portion * (1 + (now - moment) // timedelta(minutes=1))]
        self._digested = {told for told in self._digested if told[0] == day}
        left = [id for id in owed if (day, id) not in self._digested]
        fresh = [id for id in left if not self._rests((day, id), now)]
        for person_id in fresh:
            self._digest(person_id, day, now)
        if all((day, id) in self._digested for id in people):
            with self._store.transaction() as tx:
                tx.office.set_meta(DIGEST, day.isoformat())
            self._said[DIGEST] = day
        return bool(fresh)

    def _is_said(self, name: str, day: date) -> bool:
        if self._said.get(name) != day:
            with self._store.reading() as queries:
                if queries.office.meta(name) == day.isoformat():
                    self._said[name] = day
        return self._said.get(name) == day

    def _digest(self, person_id: int, day: date, now: datetime) -> None:
        command = Digested(person_id, f"digest:{day.isoformat()}:{person_id}")
        if self._is_over((day, person_id), command, now):
            self._digested.add((day, person_id))

    def _is_over(self, told: tuple[date, int], command: Clocked, now: datetime) -> bool:
        """Decides the command in a transaction of its own: a failure blocks no other one.

        A failed one is tried again after a while, until the admins are told of the last failure.
        """
        try:
            with self._store.transaction() as tx:
                self._do(tx, command, now)
        except Exception as fault:
            if is_passing(fault):  # the store failed, and not the command
                raise
            log.exception("morning_failed", extra={"key": command.key})
            return self._has_failed(told, now) >= ATTEMPTS
        return True

    def _has_failed(self, told: tuple[date, int], now: datetime) -> int:
        """Returns how often; the admins are told once, at the last of ATTEMPTS."""
        times = self._failed[told].times + 1 if told in self._failed else 1
        self._failed[told] = Failure(now, times)
        if times == ATTEMPTS:
            with self._store.transaction() as tx:
                tell_admins(tx, f"r{told[1]}:{told[0]:%Y%m%d}", now)
        return times

    def _rests(self, told: tuple[date, int], now: datetime) -> bool:
        """Whether it has failed a short while ago; a clock set back ends the pause."""
        last = self._failed.get(told)
        return last is not None and last.at <= now < last.at + last.times * PAUSE

    def _do(self, tx: Transaction, command: Clocked, now: datetime) -> None:
        tx.apply(decide(tx.load(command, self._setting, now), command, now), command.key, now)
