"""Responses to Bot API requests; those of proxies and login pages count as outages."""

from typing import Any

import httpx
from telegram.error import NetworkError
from telegram.request import HTTPXRequest, RequestData

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
        *timeouts: Any,
        **further: Any,
    ) -> tuple[int, bytes]:
        code, body = await super().do_request(url, method, request_data, *timeouts, **further)
        if code == GATEWAY_TIMEOUT:
            # A gateway time-out: the request may have been done.
            raise NetworkError("Gateway Timeout") from httpx.ReadTimeout("")
        begin = body.lstrip()[:1]
        is_telegrams = begin == b"{" or (code == UNAUTHORIZED and begin != b"<")
        return (code if is_telegrams else BAD_GATEWAY), body
