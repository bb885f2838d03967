"""HTTP requests to Telegram under its rate limits; answers of other servers count as outages."""

from typing import Any

import httpx
from telegram.error import NetworkError
from telegram.request import HTTPXRequest, RequestData

from bot.transport.rate_limiter import RateLimiter, is_group

# Methods that send no message and so count against no limit.
UNCOUNTED = ("get", "answercallbackquery", "sendchataction", "setwebhook", "deletewebhook")
UNAUTHORIZED, BAD_GATEWAY, GATEWAY_TIMEOUT = 401, 502, 504


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
        begin = body.lstrip()[:1]
        is_telegrams = begin == b"{" or (code == UNAUTHORIZED and begin != b"<")
        return (code if is_telegrams else BAD_GATEWAY), body


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
