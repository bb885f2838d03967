"""Alerts to the administrators: each kind at most once an hour."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from flows.model.addresses import to_person
from flows.model.changes import Decision
from flows.model.messages import Message
from storage.transaction import Transaction

HEARTBEAT = "heartbeat"
PAUSE = timedelta(hours=1)
PARKED_TOLD = "parked_told"


def raise_alarm(tx: Transaction, key: str, args: Mapping[str, Any], now: datetime) -> bool:
    """Queues the message `key` to every administrator; False within an hour of the last."""
    if not is_free(tx, key, now):
        return False
    tx.office.set_meta(f"alarm:{key}", now.isoformat())
    unique = f"{key}:{now:%Y%m%d%H%M%S}"
    notify(tx, tx.office.admins(now), Message(key, "", args, is_ring=True, unique=unique), now)
    return True


def notify(tx: Transaction, people: Collection[int], message: Message, now: datetime) -> None:
    """Queues the message for each of them, once per `unique`; its own `to` is not used."""
    out = tuple(message._replace(to=to_person(person_id)) for person_id in people)
    tx.apply(Decision(out=out), message.unique, now)


def is_free(tx: Transaction, key: str, now: datetime) -> bool:
    """Whether the last alert is an hour old; one in the future (clock set back) does not count."""
    told = tx.office.meta(f"alarm:{key}")
    return told is None or not now - PAUSE < datetime.fromisoformat(told) <= now


def tell_admins(tx: Transaction, key: str, now: datetime) -> None:
    """Reports a fault code; within an hour of the last one Maintenance reports it later."""
    if raise_alarm(tx, "gangguan_admin", {"kode": key}, now):
        tx.office.set_meta(PARKED_TOLD, f"{tx.office.meta(PARKED_TOLD) or ''} {key}".strip())
