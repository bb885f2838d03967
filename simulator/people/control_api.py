"""The control API in JSON: clock, groups, faults, log, state and live feed."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from simulator.botapi.delivery import send_update, tell_bot, tell_members, tell_people
from simulator.botapi.wire import member_json, membership_json, user_json
from simulator.people import acts
from simulator.people.acts import ActRefused
from simulator.people.limits import announce_due, next_passing, tell_clock
from simulator.people.people_api import answered
from simulator.world.clock import read_moment
from simulator.world.flood import FloodLimits
from simulator.world.views import chat_view
from simulator.world.world import Chat, Content, Person, Topic, World

_STATUSES = ("administrator", "member", "restricted", "left", "kicked")
_RIGHTS = ("can_delete_messages", "can_manage_topics")
_FASTEST = 3600.0


async def read_clock(world: World, request: Request, body: dict[str, Any]) -> Any:
    now = world.clock.now().isoformat(timespec="milliseconds")
    return {"now": now, "rate": world.clock.rate}


async def move_clock(world: World, request: Request, body: dict[str, Any]) -> Any:
    if unknown := set(body) - {"set", "advance_minutes", "rate", "to_limit"}:
        raise ActRefused(f"unknown field {min(unknown)!r}")
    announce_due(world)
    if body.get("to_limit"):
        moment = next_passing(world)
        if moment is None:
            raise ActRefused("Tidak ada tenggat yang menunggu")
        world.clock.set(moment)
    if "set" in body:
        world.clock.set(read_moment(str(body["set"])))
    if "advance_minutes" in body:
        world.clock.advance(float(body["advance_minutes"]))
    if "rate" in body:
        rate = float(body["rate"])
        if not 0 <= rate <= _FASTEST:
            raise ActRefused(f"rate must be 0 to {_FASTEST:.0f}")
        world.clock.set_rate(rate)
    return tell_clock(world) | {"due": announce_due(world)}


async def read_state(world: World, request: Request, body: dict[str, Any]) -> Any:
    return {
        "bot": {"id": world.bot.id, "name": world.bot.name, "username": world.bot.username},
        "group": world.office_group,
        "onboarding": world.onboarding,
        "play": world.play,
        "polls": world.updates.polls,
        "webhook": world.webhook.url,
        "updates_waiting": len(world.updates),
        "last_confirmed": world.updates.confirmed,
        "last_event": world.feed.last_id,
        "days_off": world.days_off,
        "clock": await read_clock(world, request, body),
    }


async def read_log(world: World, request: Request, body: dict[str, Any]) -> Any:
    after = int(request.query_params.get("after", 0))
    rows = [row for row in world.log if row["id"] > after]
    last = int(request.query_params.get("last", 0))
    return rows[-last:]


async def list_faults(world: World, request: Request, body: dict[str, Any]) -> Any:
    return world.faults.rows()


async def order_fault(world: World, request: Request, body: dict[str, Any]) -> Any:
    return {"id": world.faults.order(body).id}


async def remove_faults(world: World, request: Request, body: dict[str, Any]) -> Any:
    world.faults.remove(request.path_params.get("fault"))
    return world.faults.rows()


async def add_group(world: World, request: Request, body: dict[str, Any]) -> Any:
    kind = str(body.get("type", "supergroup"))
    if kind not in ("group", "supergroup"):
        raise ActRefused(f"unknown type {kind!r}")
    status = _status(body.get("bot", "member"))
    members = [_member(world, id) for id in body.get("members", [])]
    admins = [_member(world, id) for id in body.get("admins", [])]
    if not admins:
        raise ActRefused("a group needs at least one person in 'admins', the first owns it")
    chat = world.add_group(str(body["title"]), kind, "left")
    chat.members |= {person.id: "member" for person in members}
    chat.members |= {person.id: "administrator" for person in admins}
    chat.members[admins[0].id] = "creator"
    for name in body.get("topics", []):
        chat.topics[next(chat.ids)] = Topic(str(name))
    acts.set_bot_status(world, admins[0], chat, status, _rights(body))
    tell_members(world, chat, "members", {"bot": status})
    return chat_view(world, chat, admins[0].id)


async def set_bot(world: World, request: Request, body: dict[str, Any]) -> Any:
    chat = _group(world, request)
    owner = _owner(world, chat)
    acts.set_bot_status(world, owner, chat, _status(body["status"]), _rights(body))
    return member_json(world, chat, world.bot.id)


async def set_member(world: World, request: Request, body: dict[str, Any]) -> Any:
    """Adds a member, makes him administrator, or removes him."""
    chat = _group(world, request)
    person = _member(world, body["person"])
    status = _status(body.get("status", "member"))
    old = member_json(world, chat, person.id)
    was_in = person.id in world.audience(chat)
    chat.members[person.id] = status
    new = member_json(world, chat, person.id)
    change = membership_json(world, chat, _owner(world, chat), old, new)
    if world.bot_status(chat) == "administrator":
        send_update(world, "chat_member", change)
    is_in = status in ("administrator", "member")
    if is_in != was_in:
        user = user_json(world, person.id)
        details = {"new_chat_members": [user]} if is_in else {"left_chat_member": user}
        _announce(world, chat, person, details)
    tell_members(world, chat, "members", {"person": person.id, "status": status})
    return new


async def migrate(world: World, request: Request, body: dict[str, Any]) -> Any:
    """A plain group becomes a supergroup: a new id, and both sides are told."""
    old = _group(world, request)
    if old.kind != "group" or old.migrated_to:
        raise ActRefused("only a plain group can become a supergroup, and only once")
    owner = _owner(world, old)
    new = world.add_group(old.title, "supergroup", world.bot_status(old))
    new.members, new.bot_rights = dict(old.members), old.bot_rights
    _announce(world, old, owner, {"migrate_to_chat_id": new.id})
    _announce(world, new, owner, {"migrate_from_chat_id": old.id})
    old.migrated_to = new.id
    if world.office_group == old.id:
        world.office_group = new.id
    tell_members(world, new, "members", {"bot": world.bot_status(new)})
    return chat_view(world, new, owner.id)


async def set_topic(world: World, request: Request, body: dict[str, Any]) -> Any:
    chat = _group(world, request)
    topic = chat.topics[int(body["topic"])]
    topic.is_closed = bool(body.get("closed", True))
    tell_members(world, chat, "members", {"topic": int(body["topic"])})
    return {"id": int(body["topic"]), "name": topic.name, "closed": topic.is_closed}


async def listen(request: Request) -> Response:
    """Server-sent events; resumes after Last-Event-ID."""
    world: World = request.app.state.world
    last = request.headers.get("last-event-id") or request.query_params.get("last")
    person = request.query_params.get("person")
    stream = world.feed.stream(int(last) if last else None, int(person) if person else None)
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(stream, media_type="text/event-stream", headers=headers)


async def forget_updates(world: World, request: Request, body: dict[str, Any]) -> Any:
    """Drops the waiting updates, as Telegram does after a day."""
    lost = len(world.updates)
    world.updates.forget()
    return {"forgotten": lost}


async def forget_sendings(world: World, request: Request, body: dict[str, Any]) -> Any:
    """Resets the flood limits, as after a minute without messages."""
    world.flood = FloodLimits()
    return {}


def routes() -> list[Route]:
    group = "/api/groups/{chat}"
    table = (
        ("GET", "/clock", read_clock),
        ("POST", "/clock", move_clock),
        ("GET", "/api/state", read_state),
        ("GET", "/api/log", read_log),
        ("GET", "/api/faults", list_faults),
        ("POST", "/api/faults", order_fault),
        ("DELETE", "/api/faults", remove_faults),
        ("DELETE", "/api/faults/{fault:int}", remove_faults),
        ("POST", "/api/updates/forget", forget_updates),
        ("POST", "/api/sendings/forget", forget_sendings),
        ("POST", "/api/groups", add_group),
        ("POST", f"{group}/bot", set_bot),
        ("POST", f"{group}/members", set_member),
        ("POST", f"{group}/migrate", migrate),
        ("POST", f"{group}/topics", set_topic),
    )
    routed = [Route(path, answered(run), methods=[verb]) for verb, path, run in table]
    return [*routed, Route("/api/events", listen, methods=["GET"])]


def _announce(world: World, chat: Chat, actor: Person, details: dict[str, Any]) -> None:
    message = world.post(chat, actor.id, Content("service", details=details))
    tell_people(world, "message", message)
    tell_bot(world, message)


def _group(world: World, request: Request) -> Chat:
    chat = world.chats.get(int(request.path_params["chat"]))
    if chat is None or chat.is_private:
        raise ActRefused(f"no group {request.path_params['chat']}")
    return chat


def _owner(world: World, chat: Chat) -> Person:
    for id, status in chat.members.items():
        if status == "creator":
            return world.people[id]
    return world.people[min(world.audience(chat))]


def _member(world: World, id: Any) -> Person:
    if int(id) not in world.people:
        raise ActRefused(f"no person {id}")
    return world.people[int(id)]


def _status(wanted: Any) -> str:
    if wanted not in _STATUSES:
        raise ActRefused(f"unknown status {wanted!r}, known: {', '.join(_STATUSES)}")
    return str(wanted)


def _rights(body: dict[str, Any]) -> frozenset[str]:
    pin = ("can_pin_messages",) if body.get("can_pin_messages", True) else ()
    return frozenset(right for right in _RIGHTS if body.get(right, True)) | frozenset(pin)
