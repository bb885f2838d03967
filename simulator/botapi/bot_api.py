"""The Bot API over HTTP: token, ordered faults, dispatch and log of a call."""

import asyncio
import inspect
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from simulator.botapi.methods import edits, messages, profile, receiving
from simulator.botapi.parameters import Arguments, Method, Upload, read_call, typed
from simulator.world.faults import Fault
from simulator.world.refusal import Refusal, forbidden, too_many_requests
from simulator.world.world import World

METHODS: Mapping[str, Method] = {
    method.name.lower(): method
    for module in (messages, edits, receiving, profile)
    for method in module.METHODS
}
_NOT_FOUND = Refusal(404, "Not Found")
_UNLOGGED = "getUpdates"
_GATEWAY = 500
_HTML_FAULT = "<html><head><title>{0}</title></head><body><h1>{0}</h1></body></html>"


class Severed(Response):
    """A response that is cut off: the caller sees the connection close."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-length", b"1000")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})


async def answer_call(request: Request) -> Response:
    world: World = request.app.state.world
    name = request.path_params["method"]
    if request.path_params["token"] != world.bot.token:
        return refused(Refusal(401, "Unauthorized"))
    try:
        values, uploads = await read_call(request)
    except Refusal as refusal:
        return refused(refusal)
    faults = world.faults.on_call(name, _chat_number(values))
    if lost := await _before(faults):
        words = ", ".join(fault.kind for fault in faults)
        _log(world, name, values, f"simulated: {words}", None)
        return lost
    answer = await _run(world, name, values, uploads)
    if not any(fault.kind == "drop_after" for fault in faults):
        return answer
    _log(world, name, values, "simulated: the answer was lost", None)
    return Severed()


async def send_file(request: Request) -> Response:
    world: World = request.app.state.world
    if request.path_params["token"] != world.bot.token:
        return refused(Refusal(401, "Unauthorized"))
    faults = world.faults.on_call("file", None)
    if lost := await _before(faults):
        return lost
    path = request.path_params["path"]
    for file in world.files.values():
        if file.path == path and len(file.data) <= receiving.DOWNLOAD_LIMIT:
            return Response(file.data, media_type="application/octet-stream")
    return refused(_NOT_FOUND)


def refused(refusal: Refusal) -> Response:
    return JSONResponse(refusal.body(), status_code=refusal.code)


async def _before(faults: list[Fault]) -> Response | None:
    """Ordered faults applied before a call is accepted."""
    for fault in faults:
        match fault.kind:
            case "delay":
                await asyncio.sleep(fault.seconds)
            case "down" | "drop_before":
                return Severed()
            case "status" if fault.status == 429:
                return refused(too_many_requests(fault.retry_after))
            case "status" if fault.status < _GATEWAY:
                return refused(Refusal(fault.status, HTTPStatus(fault.status).phrase))
            case "status" | "page":
                page = _HTML_FAULT.format(fault.status)
                return Response(page, fault.status, media_type="text/html")
            case "blocked":
                return refused(forbidden("bot was blocked by the user"))
    return None


async def _run(
    world: World, name: str, values: dict[str, Any], uploads: dict[str, Upload]
) -> Response:
    method = METHODS.get(name.lower())
    try:
        if method is None:
            raise _NOT_FOUND
        args = Arguments(typed(method.kinds, values), uploads)
        result = method.run(world, args)
        if inspect.isawaitable(result):
            result = await result
    except Refusal as refusal:
        _log(world, name, values, refusal.description, None)
        return refused(refusal)
    _log(world, name, values, None, result)
    return JSONResponse({"ok": True, "result": result})


def _log(world: World, name: str, values: dict[str, Any], error: str | None, result: Any) -> None:
    if name == _UNLOGGED and error is None:
        return
    sent = result[0] if isinstance(result, list) and result else result
    number = sent.get("message_id") if isinstance(sent, dict) else None
    world.log.append(
        {
            "id": next(world.serial),
            "at": world.clock.now().isoformat(),
            "method": name,
            "chat": _chat_number(values),
            "message": number or _number(values.get("message_id")),
            "rings": name.startswith("send")
            and name != "sendChatAction"
            and values.get("disable_notification") not in (True, "true", "True", "1"),
            "ok": error is None,
            "error": error,
            "text": str(values.get("text") or values.get("caption") or ""),
        }
    )


def _chat_number(values: dict[str, Any]) -> int | None:
    return _number(values.get("chat_id"))


def _number(value: Any) -> int | None:
    try:
        return int(value)
    except (TypeError, ValueError):
        return None
