"""Faults of the Bot API classified: what becomes of the outbox row that met one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from storage.queues.outbox import OutboxKind

What = Literal["drop", "park", "block", "move", "flood", "unsent", "uncertain"]

BEST_EFFORT: tuple[OutboxKind, ...] = ("toast", "reaction", "removal", "menu")
NOWHERE = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "have no rights to send",
    "not enough rights to send",
)
# What a refusal of an edit, or of a message to a topic, says.
UNCHANGED = "message is not modified"
GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")
NO_TOPIC = ("message thread not found", "topic_closed", "topic_deleted")
# The longest wait between tries while Telegram is out of reach: an answer waits for one of the
# receiver and one of the dispatcher when it is back.
OUT_SECONDS = 2.0
# An outage is told once in this time.
TELL_SECONDS = 60.0
NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)


@dataclass(frozen=True, slots=True)
class Verdict:
    """`seconds` to wait for a flood; `chat_id` the group's new id for a move."""

    what: What
    seconds: float = 0.0
    chat_id: int = 0


def says(refusal: BadRequest, phrases: Sequence[str]) -> bool:
    told = refusal.message.casefold()
    return any(phrase in told for phrase in phrases)


def judge(fault: TelegramError, kind: OutboxKind) -> Verdict:
    """BadRequest is matched before its base class NetworkError: it would be retried for ever."""
    match fault:
        case RetryAfter():
            return Verdict("flood", seconds=flood_seconds(fault))
        case ChatMigrated():
            return Verdict("move", chat_id=fault.new_chat_id)
        case Forbidden():
            return Verdict("block")
        case BadRequest() if kind in BEST_EFFORT:
            return Verdict("drop")
        case BadRequest():
            return Verdict("block" if says(fault, NOWHERE) else "park")
        case Conflict():
            return Verdict("unsent")
        case NetworkError() if kind == "toast":
            return Verdict("drop")
        case NetworkError():
            # It may have been done only when no answer of the server came back.
            cause = fault.__cause__
            has_left = isinstance(cause, httpx.HTTPError) and not isinstance(cause, NEVER_LEFT)
            return Verdict("uncertain" if has_left else "unsent")
    return Verdict("park")


def flood_seconds(flood: RetryAfter) -> float:
    wait = flood.retry_after
    return float(wait) if isinstance(wait, int | float) else wait.total_seconds()
