"""HTTP requests to Telegram under the rate limits: every request with the token is one."""

from typing import Any

from telegram.request import RequestData

from bot.transport.rate_limiter import RateLimiter, is_group
from bot.transport.responses import HeardRequest

# Methods that send no message and so count against no limit.
UNCOUNTED = ("get", "answercallbackquery", "sendchataction", "setwebhook", "deletewebhook")


class RateLimitedRequest(HeardRequest):
    def __init__(self, limiter: RateLimiter, **options: Any) -> None:
        super().__init__(**options)
        self._limiter = limiter

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *timeouts: Any,
        **further: Any,
    ) -> tuple[int, bytes]:
        endpoint = url.rsplit("/", 1)[-1].lower()
        if endpoint.startswith(UNCOUNTED):
            return await super().do_request(url, method, request_data, *timeouts, **further)
        values = request_data.parameters if request_data is not None else {}
        async with self._limiter.turn(*_counted(endpoint, values)):
            return await super().do_request(url, method, request_data, *timeouts, **further)


def _counted(endpoint: str, values: dict[str, Any]) -> tuple[int | None, int]:
    """The chat (None: no chat's limit) and number of messages; in a group an edit counts too."""
    chat = values.get("chat_id")
    if not isinstance(chat, int):
        return None, 1
    if endpoint == "sendmediagroup":
        return chat, len(values["media"])
    is_message = endpoint.startswith("send") or (endpoint.startswith("edit") and is_group(chat))
    return (chat if is_message else None), 1
