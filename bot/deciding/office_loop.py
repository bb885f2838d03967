"""Keeps the office at work: as long as there is something to decide, and at every tick."""

import logging

from bot.deciding.morning import Morning
from bot.deciding.office import Office, Progress
from bot.resources import Resources

IDLE_SECONDS = 1.0

log = logging.getLogger(__name__)


class OfficeLoop:
    def __init__(self, resources: Resources, office: Office) -> None:
        self._resources = resources
        self._office = office
        self._morning = Morning(resources.store, resources.setting)

    async def run(self) -> None:
        while True:
            if await self._decide() is not Progress.MORE:
                await self._resources.signals.decide.wait(IDLE_SECONDS)

    async def tick(self) -> None:
        now = self._resources.clock.now()
        has_begun = await self._resources.in_thread(self._morning.tick, now)
        if await self._resources.in_thread(self._office.tick, now) or has_begun:
            self._resources.signals.send.ring()
        self._resources.metrics.ticked()

    async def _decide(self) -> Progress:
        """A store that cannot be reached is tried again after a while."""
        now = self._resources.clock.now()
        try:
            progress = await self._resources.in_thread(self._office.work_once, now)
        except Exception:
            log.exception("office_failed")
            return Progress.NOTHING
        if progress:
            self._resources.metrics.decided["decided"] += 1
            self._resources.signals.send.ring()
        return progress
