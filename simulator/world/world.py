"""The state of the simulated Telegram in memory: people, chats, messages, files."""

import asyncio
import time
from collections import deque
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from simulator.world.clock import MovableClock
from simulator.world.entities import Entity
from simulator.world.faults import FaultTable
from simulator.world.feed import Feed
from simulator.world.flood import FloodLimits
from simulator.world.updates import UpdateQueue

_LOG_KEPT = 50_000


@dataclass(slots=True)
class Serial:
    """The next number, and the next; unlike itertools.count it can be stored."""

    at: int

    def __next__(self) -> int:
        self.at += 1
        return self.at - 1


@dataclass(frozen=True, slots=True)
class Bot:
    id: int
    token: str
    username: str
    name: str
    description: str = ""


@dataclass(slots=True)
class Person:
    id: int
    name: str
    note: str = ""
    code: str | None = None
    is_admin: bool = False
    has_started: bool = False
    has_blocked: bool = False
    is_known: bool = False


@dataclass(frozen=True, slots=True)
class StoredFile:
    id: str
    unique_id: str
    path: str
    name: str
    mime: str
    data: bytes
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Button:
    text: str
    kind: str
    value: str


Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Content:
    kind: str
    text: str = ""
    entities: tuple[Entity, ...] = ()
    file: StoredFile | None = None
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Message:
    id: int
    chat: int
    sender: int
    date: datetime
    content: Content
    keyboard: Keyboard = ()
    reply_to: int | None = None
    edited: datetime | None = None
    is_silent: bool = False
    album: str | None = None
    topic: int | None = None
    reactions: tuple[tuple[int, str], ...] = ()


@dataclass(slots=True)
class Topic:
    name: str
    is_closed: bool = False


@dataclass(slots=True)
class Chat:
    id: int
    kind: str
    title: str
    ids: Serial
    members: dict[int, str] = field(default_factory=dict)
    bot_rights: frozenset[str] = frozenset()
    messages: dict[int, Message] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    read_up_to: dict[int, int] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    migrated_to: int | None = None

    @property
    def is_private(self) -> bool:
        return self.kind == "private"


@dataclass(slots=True)
class Press:
    """One press of an inline button, waiting for the bot's answer."""

    id: str
    person: int
    pressed_at: float
    answer: dict[str, Any] | None = None
    answered: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(slots=True)
class Webhook:
    url: str = ""
    secret: str = ""
    last_error: str = ""
    last_error_at: datetime | None = None


class World:
    def __init__(self, bot: Bot, clock: MovableClock, first_serial: int = 1):
        self.bot = bot
        self.clock = clock
        self.first_serial = first_serial
        self.serial = Serial(first_serial)
        self.updates = UpdateQueue(700_000_000 + first_serial)
        self.feed = Feed(first_serial)
        self.faults = FaultTable()
        self.flood = FloodLimits()
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self.presses: dict[str, Press] = {}
        self.commands: dict[tuple[str, int, int, str], list[dict[str, str]]] = {}
        self.webhook = Webhook()
        self.log: deque[dict[str, Any]] = deque(maxlen=_LOG_KEPT)
        self.press_seconds = 30.0
        self.office_group: int | None = None
        self.onboarding = "none"
        self.play = "none"
        self.looked_at: datetime | None = None
        self.days_off: list[str] = []

    def add_person(
        self, name: str, note: str = "", code: str | None = None, is_admin: bool = False
    ) -> Person:
        person = Person(1001 + len(self.people), name, note, code, is_admin)
        self.people[person.id] = person
        self.add_chat(person.id, "private", name).members[person.id] = "member"
        return person

    def add_chat(self, id: int, kind: str, title: str) -> Chat:
        chat = Chat(id, kind, title, Serial(self.first_serial))
        self.chats[id] = chat
        return chat

    def add_group(self, title: str, kind: str = "supergroup", bot: str = "member") -> Chat:
        groups = sum(1 for chat in self.chats.values() if not chat.is_private)
        first = -1_001_000_000_001 if kind == "supergroup" else -5_000_001
        chat = self.add_chat(first - groups, kind, title)
        chat.members[self.bot.id] = bot
        return chat

    def store(
        self, name: str, mime: str, data: bytes, folder: str, size: tuple[int, int] = (0, 0)
    ) -> StoredFile:
        number = next(self.serial)
        suffix = f".{name.rsplit('.', 1)[-1]}" if "." in name else ""
        stored = StoredFile(
            f"SIM{folder[:3].upper()}{number:012d}",
            f"UNI{number:010d}",
            f"{folder}/file_{number}{suffix}",
            name,
            mime,
            data,
            *size,
        )
        self.files[stored.id] = stored
        return stored

    def post(self, chat: Chat, sender: int, content: Content, **further: Any) -> Message:
        message = Message(next(chat.ids), chat.id, sender, self.clock.now(), content, **further)
        chat.messages[message.id] = message
        return message

    def change(self, message: Message, **changes: Any) -> Message:
        changed = replace(message, **changes)
        self.chats[message.chat].messages[message.id] = changed
        return changed

    def press(self, person: int) -> Press:
        press = Press(f"{next(self.serial)}{person:06d}", person, time.monotonic())
        self.presses[press.id] = press
        return press

    def audience(self, chat: Chat) -> frozenset[int]:
        """The persons who see this chat."""
        return frozenset(
            id for id, status in chat.members.items() if id != self.bot.id and status != "left"
        )

    def bot_status(self, chat: Chat) -> str:
        return chat.members.get(self.bot.id, "left")
