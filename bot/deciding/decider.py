"""Decisions on inbox items and clock ticks, one transaction each, and the loop that makes them."""

import logging
from collections import Counter
from datetime import datetime, timedelta
from enum import IntEnum
from pathlib import Path

from bot.alerts import HEARTBEAT, tell_admins
from bot.deciding.morning import Morning
from bot.receiving.retries import postpone
from bot.receiving.translate import translate
from bot.receiving.updates import text
from bot.resources import Resources
from bot.transport.account import Me
from flows.engine.decide import decide
from flows.forms.form import Sheet, Unreadable
from flows.model.addresses import GROUP, Ref, to_person
from flows.model.changes import Decision
from flows.model.commands import Command, Pressed, Ticked
from flows.model.messages import Removal, Toast
from flows.model.view import Setting, View
from reports.reading.sheetjson import reading_from_json
from storage.faults import is_passing, told
from storage.queues.inbox import Item
from storage.store import Store
from storage.transaction import Transaction

FIRST_SERVED = 20
IDLE_SECONDS = 1.0
TICK_BATCH = 200
BEAT_PAUSE = timedelta(minutes=1)
TICK_PAUSE = timedelta(minutes=1)

log = logging.getLogger(__name__)


class Progress(IntEnum):
    """The result of one inbox query: nothing ready, the last item decided, or more are ready."""

    NOTHING = 0
    LAST = 1
    MORE = 2


class Turns:
    """The order between chats: one with many items in this minute is served after the others."""

    def __init__(self) -> None:
        self._minute: datetime | None = None
        self._served: Counter[int] = Counter()

    def last(self, now: datetime) -> frozenset[int]:
        """Chats with FIRST_SERVED or more decided items in this minute; they are served last."""
        self._turn_to(now)
        return frozenset(c for c, count in self._served.items() if count >= FIRST_SERVED)

    def served(self, chat_id: int | None, now: datetime) -> None:
        self._turn_to(now)
        if chat_id is not None:
            self._served[chat_id] += 1

    def _turn_to(self, now: datetime) -> None:
        minute = now.replace(second=0, microsecond=0)
        if minute != self._minute:
            self._minute, self._served = minute, Counter()


class Decider:
    """Synchronous; runs only in the store's thread, so that two decisions never overlap."""

    def __init__(self, store: Store, setting: Setting, me: Me, sheets: Path) -> None:
        self._store = store
        self._setting = setting
        self._me = me
        self._sheets = sheets
        self._resting: dict[int, datetime] = {}
        self._beat_at: datetime | None = None
        self._turns = Turns()

    def work_once(self, now: datetime) -> Progress:
        """Decides the oldest ready item; a failed one is postponed."""
        item: Item | None = None
        try:
            with self._store.transaction() as tx:
                item = tx.inbox.next_ready(now, later=self._turns.last(now))
                if item is None:
                    return Progress.NOTHING
                self._turns.served(item.chat_id, now)
                self._decide(tx, item, now)
                return Progress.MORE if tx.inbox.has_ready() else Progress.LAST
        except Exception as fault:
            if item is None or is_passing(fault):  # no fault of the item: no attempt is counted
                raise
            log.exception("item_failed", extra={"item": item.id, "attempts": item.attempts + 1})
            postpone(self._store, item, now)
        return Progress.MORE

    def tick(self, now: datetime) -> bool:
        """Decides a tick of each perintah that is due; True when there was one."""
        self._beat(now)
        with self._store.reading() as queries:
            # Left out before the limit counts: else those that fail would hold up all others.
            resting = {
                perintah_id for perintah_id in self._resting if self._rests(perintah_id, now)
            }
            due = queries.orders.due(now, TICK_BATCH, resting)
        for perintah_id in due:
            self._tick(perintah_id, now)
        return bool(due)

    def _decide(self, tx: Transaction, item: Item, now: datetime) -> None:
        command = translate(item, self._me, self._reading(item))
        if command is None:
            log.info("item_unknown", extra={"item": item.id})
        else:
            self._apply(tx, command, command.origin.key, now)
        tx.inbox.finish(item.id, now)

    def _beat(self, now: datetime) -> None:
        """Stores the heartbeat once a minute; at the next start an outage begins there."""
        if self._beat_at is not None and abs(now - self._beat_at) < BEAT_PAUSE:
            return
        with self._store.transaction() as tx:
            tx.office.set_meta(HEARTBEAT, now.isoformat())
        self._beat_at = now

    def _tick(self, perintah_id: int, now: datetime) -> None:
        key = f"t{perintah_id}:{now:%Y%m%d%H%M%S}"
        try:
            with self._store.transaction() as tx:
                self._apply(tx, Ticked(perintah_id, key), key, now)
        except Exception as fault:
            if is_passing(fault):
                raise
            log.exception("tick_failed", extra={"perintah": perintah_id})
            self._resting[perintah_id] = now + TICK_PAUSE
            with self._store.transaction() as tx:
                tell_admins(tx, f"t{perintah_id}:{now:%Y%m%d}", now)

    def _apply(self, tx: Transaction, command: Command, key: str, now: datetime) -> None:
        view = tx.load(command, self._setting, now)
        match command:
            case Pressed(verb="ulang", ref=Ref(target="outbox")):
                tx.apply(_resent(tx, command, view), key, now)
            case _:
                tx.apply(decide(view, command, now), key, now)

    def _rests(self, perintah_id: int, now: datetime) -> bool:
        """True for a minute after a failed tick; a clock set back ends the pause."""
        until = self._resting.get(perintah_id)
        return until is not None and now < until <= now + TICK_PAUSE

    def _reading(self, item: Item) -> Sheet | Unreadable | None:
        unreadable = text(item.extra, "unreadable")
        if unreadable:
            return Unreadable(unreadable)
        sha256 = text(item.extra, "sheet")
        if not sha256:
            return None
        return reading_from_json((self._sheets / f"{sha256}.json").read_text(encoding="utf-8"))


def _resent(tx: Transaction, press: Pressed, view: View) -> Decision:
    """Sends an uncertain file again when its own recipient asks for it."""
    is_group = press.origin.chat_kind == "group"
    person = to_person(view.actor.id) if view.actor else ""
    is_his = person != "" and tx.outbox.resend(press.ref.id, GROUP if is_group else person)
    if not is_his:
        return Decision(out=(Toast(press.callback_id, "tombol_lama"),))
    offer = Removal(chat_id=press.origin.chat_id, message_id=press.origin.message_id)
    return Decision(out=(Toast(press.callback_id), offer))


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
        """A tick that the store cannot take is no tick: the next one finds the same due."""
        now = self._resources.clock.now()
        try:
            has_begun = await self._resources.in_thread(self._morning.tick, now)
            if await self._resources.in_thread(self._decider.tick, now) or has_begun:
                self._resources.signals.send.ring()
        except Exception as fault:
            if not is_passing(fault):
                raise
            log.warning("tick_failed", extra={"fault": told(fault)})
            return
        self._resources.metrics.ticks += 1

    async def _decide(self) -> Progress:
        """NOTHING when the store fails: the loop then waits IDLE_SECONDS before the next try."""
        now = self._resources.clock.now()
        try:
            progress = await self._resources.in_thread(self._decider.work_once, now)
        except Exception as fault:  # a traceback only where it does not pass by itself
            log.error(
                "office_failed", extra={"fault": told(fault)}, exc_info=not is_passing(fault)
            )
            return Progress.NOTHING
        if progress:
            self._resources.metrics.decided["decided"] += 1
            self._resources.signals.send.ring()
        return progress
