"""The outbox on its way: many parcels in the air, one a chat, at Telegram's pace."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial

from telegram.error import InvalidToken, NetworkError, TelegramError

from bot.alerts import tell_admins
from bot.resources import Resources
from bot.runtime.loops import TaskPool
from bot.runtime.monotonic import monotonic
from bot.sending.sender import Delivery, Sender
from bot.transport.faults import Verdict, judge
from bot.transport.rate_limiter import Place
from flows.model.addresses import GROUP, to_person
from flows.model.changes import Decision, MoveGroup
from flows.model.events import Event
from flows.model.messages import Message
from flows.staff.reachability import GROUP_LOST, lost_key
from storage.queues.outbox import Parcel
from storage.transaction import Transaction

IN_THE_AIR = 12
BOARDS = 100
BOARD_SECONDS = 60.0
LANDING_SECONDS = 2.0
LONGEST_PAUSE = 30.0
MOST_FAULTS = 5
MOST_DOUBTS = 10
ASK_SECONDS = 5.0
PIN_REFUSED = "tak_boleh_semat"

# What became of a parcel, to be written down.
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
        self._pool = TaskPool(IN_THE_AIR, self._signal)
        self._boards = TaskPool(BOARDS, self._signal)
        self._line = TaskPool(1, self._signal)
        self._landed: list[Outcome] = []
        self._unrecorded = TaskPool(IN_THE_AIR, self._signal)
        self._board_at: dict[str, float] = {}
        self._pause = 1.0
        self._doubts: Counter[int] = Counter()

    async def run(self) -> None:
        await self._resources.in_thread(self._recover)
        try:
            while True:
                self._pool.check()
                self._boards.check()
                self._line.check()
                if not await self._send_some():
                    await self._signal.wait(self._limiter.rest())
        finally:
            await self._line.settle(0)
            await self._pool.settle(LANDING_SECONDS)
            await self._record(tuple(self._landed))

    async def _send_some(self) -> bool:
        """Whether there may be more to send at once; what has landed is put on record with it."""
        room = 0 if self._line.keys else min(self._pool.room, self._limiter.wanted())
        landed = tuple(self._landed)
        if not room and not landed:
            return False
        busy = self._pool.keys | self._waiting()
        try:
            parcels = await self._resources.in_thread(self._turn, landed, room, busy)
        except Exception:
            if not landed:
                raise
            log.exception("outcome_unrecorded")
            self._record_apart(landed)
            return True
        del self._landed[: len(landed)]
        for parcel in parcels:
            if parcel.chat_id is not None:
                self._names.setdefault(parcel.chat_id, set()).add(parcel.to)
            if parcel.kind == "board":
                self._boards.start(f"{parcel.id}", self._carry_board(parcel))
            else:
                self._pool.start(parcel.to, self._carry(parcel))
        return 0 < room == len(parcels)

    def _waiting(self) -> frozenset[str]:
        """By all names under which a chat has been written to: a person's, its own, the group."""
        waiting: set[str] = set()
        for place in self._limiter.waiting():
            waiting |= {place} if isinstance(place, str) else self._names.get(place, set())
        return frozenset(waiting)

    async def _carry_board(self, parcel: Parcel) -> None:
        """At once when none was sent to that group within the minute, else when it is over."""
        now = monotonic()
        moment = max(now, self._board_at.get(parcel.to, now))
        self._board_at[parcel.to] = moment + self._board_seconds
        await asyncio.sleep(moment - now)
        await self._carry(parcel)

    async def _carry(self, parcel: Parcel) -> None:
        try:
            delivery = await self._sender.deliver(parcel)
        except InvalidToken:
            raise
        except TelegramError as fault:
            verdict = self._judge(fault, parcel)
            log.warning(
                "not_delivered",
                extra={
                    "kode": parcel.code,
                    "outbox_id": parcel.id,
                    "fault": type(fault).__name__,
                    "answer": fault.message,
                    "verdict": verdict.what,
                },
            )
            self._resources.metrics.undelivered[verdict.what] += 1
            self._wait_after(parcel, verdict)
            self._landed.append(partial(self._settle, parcel, verdict, type(fault).__name__))
        except Exception as fault:
            log.exception("parcel_failed", extra={"kode": parcel.code, "outbox_id": parcel.id})
            verdict = Verdict("park" if parcel.attempts + 1 >= MOST_FAULTS else "unsent")
            self._limiter.hold(_place(parcel), 2.0**parcel.attempts)
            self._landed.append(partial(self._settle, parcel, verdict, type(fault).__name__))
        else:
            self._pause = 1.0
            self._resources.metrics.delivered[parcel.kind] += 1
            if delivery.unworded:
                self._resources.metrics.undelivered["unworded"] += 1
            self._landed.append(partial(self._delivered, parcel, delivery))

    def _judge(self, fault: TelegramError, parcel: Parcel) -> Verdict:
        """What may have arrived is not said for ever: after some doubts it is put aside."""
        verdict = judge(fault, parcel.kind)
        if verdict.what == "uncertain":
            self._doubts[parcel.id] += 1
            if self._doubts[parcel.id] >= MOST_DOUBTS:
                return Verdict("park")
        return verdict

    def _wait_after(self, parcel: Parcel, verdict: Verdict) -> None:
        """By the monotonic clock: a wall clock set back must not strand a message."""
        match verdict.what:
            case "flood":
                self._limiter.hold(_place(parcel), verdict.seconds)
            case "unsent":
                self._limiter.hold_all(self._pause)
                self._pause = min(self._pause * 2, LONGEST_PAUSE)
            case "uncertain":
                self._limiter.hold(_place(parcel), min(2.0**parcel.attempts, LONGEST_PAUSE))
                if self._line.room:
                    self._line.start("line", self._until_it_answers())

    async def _until_it_answers(self) -> None:
        """After a lost answer nothing more is risked until one to a harmless question has come:
        else an outage would make every message doubtful, time and again."""
        pause = 1.0
        while True:
            try:
                await self._resources.bot.get_me(read_timeout=ASK_SECONDS)
                return
            except InvalidToken:
                raise
            except NetworkError as fault:
                log.warning("telegram_unreachable", extra={"fault": type(fault).__name__})
            except TelegramError:
                return
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    def _record_apart(self, landed: Sequence[Outcome]) -> None:
        """One that cannot be recorded is not to keep back the others."""
        del self._landed[: len(landed)]
        for outcome in landed:
            self._unrecorded.start(f"{id(outcome)}", self._record((outcome,)))

    async def _record(self, landed: Sequence[Outcome]) -> None:
        """What happened must be on record; until it is, the row keeps its recipient waiting."""
        pause = 1.0
        while landed:
            try:
                await self._resources.in_thread(self._turn, landed, 0, frozenset())
                return
            except Exception:
                log.exception("outcome_unrecorded")
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    def _recover(self) -> None:
        with self._resources.store.transaction() as tx:
            tx.outbox.recover()

    def _turn(
        self, landed: Sequence[Outcome], limit: int, busy: frozenset[str]
    ) -> tuple[Parcel, ...]:
        """Both in one commit: what became of the former parcels, and which leave next."""
        now = self._resources.clock.now()
        with self._resources.store.transaction() as tx:
            for outcome in landed:
                outcome(tx, now)
            return tx.outbox.claim(limit, busy, now) if limit else ()

    def _delivered(
        self, parcel: Parcel, delivery: Delivery, tx: Transaction, now: datetime
    ) -> None:
        tx.outbox.delivered(
            parcel,
            now,
            message_id=delivery.message_id,
            has_file=delivery.has_file,
            shown=delivery.shown,
            papers=delivery.papers,
            uploads=delivery.uploads,
        )
        if delivery.is_pin_refused:
            _tell_of_pin(tx, now)
        if delivery.unworded:
            _give_up(tx, parcel, delivery.unworded, now)
        log.info("delivered", extra={"outbox_id": parcel.id, "kind": parcel.kind})

    def _settle(
        self, parcel: Parcel, verdict: Verdict, error: str, tx: Transaction, now: datetime
    ) -> None:
        match verdict.what:
            case "drop":
                tx.outbox.drop(parcel.id, error)
            case "block":
                tx.outbox.block(parcel.to, now)
                if parcel.to == GROUP:
                    day = self._resources.setting.calendar.day_of(now)
                    _tell_of_group(tx, parcel.chat_id or 0, day, now)
            case "move":
                _move(tx, parcel, verdict.chat_id, now)
                tx.outbox.retry(parcel.id, now, error, False)
            case "flood" | "unsent" | "uncertain":
                tx.outbox.retry(parcel.id, now, error, verdict.what == "uncertain")
            case "park":
                _give_up(tx, parcel, error, now)


