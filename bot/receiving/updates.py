"""Raw updates of the Bot API: sender, chat, file, command, and whether they concern the bot.

The library does not parse them: one of a shape it does not know must not stop the rest.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bot.transport.account import Me
from flows.engine.commands import facts_of
from flows.model.commands import command_in
from flows.turn.command import Facts

Json = Mapping[str, Any]
Needs = Literal["", "file", "facts"]

KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
GROUPS = ("group", "supergroup")
LARGEST = 2**63
TELEGRAM_LIMIT = 20 * 2**20
SHEET_LIMIT = 5 * 2**20
SHEET_NAMES = (
    ".xlsx", ".xlsm", ".xlsb", ".xltx", ".xltm", ".xls", ".xlt", ".ods", ".csv", ".tsv",
)  # fmt: skip
SHEET_TYPES = ("spreadsheet", "excel", "csv")
# The name of a file sent without one.
NAMELESS, PHOTO_NAME = "berkas", "foto.jpg"
HALVES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class FileFact:
    file_id: str
    name: str
    size: int
    kind: Literal["document", "photo"]
    is_sheet: bool

    @property
    def is_opened(self) -> bool:
        """Whether a worker opens the file before the decision; the bot itself never does."""
        return self.is_sheet or self.is_pdf

    @property
    def is_pdf(self) -> bool:
        return not self.is_sheet and self.name.casefold().endswith(".pdf")

    @property
    def is_too_large(self) -> bool:
        return self.size > (SHEET_LIMIT if self.is_sheet else TELEGRAM_LIMIT)


def part(raw: Any, *path: str) -> Json:
    """The object at that place, or an empty one."""
    for name in path:
        raw = raw.get(name) if isinstance(raw, Mapping) else None
    return raw if isinstance(raw, Mapping) else {}


def text(raw: Any, *path: str) -> str:
    value = part(raw, *path[:-1]).get(path[-1])
    return value if isinstance(value, str) else ""


def number(raw: Any, *path: str) -> int:
    """The integer at that place; 0 for none, and for one larger than a column holds."""
    value = part(raw, *path[:-1]).get(path[-1])
    if not isinstance(value, int) or isinstance(value, bool):
        return 0
    return value if -LARGEST < value < LARGEST else 0


def kind_of(raw: Any) -> str:
    return next((kind for kind in KINDS if part(raw, kind)), "")


def message_of(raw: Json) -> Json:
    """The message an update is about; that under the button for a press."""
    kind = kind_of(raw)
    return part(raw, kind, "message") if kind == "callback_query" else part(raw, kind)


def chat_of(raw: Json) -> Json:
    return part(message_of(raw), "chat")


def is_storable(raw: Any) -> bool:
    """Whether it is an object with an update_id and no number larger than a column holds."""
    numbers = (number(raw, "update_id"), number(chat_of(raw), "id"))
    return 0 < numbers[0] < LARGEST and -LARGEST < numbers[1] < LARGEST


def without_halves(raw: Json) -> Json:
    """Replaces lone surrogates: valid in JSON, in no database and in no request to Telegram."""
    written = json.dumps(raw, ensure_ascii=False)
    whole = HALVES.sub("\ufffd", written)
    kept: Json = raw if whole == written else json.loads(whole)
    return kept


def is_for_us(raw: Json, me: Me) -> bool:
    """False for the group's own conversation, which is neither read nor kept."""
    if kind_of(raw) not in ("message", "edited_message"):
        return True
    message = message_of(raw)
    if text(message, "chat", "type") not in GROUPS:
        return True
    if number(message, "migrate_to_chat_id"):
        return True
    return command_of(text(message, "text"), me) is not None or is_reply_to(message, me)


def is_reply_to(message: Json, me: Me) -> bool:
    """Whether it replies; every message of a topic names its first one, which is no reply."""
    replied = part(message, "reply_to_message")
    return number(replied, "from", "id") == me.id and "forum_topic_created" not in replied


def command_of(words: str, me: Me) -> str | None:
    """The command without the bot's name; None when it is no command or another bot's."""
    if not words.startswith("/"):
        return None
    head, separator, rest = words.partition(" ")
    first, line, below = head.partition("\n")
    name, _, addressee = first.partition("@")
    if addressee and addressee.casefold() != me.username.casefold():
        return None
    return f"{name}{line}{below}{separator}{rest}"


def file_of(message: Json) -> FileFact | None:
    """The file of a message; an animation, which is a document too, does not count."""
    if "animation" in message:
        return None
    document = part(message, "document")
    if document:
        name = text(document, "file_name") or NAMELESS
        mime = text(document, "mime_type").casefold()
        has_sheet_type = any(kind in mime for kind in SHEET_TYPES)
        is_sheet = name.casefold().endswith(SHEET_NAMES) or has_sheet_type
        file_id, size = text(document, "file_id"), number(document, "file_size")
        return FileFact(file_id, name, size, "document", is_sheet)
    photos = message.get("photo")
    if not isinstance(photos, list) or not photos:
        return None
    largest = max(photos, key=lambda photo: number(photo, "file_size"))
    size = number(largest, "file_size")
    return FileFact(text(largest, "file_id"), PHOTO_NAME, size, "photo", False)


def needs(raw: Json, me: Me) -> Needs:
    """What must be fetched before the item can be decided: its file, or facts."""
    if kind_of(raw) != "message":
        return ""
    message = message_of(raw)
    if facts_asked(raw, me):
        return "facts"
    file = file_of(message)
    return "file" if file is not None and not file.is_too_large else ""


def facts_asked(raw: Json, me: Me) -> Facts:
    """The kind of facts that the message's command needs; those of a sender only in a group."""
    message = message_of(raw)
    words = command_of(text(message, "text"), me) or ""
    facts = facts_of(command_in(words)[0])
    is_in_group = text(message, "chat", "type") in GROUPS
    return "" if facts == "member" and not is_in_group else facts
