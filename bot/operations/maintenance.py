"""Periodic maintenance: backups, removal of old bodies, alerts on disk, clock and faults."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot.alerts import PARKED_TOLD, is_free, notify, raise_alarm
from bot.operations.backups import free_share, is_backup_due, make_backup
from bot.operations.env_file import open_to_others
from bot.operations.sweeping import sweep
from bot.resources import Resources
from bot.runtime.loops import outlasting
from flows.model.messages import Message
from flows.office.people import Post
from storage.maintenance.backup import RESTORED, BackupFailed
from storage.transaction import Transaction

ROUND_SECONDS = 20.0
TELEGRAM_KEEPS = timedelta(hours=23)
LEAST_FREE = 0.10
MOST_SKEW = 120.0
BACKED_UP = "backed_up"

log = logging.getLogger(__name__)


class Maintenance:
    """`beat`: the last heartbeat before this start."""

    def __init__(
        self, resources: Resources, beat: datetime | None = None, seconds: float = ROUND_SECONDS
    ) -> None:
        self._resources = resources
        self._beat = beat
        self._seconds = seconds
        self._duties: tuple[Callable[[Transaction, datetime], None], ...] = (
            self._look_at_disk,
            self._look_at_clock,
            self._look_at_parked,
        )

    async def run(self) -> None:
        for file in open_to_others():
            log.warning("env_file_open", extra={"file": str(file), "remedy": f"chmod 600 {file}"})
        await outlasting(lambda: self._resources.write(self._greet))
        while True:
            await self.round()
            await asyncio.sleep(self._seconds)

    async def round(self) -> None:
        """Runs every duty; one that fails is logged and does not stop the others."""
        for duty in self._duties:
            try:
                await self._resources.write(partial(self._do, duty))
            except Exception:
                log.exception("duty_failed", extra={"duty": duty.__name__})
        try:
            await sweep(self._resources)
        except Exception:
            log.exception("duty_failed", extra={"duty": "sweep"})
        try:
            await self._back_up()
        except Exception:
            log.exception("duty_failed", extra={"duty": "back_up"})
        self._resources.signals.send.ring()

    def _do(self, duty: Callable[[Transaction, datetime], None], tx: Transaction) -> None:
        duty(tx, self._resources.clock.now())

    def _greet(self, tx: Transaction) -> None:
        """After a restore, or a gap longer than Telegram keeps updates: tells what may be lost."""
        now = self._resources.clock.now()
        restored = tx.office.meta(RESTORED)
        if restored is not None and tx.office.meta("restored_told") != restored:
            tx.office.set_meta("restored_told", restored)
            self._tell_of_gap(tx, "dipulihkan", self._beat, now)
        elif self._beat is not None and now - self._beat > TELEGRAM_KEEPS:
            self._tell_of_gap(tx, "jeda_panjang", self._beat, now)

    def _tell_of_gap(
        self, tx: Transaction, key: str, since: datetime | None, now: datetime
    ) -> None:
        args = {"sejak": since.isoformat() if since else None, "sampai": now.isoformat()}
        unique = f"{key}:{since or now:%Y%m%d%H%M%S}:{now:%Y%m%d%H%M}"
        people = sorted({*tx.office.admins(now), *self._holders(tx, now)})
        notify(tx, people, Message(key, "", args, is_ring=True, unique=unique), now)

    def _holders(self, tx: Transaction, now: datetime) -> Iterable[int]:
        """The holders of open tugas: what they sent in the gap may be lost."""
        office, roster = self._resources.setting.office, tx.office.roster()
        day = self._resources.setting.calendar.day_of(now)
        for tugas in tx.orders.open_tugas():
            if tugas.person_id is not None:
                yield tugas.person_id
                continue
            unit = tugas.unit if office.is_per_unit(tugas.role) else None
            yield from (p.id for p in office.holders(roster, Post(tugas.role, unit), day))

    def _look_at_disk(self, tx: Transaction, now: datetime) -> None:
        free = free_share(self._resources.settings.data_dir)
        if free < LEAST_FREE:
            raise_alarm(tx, "gangguan_disk", {"persen": round(free * 100)}, now)

    def _look_at_clock(self, tx: Transaction, now: datetime) -> None:
        seconds = self._resources.skew.seconds
        if seconds is not None and abs(seconds) > MOST_SKEW:
            raise_alarm(tx, "gangguan_jam", {"menit": round(seconds / 60)}, now)

    def _look_at_parked(self, tx: Transaction, now: datetime) -> None:
        """Reports the faults parked since the last alert (`tell_admins` reports the first)."""
        parked = tx.backlog.parked()
        told = frozenset((tx.office.meta(PARKED_TOLD) or "").split())
        news = [code for code in parked if code not in told]
        if not news or not is_free(tx, "gangguan_admin", now):
            return
        tx.office.set_meta(PARKED_TOLD, " ".join(parked))
        raise_alarm(tx, "gangguan_admin", {"kode": news}, now)

    async def _back_up(self) -> None:
        resources, office = self._resources, self._resources.setting.office
        now = resources.clock.now()
        if not await resources.write(partial(self._is_backup_due, now=now)):
            return
        try:
            made = await asyncio.to_thread(make_backup, resources.settings, office, now)
        except (BackupFailed, OSError) as fault:
            log.error("backup_failed", extra={"fault": str(fault)})
            cause = type(fault.__cause__ or fault).__name__
            await self._alarm("gangguan_cadangan", {"sebab": cause})
            return
        log.info("backed_up", extra={"file": made.path.name, "bytes": made.size})
        day = resources.setting.calendar.day_of(resources.clock.now()).isoformat()
        await resources.write(lambda tx: tx.office.set_meta(BACKED_UP, day))
        if made.damaged:
            await self._alarm("gangguan_berkas", {"jumlah": len(made.damaged)})

    def _is_backup_due(self, tx: Transaction, now: datetime) -> bool:
        """A failed backup is retried when its alert may be raised again."""
        office, last = self._resources.setting.office, tx.office.meta(BACKED_UP)
        return is_free(tx, "gangguan_cadangan", now) and is_backup_due(office, now, last)

    async def _alarm(self, key: str, args: Mapping[str, Any]) -> None:
        now = self._resources.clock.now()
        await self._resources.write(lambda tx: raise_alarm(tx, key, args, now))
