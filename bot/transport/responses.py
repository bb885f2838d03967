"""What comes back from the way to Telegram, which need not be Telegram's own word."""

from typing import Any

import httpx
from telegram.error import NetworkError
from telegram.request import HTTPXRequest, RequestData

UNAUTHORIZED, BAD_GATEWAY, GATEWAY_TIMEOUT = 401, 502, 504


class HeardRequest(HTTPXRequest):
    """Telegram answers in JSON, whatever it answers. What a proxy or a login page says in its
    place is an outage: it blocks no person and ends no message."""

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
            # It was handed on and the answer awaited in vain: it may have been done.
            raise NetworkError("Gateway Timeout") from httpx.ReadTimeout("")
        begin = body.lstrip()[:1]
        is_telegrams = begin == b"{" or (code == UNAUTHORIZED and begin != b"<")
        return (code if is_telegrams else BAD_GATEWAY), body
