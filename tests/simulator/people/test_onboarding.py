import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update

from simulator.people import onboarding
from simulator.people.onboarding import onboard
from simulator.world.world import World
from tests.simulator.conftest import DEDI, GROUP, MARLINA, RIZAL, People

KEYS = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton("✅ Benar, daftarkan", callback_data="ya")],
        [InlineKeyboardButton("Bukan saya", callback_data="bukan")],
    ]
)


async def registrar(bot: Bot, update: Update) -> None:
    """A bot as an office needs it: invitation, confirmation, group."""
    query, message = update.callback_query, update.message
    if query and query.message:
        await bot.edit_message_text(
            f"Terdaftar: {query.data}", query.from_user.id, query.message.message_id
        )
    elif message and message.text == "/grup":
        await bot.set_message_reaction(message.chat.id, message.message_id, "👍")
    elif message and message.text and " " in message.text:
        await bot.send_message(message.chat.id, "Benar data ini?", reply_markup=KEYS)
    elif message:
        await bot.send_message(message.chat.id, "Selamat pagi.")


@asynccontextmanager
async def serving(
    bot: Bot, serve: Callable[[Bot, Update], Awaitable[None]]
) -> AsyncIterator[None]:
    async def loop() -> None:
        offset = 0
        while True:
            for update in await bot.get_updates(offset=offset, timeout=5):
                await serve(bot, update)
                offset = update.update_id + 1

    task = asyncio.create_task(loop())
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_everyone_is_registered_and_the_admin_binds_the_group(
    bot: Bot, people: People, world: World
) -> None:
    arriving = asyncio.create_task(onboard(world))
    await asyncio.sleep(0)
    waiting = world.onboarding
    async with serving(bot, registrar):
        async with asyncio.timeout(10):
            await arriving

    assert (waiting, world.onboarding) == ("waiting for the bot", "done")
    for person, code in ((MARLINA, "MARLINA"), (RIZAL, "RIZAL"), (DEDI, "DEDI")):
        texts = [message["text"] for message in await people.messages(person)]
        assert texts == [f"/start KODE-{code}", "Terdaftar: ya"]
    (bound,) = await people.messages(RIZAL, GROUP)
    assert (bound["text"], bound["reactions"][0]["emoji"]) == ("/grup", "👍")


async def test_without_codes_everyone_only_presses_start(
    bot: Bot, people: People, world: World
) -> None:
    for person in world.people.values():
        person.code = None
    async with serving(bot, registrar):
        async with asyncio.timeout(10):
            await onboard(world)

    assert world.onboarding == "done"
    texts = [message["text"] for message in await people.messages(DEDI)]
    assert texts == ["/start", "Selamat pagi."]


async def test_a_silent_bot_is_named_as_the_reason(
    bot: Bot, people: People, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(onboarding, "_ANSWER_SECONDS", 0.2)

    async def ignore(bot: Bot, update: Update) -> None:
        return None

    async with serving(bot, ignore):
        async with asyncio.timeout(10):
            await onboard(world)

    assert world.onboarding == "failed: no answer to Rizal Mondong"
