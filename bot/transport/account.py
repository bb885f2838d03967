"""The client of the Bot API, and the bot's own account."""

import logging
import os
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import httpx
from telegram import Bot
from telegram.error import InvalidToken, NetworkError, TelegramError
from telegram.request import HTTPXRequest, RequestData

from bot.runtime.clock import Skew
from bot.runtime.config import Settings
from bot.runtime.loops import tries
from bot.transport.faults import OUT_SECONDS
from bot.transport.rate_limiter import RateLimiter, is_group

# Methods that send no message and so count against no limit.
UNCOUNTED = ("get", "answercallbackquery", "sendchataction", "setwebhook", "deletewebhook")
UNAUTHORIZED, BAD_GATEWAY, GATEWAY_TIMEOUT = 401, 502, 504
EMPTY = b"{}"
POOL = 24
CONNECT_SECONDS = 10.0
ANSWER_SECONDS = 20.0
UPLOAD_SECONDS = 60.0
# Many servers close a connection idle for 5 s; a message sent at that moment may be lost.
IDLE_SECONDS = 3.0

log = logging.getLogger(__name__)


class HeardRequest(HTTPXRequest):
    """Treats a response that is no JSON as an outage.

    Telegram's responses are JSON, faults too; anything else is from a proxy or a login page, and
    may neither block a person nor drop a message.
    """

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *rest: Any,
        **more: Any,
    ) -> tuple[int, bytes]:
        code, body = await super().do_request(url, method, request_data, *rest, **more)
        if code == GATEWAY_TIMEOUT:
            # A gateway time-out: the request may have been done.
            raise NetworkError("Gateway Timeout") from httpx.ReadTimeout("")
        begin, end = body.lstrip()[:1], body.rstrip()[-1:]
        if (begin, end) == (b"{", b"}"):
            return code, body
        # The library would log any other body whole, with a traceback.
        is_telegrams = code == UNAUTHORIZED and begin != b"<"
        return (code, EMPTY) if is_telegrams else (BAD_GATEWAY, EMPTY)


class RateLimitedRequest(HeardRequest):
    """Every request with the token is under its limits."""

    def __init__(self, limiter: RateLimiter, **options: Any) -> None:
        super().__init__(**options)
        self._limiter = limiter

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *rest: Any,
        **more: Any,
    ) -> tuple[int, bytes]:
        endpoint = url.rsplit("/", 1)[-1].lower()
        if endpoint.startswith(UNCOUNTED):
            return await super().do_request(url, method, request_data, *rest, **more)
        values = request_data.parameters if request_data is not None else {}
        async with self._limiter.turn(*_counted(endpoint, values)):
            return await super().do_request(url, method, request_data, *rest, **more)


def _counted(endpoint: str, values: dict[str, Any]) -> tuple[int | None, int]:
    """The chat (None: no chat's limit) and number of messages; in a group an edit counts too."""
    chat = values.get("chat_id")
    if not isinstance(chat, int):
        return None, 1
    if endpoint == "sendmediagroup":
        return chat, len(values["media"])
    is_message = endpoint.startswith("send") or (endpoint.startswith("edit") and is_group(chat))
    return (chat if is_message else None), 1


@dataclass(frozen=True, slots=True)
class Me:
    """The bot's own account."""

    id: int
    username: str


class TokenRefused(Exception):
    """Telegram does not know the token."""


def make_bot(
    settings: Settings, skew: Skew | None = None, limiter: RateLimiter | None = None
) -> Bot:
    if not settings.token:
        raise TokenRefused("TELEGRAM_BOT_TOKEN is empty")
    # Durations as timedelta: with numbers the library warns at every flood.
    os.environ.setdefault("PTB_TIMEDELTA", "1")
    _spare_searching()
    return Bot(
        settings.token,
        base_url=f"{settings.telegram_api_url}/bot",
        base_file_url=f"{settings.telegram_api_url}/file/bot",
        request=RateLimitedRequest(limiter or RateLimiter(), **_options(settings, POOL, skew)),
        get_updates_request=HeardRequest(**_options(settings, 2, skew)),
    )


async def connect(bot: Bot) -> Me:
    """Retries until Telegram answers; raises TokenRefused."""
    async for _ in tries(OUT_SECONDS):
        try:
            await bot.initialize()
            # A webhook set earlier would block getUpdates; waiting updates are not dropped.
            await bot.delete_webhook(drop_pending_updates=False)
            return Me(bot.id, bot.username)
        except InvalidToken:
            await bot.request.shutdown()
            # Not chained: the library's message holds the token.
            raise TokenRefused("Telegram refused TELEGRAM_BOT_TOKEN") from None
        except TelegramError as fault:
            log.warning("telegram_unreachable", extra={"fault": type(fault).__name__})
    raise AssertionError("the tries never end")


async def username(settings: Settings) -> str | None:
    """One try, for the links of invitations; None when Telegram cannot be asked."""
    if not settings.token:
        return None
    try:
        async with make_bot(settings) as bot:
            return bot.username
    except TelegramError:
        return None


def _spare_searching() -> None:
    """Marks sniffio as absent: httpcore imports it at every request, and where it is not
    installed the search of the whole path takes a twentieth of the bot's CPU time."""
    if "sniffio" not in sys.modules and find_spec("sniffio") is None:
        sys.modules["sniffio"] = None  # type: ignore[assignment]


def _options(settings: Settings, pool: int, skew: Skew | None) -> dict[str, Any]:
    hooks = {"response": [skew.heed]} if skew is not None else {}
    limits = httpx.Limits(max_connections=pool, keepalive_expiry=IDLE_SECONDS)
    return {
        "connect_timeout": CONNECT_SECONDS,
        "pool_timeout": CONNECT_SECONDS,
        "read_timeout": ANSWER_SECONDS,
        "write_timeout": ANSWER_SECONDS,
        "media_write_timeout": UPLOAD_SECONDS,
        "proxy": settings.telegram_proxy or None,
        # Only TELEGRAM_PROXY counts; the proxy variables of the shell are for other programs.
        "httpx_kwargs": {"trust_env": False, "event_hooks": hooks, "limits": limits},
    }
