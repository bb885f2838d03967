"""Dispatcher: claims outbox rows and sends them concurrently, one at a time per recipient."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from telegram.error import InvalidToken, NetworkError, TelegramError

from bot.alerts import notify, tell_admins
from bot.resources import Resources
from bot.runtime.loops import LONGEST_PAUSE, STORE_PAUSE, TaskPool, outlasting, tries
from bot.runtime.monotonic import monotonic
from bot.sending.sender import Delivery, Sender
from bot.transport.faults import OUT_SECONDS, Verdict, judge
from bot.transport.rate_limiter import Place
from flows.engine.decide import decide
from flows.model.addresses import GROUP, person_of
from flows.model.commands import Unreached
from flows.model.messages import Message
from flows.staff.registration import GROUP_LOST, group_moved, lost_key
from storage.faults import is_passing
from storage.queues.outbox import OutboxItem
from storage.transaction import Transaction

IN_FLIGHT = 12
BOARDS = 100
BOARD_SECONDS = 60.0
SETTLE_SECONDS = 2.0
MOST_FAULTS = 5
MOST_DOUBTS = 10
PROBE_SECONDS = 5.0
PIN_REFUSED = "tak_boleh_semat"

# Records the result of sending one item in the transaction that it is given.
Outcome = Callable[[Transaction, datetime], None]

log = logging.getLogger(__name__)


class Dispatcher:
    def __init__(
        self, resources: Resources, sender: Sender, board_seconds: float = BOARD_SECONDS
    ) -> None:
        self._resources = resources
        self._sender = sender
        self._signal = resources.signals.send
        self._board_seconds = board_seconds
        self._limiter = resources.limiter
        self._names: dict[int, set[str]] = {}
        self._pool = TaskPool(IN_FLIGHT, self._signal)
        self._boards = TaskPool(BOARDS, self._signal)
        self._probe = TaskPool(1, self._signal)
        self._outcomes: list[Outcome] = []
        self._unrecorded = TaskPool(IN_FLIGHT, self._signal)
        self._board_at: dict[str, float] = {}
        self._pause = 1.0
        self._doubts: Counter[int] = Counter()

    async def run(self) -> None:
        await outlasting(lambda: self._resources.write(lambda tx: tx.outbox.recover()))
        try:
            while True:
                self._pool.check()
                self._boards.check()
                self._probe.check()
                if not await outlasting(self._send_some):
                    await self._signal.wait(self._limiter.rest())
        finally:
            await self._probe.settle(0)
            await self._pool.settle(SETTLE_SECONDS)
            if self._outcomes:
                await self._record(tuple(self._outcomes))

    async def _send_some(self) -> bool:
        """True when more may be ready to send. Stores outcomes and claims in one transaction."""
        room = 0 if self._probe.keys else min(self._pool.room, self._limiter.wanted())
        outcomes = tuple(self._outcomes)
        if not room and not outcomes:
            return False
        busy = self._pool.keys | self._waiting()
        try:
            items = await self._resources.in_thread(self._record_and_claim, outcomes, room, busy)
        except Exception as fault:
            if not outcomes or is_passing(fault):
                raise
            log.exception("outcome_unrecorded")
            # Each in its own transaction: a failed one does not block the others.
            del self._outcomes[: len(outcomes)]
            for outcome in outcomes:
                self._unrecorded.start(f"{id(outcome)}", self._record((outcome,)))
            return True
        del self._outcomes[: len(outcomes)]
        for item in items:
            if item.chat_id is not None:
                self._names.setdefault(item.chat_id, set()).add(item.to)
            if item.kind == "board":
                self._boards.start(f"{item.id}", self._send_board(item))
            else:
                self._pool.start(item.to, self._send(item))
        return 0 < room == len(items)

    def _waiting(self) -> frozenset[str]:
        """Recipients of the chats that must wait: person, chat and group address of each."""
        waiting: set[str] = set()
        for place in self._limiter.waiting():
            waiting |= {place} if isinstance(place, str) else self._names.get(place, set())
        return frozenset(waiting)

    async def _send_board(self, item: OutboxItem) -> None:
        """Edits of one recipient's boards start `board_seconds` apart, by the monotonic clock;
        a board that is not in the chat yet does not wait for them."""
        now = monotonic()
        moment = max(now, self._board_at.get(item.to, now)) if item.is_edit else now
        self._board_at[item.to] = moment + self._board_seconds
        await asyncio.sleep(moment - now)
        await self._send(item)

    async def _send(self, item: OutboxItem) -> None:
        try:
            delivery = await self._sender.deliver(item)
        except InvalidToken:
            raise
        except TelegramError as fault:
            verdict = self._judge(fault, item)
            log.warning(
                "not_delivered",
                extra={
                    "kode": item.code,
                    "outbox_id": item.id,
                    "fault": type(fault).__name__,
                    "answer": fault.message,
                    "verdict": verdict.what,
                },
            )
            self._resources.metrics.undelivered[verdict.what] += 1
            self._wait_after(item, verdict)
            self._outcomes.append(partial(self._settle, item, verdict, type(fault).__name__))
        except Exception as fault:
            log.exception("parcel_failed", extra={"kode": item.code, "outbox_id": item.id})
            is_last = item.attempts + 1 >= MOST_FAULTS and not is_passing(fault)
            verdict = Verdict("park" if is_last else "unsent")
            pause = STORE_PAUSE if is_passing(fault) else 2.0**item.attempts
            self._limiter.hold(_place(item), pause)
            self._outcomes.append(partial(self._settle, item, verdict, type(fault).__name__))
        else:
            self._pause = 1.0
            self._resources.metrics.delivered[item.kind] += 1
            if delivery.unworded:
                self._resources.metrics.undelivered["unworded"] += 1
            self._outcomes.append(partial(self._delivered, item, delivery))

    def _judge(self, fault: TelegramError, item: OutboxItem) -> Verdict:
        """The verdict on a fault; after MOST_DOUBTS uncertain ones the item is parked."""
        verdict = judge(fault, item.kind)
        if verdict.what == "uncertain":
            self._doubts[item.id] += 1
            if self._doubts[item.id] >= MOST_DOUBTS:
                return Verdict("park")
        return verdict

    def _wait_after(self, item: OutboxItem, verdict: Verdict) -> None:
        """Waits use the monotonic clock: a wall clock set back must not delay a message."""
        match verdict.what:
            case "flood":
                self._limiter.hold(_place(item), verdict.seconds)
            case "unsent":
                self._limiter.hold_all(self._pause)
                self._pause = min(self._pause * 2, OUT_SECONDS)
            case "uncertain":
                self._limiter.hold(_place(item), min(2.0**item.attempts, LONGEST_PAUSE))
                if self._probe.room:
                    self._probe.start("probe", self._probe_telegram())

    async def _probe_telegram(self) -> None:
        """After a lost answer nothing is sent until getMe is answered: otherwise an outage
        would make each further message uncertain."""
        async for _ in tries(OUT_SECONDS):
            try:
                await self._resources.bot.get_me(read_timeout=PROBE_SECONDS)
                return
            except InvalidToken:
                raise
            except NetworkError as fault:
                log.warning("telegram_unreachable", extra={"fault": type(fault).__name__})
            except TelegramError:
                return

    async def _record(self, outcomes: Sequence[Outcome]) -> None:
        """Retries until stored; until then the row is `sending` and holds up its queue."""
        async for _ in tries():
            try:
                await outlasting(
                    lambda: self._resources.in_thread(
                        self._record_and_claim, outcomes, 0, frozenset()
                    )
                )
                return
            except Exception:
                log.exception("outcome_unrecorded")

    def _record_and_claim(
        self, outcomes: Sequence[Outcome], limit: int, busy: frozenset[str]
    ) -> tuple[OutboxItem, ...]:
        """Stores the outcomes of sent items and claims the next ones, in one commit."""
        now = self._resources.clock.now()
        with self._resources.store.transaction() as tx:
            for outcome in outcomes:
                outcome(tx, now)
            return tx.outbox.claim(limit, busy, now) if limit else ()

    def _delivered(
        self, item: OutboxItem, delivery: Delivery, tx: Transaction, now: datetime
    ) -> None:
        tx.outbox.delivered(
            item,
            now,
            message_id=delivery.message_id,
            has_file=delivery.has_file,
            shown=delivery.shown,
            papers=delivery.papers,
            uploads=delivery.uploads,
        )
        if delivery.is_pin_refused:
            _tell_admins(tx, PIN_REFUSED, PIN_REFUSED, now)
        if delivery.unworded:
            _give_up(tx, item, delivery.unworded, now)
        log.info("delivered", extra={"outbox_id": item.id, "kind": item.kind})

    def _settle(
        self, item: OutboxItem, verdict: Verdict, error: str, tx: Transaction, now: datetime
    ) -> None:
        match verdict.what:
            case "drop":
                tx.outbox.end(item.id, "dropped", error)
            case "block":
                tx.outbox.block(item.to, now)
                if item.to == GROUP:
                    # The bot was removed from the group or may not write in it.
                    day = self._resources.setting.calendar.day_of(now)
                    _tell_admins(tx, GROUP_LOST, lost_key(item.chat_id or 0, day), now)
                elif (person_id := person_of(item.to)) is not None:
                    self._tell_lost(tx, person_id, item, now)
            case "move":
                _move(tx, item, verdict.chat_id, now)
                tx.outbox.retry(item.id, now, error, False)
            case "flood" | "unsent" | "uncertain":
                tx.outbox.retry(item.id, now, error, verdict.what == "uncertain")
            case "park":
                _give_up(tx, item, error, now)

    def _tell_lost(self, tx: Transaction, person_id: int, item: OutboxItem, now: datetime) -> None:
        """Superiors and admins are told of the tasks of a person who is no longer reached."""
        command = Unreached(person_id, f"{item.code}:terputus")
        view = tx.load(command, self._resources.setting, now)
        tx.apply(decide(view, command, now), command.key, now)


def _place(item: OutboxItem) -> Place:
    return item.to if item.chat_id is None else item.chat_id


def _give_up(tx: Transaction, item: OutboxItem, error: str, now: datetime) -> None:
    tx.outbox.end(item.id, "parked", error)
    # A failed fault report raises no further report: the reports would never end.
    if not str(item.body.get("key", "")).startswith("gangguan"):
        tell_admins(tx, item.code, now)


def _move(tx: Transaction, item: OutboxItem, new_chat_id: int, now: datetime) -> None:
    if item.chat_id is None:
        return
    moved = group_moved(tx.orders.heads(), item.chat_id, new_chat_id)
    tx.apply(moved, f"pindah:{item.chat_id}:{new_chat_id}", now)


def _tell_admins(tx: Transaction, key: str, unique: str, now: datetime) -> None:
    notify(tx, tx.office.admins(now), Message(key, "", unique=unique), now)