def _place(parcel: Parcel) -> Place:
    return parcel.to if parcel.chat_id is None else parcel.chat_id


def _give_up(tx: Transaction, parcel: Parcel, error: str, now: datetime) -> None:
    tx.outbox.park(parcel.id, error)
    # A word about a fault that fails itself is not spoken of, or it would never end.
    if not str(parcel.body.get("key", "")).startswith("gangguan"):
        tell_admins(tx, parcel.code, now)


def _move(tx: Transaction, parcel: Parcel, new_chat_id: int, now: datetime) -> None:
    if parcel.chat_id is None:
        return
    moved = Decision(
        changes=(MoveGroup(parcel.chat_id, new_chat_id),), events=(Event("GroupMigrated"),)
    )
    tx.apply(moved, f"pindah:{parcel.chat_id}:{new_chat_id}", now)


def _tell_of_group(tx: Transaction, chat_id: int, day: date, now: datetime) -> None:
    """Thrown out, or not allowed to write: the work goes on in private."""
    key = lost_key(chat_id, day)
    words = (Message(GROUP_LOST, to_person(admin), unique=key) for admin in tx.office.admins(now))
    tx.apply(Decision(out=tuple(words)), key, now)


def _tell_of_pin(tx: Transaction, now: datetime) -> None:
    words = tuple(
        Message(PIN_REFUSED, to_person(person_id), unique=PIN_REFUSED)
        for person_id in tx.office.admins(now)
    )
    tx.apply(Decision(out=words), PIN_REFUSED, now)
