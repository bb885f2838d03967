"""The people API in JSON: the chats their apps show, and their acts."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from simulator.botapi.methods.profile import menu_of
from simulator.botapi.parameters import Upload
from simulator.people import acts
from simulator.people.acts import ActRefused
from simulator.world.views import chat_view, message_view, person_view
from simulator.world.world import Chat, Person, Press, World

_PRESS_WAIT_SECONDS = 5.0
_PAGE = 200

Endpoint = Callable[[Request], Awaitable[Response]]


def answered(run: Callable[[World, Request, dict[str, Any]], Awaitable[Any]]) -> Endpoint:
    """Wrap an act: JSON in, JSON out, 400 with a reason when it is not possible."""

    async def endpoint(request: Request) -> Response:
        world: World = request.app.state.world
        try:
            return JSONResponse(await run(world, request, await _body(request)))
        except (ActRefused, KeyError, TypeError, ValueError) as fault:
            reason = f"missing {fault}" if isinstance(fault, KeyError) else str(fault)
            return JSONResponse({"error": reason}, status_code=400)

    return endpoint


async def list_people(world: World, request: Request, body: dict[str, Any]) -> Any:
    return [person_view(world, person) for person in world.people.values()]


async def add_person(world: World, request: Request, body: dict[str, Any]) -> Any:
    person = world.add_person(
        str(body["name"]), str(body.get("note", "")), body.get("code"), bool(body.get("admin"))
    )
    for id in body.get("groups", [world.office_group] if world.office_group else []):
        world.chats[int(id)].members[person.id] = "member"
    world.feed.publish("person", person_view(world, person))
    return person_view(world, person)


async def list_chats(world: World, request: Request, body: dict[str, Any]) -> Any:
    person = _person(world, request)
    groups = [
        chat
        for chat in world.chats.values()
        if person.id in world.audience(chat) and not chat.is_private and chat.migrated_to is None
    ]
    return [chat_view(world, chat, person.id) for chat in (world.chats[person.id], *groups)]


async def list_messages(world: World, request: Request, body: dict[str, Any]) -> Any:
    _, chat = _place(world, request)
    after = int(request.query_params.get("after", 0))
    before = int(request.query_params.get("before", 0)) or None
    limit = int(request.query_params.get("limit", _PAGE))
    ids = [id for id in sorted(chat.messages) if id > after and (before is None or id < before)]
    return [message_view(world, chat.messages[id]) for id in ids[-limit:]]


async def list_commands(world: World, request: Request, body: dict[str, Any]) -> Any:
    person, chat = _place(world, request)
    return menu_of(world, chat, person.id)


async def say(world: World, request: Request, body: dict[str, Any]) -> Any:
    person, chat = _place(world, request)
    further = {"reply_to": _reply(chat, body.get("reply_to")), "topic": body.get("topic")}
    return message_view(world, acts.say(world, person, chat, str(body["text"]), **further))


async def start(world: World, request: Request, body: dict[str, Any]) -> Any:
    person = _person(world, request)
    return message_view(world, acts.start(world, person, str(body.get("payload") or "")))


async def press(world: World, request: Request, body: dict[str, Any]) -> Any:
    """Press a button by place, label or data and wait for the bot's answer to the press."""
    person, chat = _place(world, request)
    message_id = int(body["message"])
    data = body.get("data")
    if data is None:
        message = acts.seen(chat, message_id)
        if "label" in body:
            button = acts.button_named(message, str(body["label"]))
        else:
            button = acts.button_at(message, int(body["row"]), int(body["col"]))
        if button.kind != "callback":
            return {"kind": button.kind, "value": button.value}
        data = button.value
    made = acts.press_button(world, person, chat, message_id, str(data))
    return await _toast(made, float(body.get("wait", _PRESS_WAIT_SECONDS)))


async def special(world: World, request: Request, body: dict[str, Any]) -> Any:
    person, chat = _place(world, request)
    return message_view(world, acts.send_special(world, person, chat, str(body["kind"])))


async def edit(world: World, request: Request, body: dict[str, Any]) -> Any:
    person, chat = _place(world, request)
    changed = acts.edit(world, person, chat, int(body["message"]), str(body["text"]))
    return message_view(world, changed)


