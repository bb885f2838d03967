"""Which requests the simulator takes: those of its own page and of programs of this machine.

Any page that a browser shows may send requests to a local port; it must not move the clock or give
an order.
"""

import ipaddress
import socket
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_NAMES = frozenset({"localhost"})
_ANY = frozenset({"0.0.0.0", "::", ""})


class OwnOrigin:
    """Refuses a Host that is not this machine's, and requests sent by pages of other origins.

    `listen`: the address listened on; with one for every interface, any address is a Host.
    """

    def __init__(self, app: ASGIApp, listen: str) -> None:
        self._app = app
        self._is_any = listen in _ANY
        own = {socket.gethostname()} if self._is_any else {listen}
        self._hosts = frozenset(name.casefold() for name in {*_NAMES, *own})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        reason = self._refusal(scope) if scope["type"] == "http" else ""
        if reason:
            await PlainTextResponse(f"{reason}\n", status_code=403)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _refusal(self, scope: Scope) -> str:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not self._is_own(host):
            return f"Host {host!r} is not this machine's, for example localhost:8080"
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc.casefold() != host.casefold():
            return f"Origin {origin!r} is not that of this page"
        is_foreign = headers.get("sec-fetch-site") in ("cross-site", "same-site")
        # A link on another page may open this one.
        if is_foreign and (scope["method"], scope["path"]) != ("GET", "/"):
            return "sent by a page of another site"
        return ""

    def _is_own(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return name in self._hosts
        return self._is_any or address.is_loopback or name in self._hosts
