"""Onboarding of the simulated office: everyone presses START, the admin binds the group."""

import asyncio
import time

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
        await world.updates.changed(_LOOK_SECONDS)
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
    sent = acts.start(world, person, person.code or "")
    answer = await _answer(world, chat, sent.id, person.name)
    button = next((b for row in answer.keyboard for b in row if _CONFIRMING in b.text), None)
    if button is None:
        return
    acts.press_button(world, person, chat, answer.id, button.value)
    await _until_settled(world, chat, answer, person.name)
    acts.mark_read(world, person, chat, max(chat.messages))


async def _bind_group(world: World, admin: Person, group: Chat) -> None:
    sent = acts.say(world, admin, group, "/grup")
    private = world.chats[admin.id]
    before = max(private.messages, default=0)
    deadline = time.monotonic() + _ANSWER_SECONDS
    at = world.feed.last_id
    while not _has_answered(world, group, sent.id) and max(private.messages) == before:
        at = await _next_change(world, at, deadline, f"{admin.name} (/grup)")


def _has_answered(world: World, chat: Chat, sent: int) -> bool:
    reacted = any(id == world.bot.id for id, _ in chat.messages[sent].reactions)
    return reacted or _answer_after(world, chat, sent) is not None


async def _answer(world: World, chat: Chat, sent: int, name: str) -> Message:
    deadline = time.monotonic() + _ANSWER_SECONDS
    at = world.feed.last_id
    while (answer := _answer_after(world, chat, sent)) is None:
        at = await _next_change(world, at, deadline, name)
    return answer


async def _until_settled(world: World, chat: Chat, answer: Message, name: str) -> None:
    """Waits until the message has changed or another one has followed."""
    deadline = time.monotonic() + _ANSWER_SECONDS
    at = world.feed.last_id
    while chat.messages.get(answer.id) == answer and _answer_after(world, chat, answer.id) is None:
        at = await _next_change(world, at, deadline, name)


def _answer_after(world: World, chat: Chat, id: int) -> Message | None:
    for other in sorted(chat.messages):
        if other > id and chat.messages[other].sender == world.bot.id:
            return chat.messages[other]
    return None


async def _next_change(world: World, at: int, deadline: float, name: str) -> int:
    left = deadline - time.monotonic()
    if left <= 0 or not await world.feed.changed(at, left):
        raise NoAnswer(f"no answer to {name}")
    return world.feed.last_id
