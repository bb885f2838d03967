"""The webhook: an update is answered with 200 once it is committed to the inbox."""

import asyncio
import hmac
import json
import logging
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram.error import InvalidToken, TelegramError

from bot.receiving.receiver import PAT_SECONDS, Receiver, Watchdog
from bot.receiving.updates import KINDS
from bot.resources import Resources
from bot.runtime.http_server import open_socket, serve
from bot.runtime.loops import tries
from bot.transport.faults import OUT_SECONDS

SECRET = "X-Telegram-Bot-Api-Secret-Token"
LARGEST = 8 * 2**20

log = logging.getLogger(__name__)


class Webhook:
    def __init__(self, resources: Resources, receiver: Receiver) -> None:
        self._resources = resources
        self._receiver = receiver
        self._settings = resources.settings

    async def run(self, watchdog: Watchdog) -> None:
        path = urlsplit(self._settings.webhook_url).path or "/"
        app = Starlette(routes=[Route(path, self._take, methods=["POST"])])
        serving = asyncio.ensure_future(serve(app, open_socket(self._settings.webhook_listen)))
        try:
            await self._announce()
            while not serving.done():
                watchdog.pat()
                self._resources.metrics.poll_ended()
                await asyncio.wait([serving], timeout=PAT_SECONDS)
            serving.result()
        finally:
            serving.cancel()
            await asyncio.wait([serving])

    async def _announce(self) -> None:
        """Sets the webhook, without dropping updates; retries while Telegram is out of reach."""
        async for _ in tries(OUT_SECONDS):
            try:
                await self._resources.bot.set_webhook(
                    self._settings.webhook_url,
                    allowed_updates=list(KINDS),
                    secret_token=self._settings.secret or None,
                    drop_pending_updates=False,
                )
                return
            except InvalidToken:
                raise
            except TelegramError as fault:
                log.warning("webhook_not_set", extra={"fault": type(fault).__name__})

    async def _take(self, request: Request) -> Response:
        # In constant time, which PTB's own handler does not compare in.
        given = request.headers.get(SECRET, "")
        if not hmac.compare_digest(given.encode(), self._settings.secret.encode()):
            return Response(status_code=403)
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > LARGEST:
                return Response(status_code=413)
        try:
            update = json.loads(body)
        except (ValueError, RecursionError):
            return Response(status_code=400)
        try:
            await self._receiver.keep([update])
        except Exception:
            log.exception("inbox_refused", extra={"updates": 1})
            return Response(status_code=500)
        return Response(status_code=200)
