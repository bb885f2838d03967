"""Onboarding of the simulated office: everyone presses START, the admin binds the group."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

from simulator.people import acts
from simulator.world.world import Chat, Message, Person, World

_ANSWER_SECONDS = 120.0
_LOOK_SECONDS = 5.0
_CONFIRMING = "Benar"


class NoAnswer(Exception):
    """The bot did not answer a person in time."""


async def onboard(world: World) -> None:
    """Plays the onboarding of everyone; its state is in world.onboarding."""
    if world.onboarding == "done":
        return  # a kept office: everyone is registered
    world.onboarding = "waiting for the bot"
    while not world.updates.polls and not world.webhook.url:
        await world.updates.woken(_LOOK_SECONDS)
    world.onboarding = "running"
    try:
        await _arrive(world)
    except NoAnswer as fault:
        world.onboarding = f"failed: {fault}"
    else:
        world.onboarding = "done"
    world.feed.publish("onboarding", {"state": world.onboarding})


async def _arrive(world: World) -> None:
    admins = [person for person in world.people.values() if person.is_admin]
    others = [person for person in world.people.values() if not person.is_admin]
    for admin in admins:
        await _register(world, admin)
    await asyncio.gather(*(_register(world, person) for person in others))
    if admins and world.office_group is not None:
        await _bind_group(world, admins[0], world.chats[world.office_group])


async def _register(world: World, person: Person) -> None:
    chat = world.chats[person.id]
    sent = acts.start(world, person, person.code or "").id
    answer: Message = await _until(world, lambda: _answer(world, chat, sent), person.name)
    button = next((b for row in answer.keyboard for b in row if _CONFIRMING in b.text), None)
    if button is None:
        return
    acts.press_button(world, person, chat, answer.id, button.value)

    def is_settled() -> bool:
        """The message has changed or another one has followed."""
        is_same = chat.messages.get(answer.id) == answer
        return not is_same or _answer(world, chat, answer.id) is not None

    await _until(world, is_settled, person.name)
    acts.mark_read(world, person, chat, max(chat.messages))


async def _bind_group(world: World, admin: Person, group: Chat) -> None:
    sent = acts.say(world, admin, group, "/grup").id
    private = world.chats[admin.id]
    before = max(private.messages, default=0)

    def has_answered() -> bool:
        reacted = any(id == world.bot.id for id, _ in group.messages[sent].reactions)
        return reacted or bool(_answer(world, group, sent)) or max(private.messages) != before

    await _until(world, has_answered, f"{admin.name} (/grup)")


def _answer(world: World, chat: Chat, sent: int) -> Message | None:
    """The bot's first message below that one."""
    below = (chat.messages[id] for id in sorted(chat.messages) if id > sent)
    return next((message for message in below if message.sender == world.bot.id), None)


async def _until(world: World, has_come: Callable[[], Any], name: str) -> Any:
    """Waits until it is there; raises NoAnswer after _ANSWER_SECONDS."""
    deadline = time.monotonic() + _ANSWER_SECONDS
    at = world.feed.last_id
    while not (found := has_come()):
        left = deadline - time.monotonic()
        if left <= 0 or not await world.feed.changed(at, left):
            raise NoAnswer(f"no answer to {name}")
        at = world.feed.last_id
    return found
