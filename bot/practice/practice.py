"""/latihan: one practice office per person, separate from the real one."""

import asyncio
import logging
import shutil
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from bot.deciding.decider import Decider, DecidingLoop
from bot.documents.documents import Documents
from bot.operations.admin import open_store
from bot.operations.backups import database_file
from bot.practice.office import SHIFT, furnish, played, small
from bot.practice.room import (
    MOVES,
    PracticeBot,
    PracticeClock,
    Room,
    greet,
    heard,
    is_left,
    move,
    name_of,
    play,
    receive,
)
from bot.receiving.fetcher import Fetcher, Reader
from bot.receiving.updates import (
    Json,
    command_of,
    is_reply_to,
    kind_of,
    message_of,
    number,
    part,
    text,
)
from bot.resources import Resources, Signals
from bot.runtime.clock import Ticker
from bot.runtime.config import Settings
from bot.runtime.loops import StoreThread, outlasting, until_first
from bot.sending.dispatcher import Dispatcher
from bot.sending.sender import Sender
from bot.transport.account import Me
from bot.wording.wording import Wording
from flows.model.addresses import read_callback, to_chat, to_person
from flows.model.changes import Decision
from flows.model.commands import command_in
from flows.model.meaning import MENU
from flows.model.messages import Message, Toast
from flows.office.kantor import Office
from storage.faults import is_passing
from storage.store import Store

FOLDER = "latihan"
COMMAND = "latihan"
VERB = "latihan"
MOST = 20
LOOK_SECONDS = 60.0

log = logging.getLogger(__name__)


def _command(raw: Json, me: Me) -> tuple[str, str]:
    """The command typed, or begun by a button that the first message offers."""
    if kind_of(raw) != "callback_query":
        return command_in(command_of(text(message_of(raw), "text"), me) or "")
    verb, ref, _ = read_callback(text(part(raw, "callback_query"), "data"))
    return (ref.name, "") if verb == MENU else ("", "")


def _press(raw: Json) -> str:
    """The id of the press, to be answered; empty for words."""
    return text(part(raw, "callback_query"), "id")


