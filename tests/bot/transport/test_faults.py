"""What each fault of the Bot API means for an outbox row."""

import httpx
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.transport.faults import Verdict, judge


def caused(fault: TelegramError, cause: Exception) -> TelegramError:
    fault.__cause__ = cause
    return fault


@pytest.mark.parametrize(
    ("fault", "verdict"),
    [
        (ChatMigrated(-1007), Verdict("move", chat_id=-1007)),
        (Forbidden("Forbidden: bot was blocked by the user"), Verdict("block")),
        (BadRequest("Chat not found"), Verdict("block")),
        (BadRequest("Can't parse entities: unclosed tag"), Verdict("park")),
        (Conflict("terminated by other getUpdates request"), Verdict("unsent")),
        (NetworkError("Bad Gateway"), Verdict("unsent")),
        (TelegramError("something new"), Verdict("park")),
    ],
)
def test_a_fault_of_a_message_has_one_verdict(fault: TelegramError, verdict: Verdict) -> None:
    assert judge(fault, "message") == verdict


def test_a_flood_says_how_long_it_lasts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")

    assert judge(RetryAfter(17), "message") == Verdict("flood", seconds=17)


@pytest.mark.parametrize(
    ("cause", "what"),
    [
        (httpx.ConnectError("no route"), "unsent"),
        (httpx.ConnectTimeout("slow"), "unsent"),
        (httpx.PoolTimeout("busy"), "unsent"),
        (httpx.ReadTimeout("no answer"), "uncertain"),
        (httpx.WriteTimeout("half sent"), "uncertain"),
        (httpx.ReadError("cut"), "uncertain"),
        (httpx.RemoteProtocolError("cut"), "uncertain"),
    ],
)
def test_only_what_may_have_left_is_uncertain(cause: Exception, what: str) -> None:
    assert judge(caused(TimedOut(), cause), "message").what == what
    assert judge(caused(NetworkError("x"), cause), "board").what == what


@pytest.mark.parametrize("kind", ["toast", "reaction", "removal", "menu"])
def test_what_is_best_effort_is_dropped_when_refused(kind: str) -> None:
    assert judge(BadRequest("Query is too old"), kind).what == "drop"  # type: ignore[arg-type]


def test_a_toast_is_not_tried_twice() -> None:
    lost = caused(TimedOut(), httpx.ReadTimeout(""))

    assert judge(lost, "toast").what == "drop"
