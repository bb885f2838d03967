"""Commands of people and of the clock, as received: ids and words only."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from flows.forms.form import Sheet, Unreadable
from flows.model.addresses import Ref, read_callback

SLASH = re.compile(r"/([A-Za-z_]+)(?:@\w+)?(?:\s+(.*))?", re.DOTALL)

ChatKind = Literal["private", "group", "channel"]


@dataclass(frozen=True, slots=True)
class Origin:
    """The origin of a command. `key` names the inbox item; a replay has the same key.

    `sent_at` (aware UTC) is the message's own date and decides what is on time. `facts` holds
    what was asked of Telegram before ("member_status", "chat_title", "can_pin", ...).
    """

    key: str
    chat_id: int
    chat_kind: ChatKind
    user_id: int
    sent_at: datetime
    message_id: int = 0
    reply_to: int | None = None
    topic_id: int | None = None
    facts: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """`command` and `rest` as `command_in` finds them in `text`."""

    origin: Origin
    text: str
    command: str
    rest: str

    @classmethod
    def read(cls, origin: Origin, text: str) -> "Said":
        return cls(origin, text, *command_in(text))

    @property
    def code(self) -> str:
        """The code of an invitation given to /start or /daftar."""
        return self.rest if self.command in ("start", "daftar") else ""


@dataclass(frozen=True, slots=True)
class Pressed:
    """`ref` is what the button is about, `revision` that of the state it was made for."""

    origin: Origin
    callback_id: str
    verb: str
    ref: Ref
    revision: int

    @classmethod
    def read(cls, origin: Origin, callback_id: str, data: str) -> "Pressed":
        return cls(origin, callback_id, *read_callback(data))


@dataclass(frozen=True, slots=True)
class Sent:
    """A file. `sha256` is empty where it was too large to fetch (`size` tells); `claim` is the
    code a PDF bears."""

    origin: Origin
    sha256: str
    name: str
    size: int
    kind: Literal["document", "photo"]
    caption: str = ""
    sheet: Sheet | Unreadable | None = None
    album: str = ""
    claim: str = ""


@dataclass(frozen=True, slots=True)
class Stray:
    """A content the bot cannot use: voice, sticker, contact, location, video, an edit."""

    origin: Origin
    noun: str


@dataclass(frozen=True, slots=True)
class Membership:
    """A person blocked or unblocked the bot, or a group added or removed it."""

    origin: Origin
    is_member: bool


@dataclass(frozen=True, slots=True)
class Migrated:
    origin: Origin
    new_chat_id: int


@dataclass(frozen=True, slots=True)
class Ticked:
    """The tick of perintah `perintah_id`, whose `next_at` has passed."""

    perintah_id: int
    key: str


@dataclass(frozen=True, slots=True)
class Outage:
    """The system could not be reached from `begin` to `end`; one command a running perintah."""

    perintah_id: int
    key: str
    begin: datetime
    end: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Digested:
    """The morning message of one person: his tasks of the day."""

    person_id: int
    key: str


@dataclass(frozen=True, slots=True)
class Unreached:
    """Telegram has refused a message to this person: he has blocked the bot."""

    person_id: int
    key: str


@dataclass(frozen=True, slots=True)
class DayBegan:
    """The office's day began: its calendar and posts are checked."""

    key: str


Clocked = Ticked | Outage | Digested | Unreached | DayBegan

Asked = Said | Pressed | Sent | Stray | Membership | Migrated
Command = Asked | Clocked


def command_in(text: str) -> tuple[str, str]:
    """A slash command's name, in lower case without the bot's name, and the text after it."""
    found = SLASH.fullmatch(text.strip())
    return (found[1].lower(), found[2] or "") if found else ("", "")


def key_of(command: Command) -> str:
    """The key that makes the messages of a command unique."""
    return command.key if isinstance(command, Clocked) else command.origin.key