async def react(world: World, request: Request, body: dict[str, Any]) -> Any:
    person, chat = _place(world, request)
    emoji = str(body.get("emoji") or "")
    return message_view(world, acts.react(world, person, chat, int(body["message"]), emoji))


async def read(world: World, request: Request, body: dict[str, Any]) -> Any:
    person, chat = _place(world, request)
    up_to = int(body.get("up_to") or max(chat.messages, default=0))
    acts.mark_read(world, person, chat, up_to)
    return chat_view(world, chat, person.id)


async def block(world: World, request: Request, body: dict[str, Any]) -> Any:
    person = _person(world, request)
    acts.set_blocked(world, person, is_blocked=bool(body.get("blocked", True)))
    return person_view(world, person)


async def upload(request: Request) -> Response:
    world: World = request.app.state.world
    try:
        person, chat = _place(world, request)
        async with request.form() as form:
            files = [await _file(part) for part in form.getlist("file")]
            sent = acts.upload(
                world,
                person,
                chat,
                files,
                caption=str(form.get("caption") or ""),
                kind=str(form.get("as") or "document"),
                reply_to=_reply(chat, form.get("reply_to")),
                topic=int(str(form["topic"])) if form.get("topic") else None,
            )
    except (ActRefused, KeyError, ValueError) as fault:
        return JSONResponse({"error": str(fault)}, status_code=400)
    return JSONResponse([message_view(world, message) for message in sent])


async def download(request: Request) -> Response:
    world: World = request.app.state.world
    file = world.files.get(request.path_params["file"])
    if file is None:
        return JSONResponse({"error": "no such file"}, status_code=404)
    safe = file.mime if file.width else "application/octet-stream"
    name = file.name.encode("utf-8").hex("%")
    place = "inline" if file.width else "attachment"
    disposition = f"{place}; filename*=UTF-8''%{name}"
    headers = {"content-disposition": disposition, "x-content-type-options": "nosniff"}
    return Response(file.data, media_type=safe, headers=headers)


def routes() -> list[Route]:
    own = "/api/people/{person:int}"
    chat = own + "/chats/{chat}"
    acts_by_path = {
        f"{chat}/text": say,
        f"{chat}/press": press,
        f"{chat}/special": special,
        f"{chat}/edit": edit,
        f"{chat}/react": react,
        f"{chat}/read": read,
        f"{own}/start": start,
        f"{own}/block": block,
        "/api/people": add_person,
    }
    lists_by_path = {
        "/api/people": list_people,
        f"{own}/chats": list_chats,
        f"{chat}/messages": list_messages,
        f"{chat}/commands": list_commands,
    }
    return [
        *(Route(path, answered(run), methods=["POST"]) for path, run in acts_by_path.items()),
        *(Route(path, answered(run), methods=["GET"]) for path, run in lists_by_path.items()),
        Route(f"{chat}/upload", upload, methods=["POST"]),
        Route("/api/files/{file}", download, methods=["GET"]),
    ]


async def _body(request: Request) -> dict[str, Any]:
    if request.method == "GET" or not await request.body():
        return {}
    # A page of another site could send any other kind without asking first.
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise ActRefused(f"the body must be sent as application/json, not as {kind!r}")
    body = await request.json()
    if not isinstance(body, dict):
        raise ActRefused("the body must be a JSON object")
    return body


async def _toast(made: Press, seconds: float) -> dict[str, Any]:
    try:
        async with asyncio.timeout(seconds):
            await made.answered.wait()
    except TimeoutError:
        return {"kind": "callback", "press": made.id, "answered": False, "text": ""}
    return {"kind": "callback", "press": made.id, "answered": True} | (made.answer or {})


async def _file(part: Any) -> Upload:
    if isinstance(part, str):
        raise ActRefused("a file must be uploaded as a file part")
    mime = part.content_type or "application/octet-stream"
    return Upload(part.filename or "berkas", mime, await part.read())


def _person(world: World, request: Request) -> Person:
    person = world.people.get(request.path_params["person"])
    if person is None:
        raise ActRefused(f"no person {request.path_params['person']}")
    return person


def _place(world: World, request: Request) -> tuple[Person, Chat]:
    person = _person(world, request)
    return person, acts.chat_of(world, person, int(request.path_params["chat"]))


def _reply(chat: Chat, wanted: Any) -> int | None:
    return acts.seen(chat, int(wanted)).id if wanted else None