class Practice:
    def __init__(self, resources: Resources, wording: Wording) -> None:
        self._resources = resources
        self._wording = wording
        self._rooms: dict[int, Room] = {}
        self._door = asyncio.Lock()

    async def take(self, updates: Sequence[Json]) -> list[Json]:
        """Passes updates of a practice to its office; returns the rest for the real one."""
        async with self._door:
            return [raw for raw in updates if not await self._took(raw)]

    async def run(self) -> None:
        """Opens the offices left open by the former process, ends abandoned ones, and closes
        all when cancelled."""
        try:
            for folder in sorted(self._resources.settings.data_dir.glob(f"{FOLDER}/*/sigap.db")):
                await outlasting(partial(self._reopen, int(folder.parent.name)))
            while True:
                await outlasting(self._end_left)
                await asyncio.sleep(LOOK_SECONDS)
        finally:
            for room in self._rooms.values():
                await _leave(room)

    async def _reopen(self, user_id: int) -> None:
        async with self._door:
            await self._room(user_id)

    async def _end_left(self) -> None:
        now = self._resources.clock.now()
        async with self._door:
            for room in tuple(self._rooms.values()):
                if await room.resources.in_thread(is_left, room, now):
                    # Before the removal: after a crash in between the same key sends it only once.
                    key = f"ditinggalkan:{room.chat_id}:{now:%Y%m%d}"
                    await self._resources.in_thread(
                        self._say, "latihan_ditinggalkan", room.chat_id, key
                    )
                    await self._delete(room)

    async def _took(self, raw: Json) -> bool:
        message = message_of(raw)
        if kind_of(raw) == "my_chat_member" or text(message, "chat", "type") != "private":
            return False
        user_id = number(message, "chat", "id")
        room = await self._room(user_id)
        command = _command(raw, self._resources.me)
        if room is None:
            return command == (COMMAND, "") and await self._begin(user_id, raw)
        if command[0] != COMMAND and await self._is_of_real_office(raw, user_id):
            return False
        await self._direct(room, raw, *command)
        return True

    async def _room(self, user_id: int) -> Room | None:
        """The person's office, opened again if the former process left it open."""
        room = self._rooms.get(user_id)
        if room is not None and not room.at_work.done():
            return room
        if room is not None:
            await _leave(room)
        if not (self._folder(user_id) / "sigap.db").exists():
            return None
        try:
            return await self._open(user_id)
        except Exception as fault:
            if is_passing(fault):
                raise
            # Invented data only: removed rather than stopping the real office.
            log.exception("practice_unreadable")
            await asyncio.to_thread(shutil.rmtree, self._folder(user_id), True)
            return None

    async def _begin(self, user_id: int, raw: Json) -> bool:
        """False for persons who are not registered: the real office answers them."""
        person = await self._resources.read(lambda q: q.office.person_of(user_id))
        if person is None:
            return False
        if len(self._rooms) >= MOST:
            key = f"{raw['update_id']}"
            await self._resources.in_thread(self._say, "latihan_penuh", user_id, key, _press(raw))
            return True
        room = await self._open(user_id)
        await room.resources.in_thread(heard, room, self._resources.clock.now())
        key = f"mulai:{raw['update_id']}"
        await room.resources.in_thread(greet, room, "latihan_mulai", key, _press(raw))
        room.resources.signals.send.ring()
        return True

    async def _open(self, user_id: int) -> Room:
        folder = self._folder(user_id)
        settings = self._resources.settings.model_copy(
            update={
                "data_dir": folder,
                "database_url": f"sqlite:///{folder / 'sigap.db'}",
                "audit_key_file": None,
            }
        )
        rules = small(self._resources.setting.office)
        in_thread = StoreThread()
        store, shift = await in_thread(self._furnished, settings, rules)
        clock = PracticeClock(self._resources.clock, shift)
        roles = await in_thread(played, store, rules, clock.now())
        resources = replace(
            self._resources,
            settings=settings,
            setting=self._resources.setting._replace(office=rules),
            bot=PracticeBot(self._resources.bot, user_id, lambda account: name_of(roles, account)),
            store=store,
            in_thread=in_thread,
            clock=clock,
            signals=Signals(),
        )
        working = asyncio.create_task(_work(resources, self._wording))
        room = Room(resources, clock, user_id, roles, working)
        self._rooms[user_id] = room
        return room

    def _furnished(self, settings: Settings, rules: Office) -> tuple[Store, timedelta]:
        """A new office; out of hours its clock is moved to the next opening."""
        if not database_file(settings).exists():  # the rest of an office removed only in part
            shutil.rmtree(settings.data_dir, ignore_errors=True)
        store = open_store(settings)
        now = self._resources.clock.now()
        with store.reading() as queries:
            shift = queries.office.meta(SHIFT)
        if shift is not None:
            return store, timedelta(seconds=float(shift))
        opening = self._resources.setting.calendar.next_opening(now)
        furnish(store, rules, opening, opening - now)
        return store, opening - now

    async def _is_of_real_office(self, raw: Json, user_id: int) -> bool:
        """Whether the update presses or replies to a message of the real office."""
        message = message_of(raw)
        if kind_of(raw) == "callback_query":
            about = number(message, "message_id")
        elif is_reply_to(message, self._resources.me):
            about = number(message, "reply_to_message", "message_id")
        else:
            return False
        person = await self._resources.read(lambda q: q.office.person_of(user_id))
        his = (to_person(person or 0), to_chat(user_id))
        return await self._resources.read(lambda q: q.outbox.has_sent(about, his))

    async def _direct(self, room: Room, raw: Json, command: str, rest: str) -> None:
        """Handles the practice's own buttons; passes everything else to its office."""
        await room.resources.in_thread(heard, room, self._resources.clock.now())
        press = part(raw, "callback_query")
        verb, wanted, _ = read_callback(text(press, "data"))
        key = f"u{raw['update_id']}"
        if verb == VERB:
            await self._control(room, raw, wanted.text, key)
        elif command == COMMAND:
            if rest == "selesai":
                await self._end(room, raw)
            else:
                await room.resources.in_thread(greet, room, "latihan", key, _press(raw))
        else:
            await room.resources.in_thread(receive, room, raw)
            room.resources.signals.fetch.ring()
            room.resources.signals.decide.ring()
        room.resources.signals.send.ring()

    async def _control(self, room: Room, raw: Json, wanted: str, key: str) -> None:
        if wanted == "selesai":
            return await self._end(room, raw)
        callback = _press(raw)
        if wanted in room.roles:
            await room.resources.in_thread(play, room, wanted, callback, key)
        elif wanted in MOVES:
            await room.resources.in_thread(move, room, wanted, callback, key)
        return None

    async def _end(self, room: Room, raw: Json) -> None:
        """Ends the office; the real one confirms it, for this one's outbox is deleted."""
        await self._delete(room)
        callback = _press(raw)
        key = f"{raw['update_id']}"
        await self._resources.in_thread(self._say, "latihan_selesai", room.chat_id, key, callback)

    async def _delete(self, room: Room) -> None:
        del self._rooms[room.chat_id]
        await _leave(room)
        await asyncio.to_thread(shutil.rmtree, self._folder(room.chat_id), True)

    def _say(self, words: str, chat_id: int, key: str, callback: str = "") -> None:
        """Queues the message in the real office's outbox, once per key."""
        out = (Message(words, to_chat(chat_id)), *((Toast(callback),) if callback else ()))
        with self._resources.store.transaction() as tx:
            tx.apply(Decision(out=out), f"latihan:{key}", self._resources.clock.now())
        self._resources.signals.send.ring()

    def _folder(self, user_id: int) -> Path:
        return self._resources.settings.data_dir / FOLDER / str(user_id)


async def _work(resources: Resources, wording: Wording) -> None:
    try:
        await until_first(*loops(resources, wording))
    except Exception:
        log.exception("practice_ended")


def loops(resources: Resources, wording: Wording) -> Iterator[Coroutine[Any, Any, None]]:
    """The loops of an office: files, decisions, clock, messages."""
    decider = Decider(resources.store, resources.setting, resources.me, resources.sheets)
    office = DecidingLoop(resources, decider)
    sender = Sender(resources, wording, Documents(resources, wording))
    yield Fetcher(resources).run()
    yield Reader(resources).run(sender.show_upload)
    yield office.run()
    yield Ticker(office.tick).run()
    yield Dispatcher(resources, sender).run()


async def _leave(room: Room) -> None:
    room.at_work.cancel()
    with suppress(asyncio.CancelledError):
        await room.at_work
    await asyncio.to_thread(room.resources.in_thread.close)
    room.resources.store.close()
