"""Files of strangers: fetched only for /verifikasi, small ones, and few in an hour.

A stranger is whoever holds no post: an open invitation makes nobody registered.
"""

from datetime import datetime, timedelta

from bot.receiving.updates import FileFact, Json, message_of, number, part, text
from flows.model.commands import command_in
from flows.model.proof import ASKING, TOO_LARGE, TOO_OFTEN
from storage.queues.inbox import Item
from storage.transaction import Transaction

MOST_BYTES = 5 * 2**20
MOST_IN_AN_HOUR = 5
HOUR = timedelta(hours=1)
# Thereafter a file that could not be fetched is given up: no outage keeps its row for ever.
PATIENCE = timedelta(minutes=10)
COUNTED = "is_verified"


def sender(raw: Json) -> int:
    """The user id; 0 for an anonymous administrator or a channel."""
    message = message_of(raw)
    return 0 if part(message, "sender_chat") else number(message, "from", "id")


def admit(tx: Transaction, item: Item, file: FileFact, now: datetime) -> str:
    """Empty if the file is to be fetched, which is then counted; else a reason of `Unreadable`."""
    if COUNTED in item.extra:
        return "unfetched" if now - item.received_at > PATIENCE else ""
    if text(message_of(item.raw), "chat", "type") != "private":
        return "unfetched"
    of_this_hour = tx.inbox.of_chat(item.chat_id, now - HOUR)
    if not any(_asks(other.raw) for other in of_this_hour if other.id <= item.id):
        return "unfetched"
    if file.size > MOST_BYTES:
        return TOO_LARGE
    if sum(COUNTED in other.extra for other in of_this_hour) >= MOST_IN_AN_HOUR:
        return TOO_OFTEN
    tx.inbox.promote(item.id, item.state, {COUNTED: True})
    return ""


def _asks(raw: Json) -> bool:
    """Whether the message is /verifikasi: as the caption of a file, or words before one."""
    message = message_of(raw)
    words = text(message, "caption") or text(message, "text")
    return command_in(words)[0] == ASKING
