"""Retries of a failed inbox item; after the last one it is parked."""

from datetime import datetime, timedelta

from bot.alerts import tell_admins
from bot.receiving.updates import chat_of, number, text
from flows.model.addresses import to_chat
from flows.model.changes import Decision
from flows.model.messages import Message
from storage.queues.inbox import Item
from storage.store import Store

MAX_ATTEMPTS = 5
RETRY_SECONDS = 2


def postpone(store: Store, item: Item, now: datetime) -> None:
    """Schedules a retry; parks the item at the fifth failure and tells person and admins."""
    with store.transaction() as tx:
        wait = timedelta(seconds=RETRY_SECONDS**item.attempts)
        attempts = tx.inbox.postpone(item.id, "fault", now + wait)
        if attempts < MAX_ATTEMPTS:
            return
        key = f"i{item.id}"
        chat = chat_of(item.raw)
        if text(chat, "type") == "private":
            word = Message("gangguan", to_chat(number(chat, "id")), {"kode": key}, is_ring=True)
            tx.apply(Decision(out=(word,)), f"gangguan:{key}", now)
        tell_admins(tx, key, now)
