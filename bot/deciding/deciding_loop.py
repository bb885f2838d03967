"""The loop that decides inbox items while any is ready, and the ticks of the clock."""

import logging

from bot.deciding.decider import Decider, Progress
from bot.deciding.morning import Morning
from bot.resources import Resources

IDLE_SECONDS = 1.0

log = logging.getLogger(__name__)


class DecidingLoop:
    def __init__(self, resources: Resources, decider: Decider) -> None:
        self._resources = resources
        self._decider = decider
        self._morning = Morning(resources.store, resources.setting)

    async def run(self) -> None:
        while True:
            if await self._decide() is not Progress.MORE:
                await self._resources.signals.decide.wait(IDLE_SECONDS)

    async def tick(self) -> None:
        now = self._resources.clock.now()
        has_begun = await self._resources.in_thread(self._morning.tick, now)
        if await self._resources.in_thread(self._decider.tick, now) or has_begun:
            self._resources.signals.send.ring()
        self._resources.metrics.ticked()

    async def _decide(self) -> Progress:
        """NOTHING when the store fails: the loop then waits IDLE_SECONDS before the next try."""
        now = self._resources.clock.now()
        try:
            progress = await self._resources.in_thread(self._decider.work_once, now)
        except Exception:
            log.exception("office_failed")
            return Progress.NOTHING
        if progress:
            self._resources.metrics.decided["decided"] += 1
            self._resources.signals.send.ring()
        return progress
