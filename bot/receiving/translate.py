"""Translation of inbox items into commands, which hold only ids and text."""

from collections.abc import Mapping
from datetime import UTC, datetime

from bot.receiving.updates import (
    GROUPS,
    Json,
    command_of,
    file_of,
    is_reply_to,
    kind_of,
    message_of,
    number,
    part,
    text,
)
from bot.transport.account import Me
from flows.forms.form import Sheet, Unreadable
from flows.model.commands import (
    ChatKind,
    Membership,
    Migrated,
    Origin,
    Pressed,
    Said,
    Sent,
    Stray,
)
from storage.queues.inbox import Item

STRAYS: Mapping[str, str] = {
    "voice": "voice",
    "audio": "voice",
    "video": "video",
    "video_note": "video",
    "animation": "video",
    "sticker": "sticker",
    "contact": "contact",
    "location": "location",
    "venue": "location",
    "poll": "poll",
    "dice": "sticker",
    "game": "other",
    "story": "other",
    "paid_media": "other",
    "checklist": "other",
    "giveaway": "other",
}
GONE = ("left", "kicked")

Incoming = Said | Pressed | Sent | Stray | Membership | Migrated


def translate(item: Item, me: Me, sheet: Sheet | Unreadable | None) -> Incoming | None:
    """None for an unknown or empty update; it is acknowledged like any other."""
    raw = item.raw
    message = message_of(raw)
    if not number(message, "chat", "id"):
        return None
    match kind_of(raw):
        case "message":
            return _message(item, me, message, sheet)
        case "edited_message":
            return Stray(_origin(item, me, message), "edited")
        case "callback_query":
            return _press(item, me, part(raw, "callback_query"))
        case "my_chat_member":
            status = text(message, "new_chat_member", "status")
            is_member = part(message, "new_chat_member").get("is_member")
            is_out = status in GONE or (status == "restricted" and not is_member)
            return Membership(_origin(item, me, message), not is_out)
    return None


def _message(
    item: Item, me: Me, message: Json, sheet: Sheet | Unreadable | None
) -> Incoming | None:
    origin = _origin(item, me, message)
    new_chat = number(message, "migrate_to_chat_id")
    if new_chat:
        return Migrated(origin, new_chat)
    words = text(message, "text")
    if words:
        return _said(origin, me, words)
    file = file_of(message)
    if file is not None:
        sha256 = text(item.extra, "sha256")
        size = number(item.extra, "size") or file.size
        caption = text(message, "caption")
        album = text(message, "media_group_id")
        claim = text(item.extra, "claim")
        return Sent(origin, sha256, file.name, size, file.kind, caption, sheet, album, claim)
    noun = next((noun for key, noun in STRAYS.items() if key in message), "")
    return Stray(origin, noun) if noun else None


def _said(origin: Origin, me: Me, words: str) -> Said | None:
    if not words.startswith("/"):
        return Said.read(origin, words)
    command = command_of(words, me)
    return Said.read(origin, command) if command is not None else None


def _press(item: Item, me: Me, query: Json) -> Pressed | None:
    data = text(query, "data")
    if not data:
        return None
    origin = _origin(item, me, part(query, "message"), presser=query)
    return Pressed.read(origin, text(query, "id"), data)


def _origin(item: Item, me: Me, message: Json, presser: Json | None = None) -> Origin:
    """`sent_at` is UTC; for a press the time of receipt, since its message is older."""
    is_topic = message.get("is_topic_message") is True
    facts = part(item.extra, "facts")
    return Origin(
        key=f"u{item.bot_id}:{item.update_id}",
        chat_id=number(message, "chat", "id"),
        chat_kind=_chat_kind(message),
        user_id=_person(presser if presser is not None else message),
        sent_at=item.received_at if presser is not None else _moment(item, message),
        message_id=number(message, "message_id"),
        reply_to=(number(message, "reply_to_message", "message_id") or None)
        if presser is None and is_reply_to(message, me)
        else None,
        topic_id=(number(message, "message_thread_id") or None) if is_topic else None,
        facts={key: str(value) for key, value in facts.items()} or None,
    )


def _chat_kind(message: Json) -> ChatKind:
    kind = text(message, "chat", "type")
    if kind in GROUPS:
        return "group"
    return "private" if kind == "private" else "channel"


def _person(message: Json) -> int:
    """The user id; 0 for an anonymous administrator, a channel or another bot."""
    if part(message, "sender_chat") or part(message, "from").get("is_bot") is True:
        return 0
    return number(message, "from", "id")


def _moment(item: Item, message: Json) -> datetime:
    seconds = number(message, "date")
    try:
        return datetime.fromtimestamp(seconds, UTC) if seconds else item.received_at
    except (ValueError, OverflowError, OSError):
        return item.received_at
