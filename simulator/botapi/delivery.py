"""Delivery of what happens to the people's pages and to the bot, by webhook one after another."""

import asyncio
from typing import Any

import httpx

from simulator.botapi.wire import message_json, user_json
from simulator.world.entities import piece
from simulator.world.views import message_view
from simulator.world.world import Chat, Message, Press, World

_TRY_SECONDS = 10.0
_PAUSE_SECONDS = 1.0
_IDLE_SECONDS = 5.0
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


def tell_people(world: World, kind: str, message: Message) -> None:
    chat = world.chats[message.chat]
    world.feed.publish(kind, message_view(world, message), world.audience(chat))


def tell_bot(world: World, message: Message, kind: str = "message") -> None:
    """Queues the message as an update, unless the bot's privacy mode in the group hides it."""
    chat = world.chats[message.chat]
    if not _reaches_bot(world, chat, message):
        return
    if message.sender in world.people:
        world.people[message.sender].is_known = True
    send_update(world, kind, message_json(world, message))


def send_update(world: World, kind: str, payload: dict[str, Any]) -> None:
    if world.faults.on_update("unparsable"):
        world.updates.add(kind, {"simulated": "an update that nobody can parse"})
    before = len(world.updates)
    world.updates.add(kind, payload)
    if len(world.updates) == before:
        return
    if world.faults.on_update("duplicate"):
        world.updates.repeat_last()
    elif world.faults.on_update("reorder"):
        world.updates.swap_last()


def send_press(world: World, press: Press, message: Message, data: str) -> None:
    payload = {
        "id": press.id,
        "from": user_json(world, press.person),
        "message": message_json(world, message),
        "chat_instance": str(message.chat),
        "data": data,
    }
    world.people[press.person].is_known = True
    send_update(world, "callback_query", payload)
    if world.faults.on_update("repeat_press"):
        send_update(world, "callback_query", payload)


def tell_members(world: World, chat: Chat, kind: str, data: dict[str, Any]) -> None:
    world.feed.publish(kind, {"chat": chat.id} | data, world.audience(chat))


def _reaches_bot(world: World, chat: Chat, message: Message) -> bool:
    if chat.is_private:
        return not world.people[chat.id].has_blocked
    status = world.bot_status(chat)
    if status in ("left", "kicked"):
        return False
    return status == "administrator" or _concerns_bot(world, chat, message)


def _concerns_bot(world: World, chat: Chat, message: Message) -> bool:
    content = message.content
    if content.kind == "service":
        return True
    replied = chat.messages.get(message.reply_to or 0)
    if replied is not None and replied.sender == world.bot.id:
        return True
    name = world.bot.username.lower()
    for entity in content.entities:
        words = piece(content.text, entity).lower()
        if entity.type == "mention" and words == f"@{name}":
            return True
        if entity.type == "bot_command" and words.partition("@")[2] in ("", name):
            return True
    return False


async def deliver_updates(world: World) -> None:
    async with httpx.AsyncClient(timeout=_TRY_SECONDS) as client:
        while True:
            update = world.updates.first()
            if not world.webhook.url or update is None:
                await world.updates.woken(_IDLE_SECONDS)
            elif await _accepted(world, client, update):
                world.updates.confirm(update["update_id"] + 1)
            else:
                await asyncio.sleep(_PAUSE_SECONDS)


async def _accepted(world: World, client: httpx.AsyncClient, update: dict[str, object]) -> bool:
    hook = world.webhook
    headers = {_SECRET_HEADER: hook.secret} if hook.secret else {}
    try:
        answer = await client.post(hook.url, json=update, headers=headers)
    except httpx.HTTPError as fault:
        hook.last_error = f"Connection failed: {fault}"
    else:
        if answer.is_success:
            return True
        hook.last_error = f"Wrong response from the webhook: {answer.status_code}"
    hook.last_error_at = world.clock.now()
    return False
