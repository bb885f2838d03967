"""The next deadline and those that have passed, read from people's messages."""

from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from simulator.people.limits import announce_due
from simulator.world.world import World
from tests.simulator.conftest import DEDI, MARLINA, People

KEYS = InlineKeyboardMarkup([[InlineKeyboardButton("Teruskan", callback_data="ok:1:1")]])
CARD = (
    "Yth. Ibu Marlina,\nTugas Ibu: meneruskan perintah (langkah 2/9)\n"
    "Batas: <b>Selasa, 24 November 2026 pukul {}</b> (60 menit kerja)"
)


async def card(bot: Bot, person: int, clock: str, keys: Any = KEYS) -> int:
    text = CARD.format(f"{clock} WITA")
    sent = await bot.send_message(person, text, parse_mode="HTML", reply_markup=keys)
    return sent.message_id


@pytest.fixture
async def office(people: People, bot: Bot) -> People:
    await people.start(MARLINA)
    await people.start(DEDI)
    await people.post("/clock", set="2026-11-24T08:00:00", rate=0)
    return people


async def test_the_clock_goes_to_the_nearest_limit_and_tells_what_fell_due(
    bot: Bot, office: People
) -> None:
    await card(bot, DEDI, "10.15")
    nearest = await card(bot, MARLINA, "09.30")

    moved = await office.post("/clock", to_limit=True)

    assert moved["now"] == "2026-11-24T09:31:00.000+08:00"
    assert [(due["name"], due["message"], due["title"]) for due in moved["due"]] == [
        ("Marlina Topale", nearest, "Tugas Ibu: meneruskan perintah (langkah 2/9)")
    ]


async def test_what_was_done_has_no_limit_any_more(bot: Bot, office: People) -> None:
    await card(bot, MARLINA, "09.30", keys=None)

    refused = await office.post("/clock", to_limit=True)

    assert refused["status"] == 400
    assert refused["error"] == "Tidak ada tenggat yang menunggu"


async def test_what_falls_due_by_itself_is_told_once(
    bot: Bot, office: People, world: World
) -> None:
    await card(bot, MARLINA, "08.01")
    announce_due(world)
    world.clock.advance(3)

    first, second = announce_due(world), announce_due(world)

    assert [due["at"] for due in first] == ["2026-11-24T08:01:00+08:00"]
    assert second == []


async def test_a_clock_set_back_tells_nothing(bot: Bot, office: People, world: World) -> None:
    await card(bot, MARLINA, "07.45")
    announce_due(world)

    moved = await office.post("/clock", set="2026-11-24T07:30:00")

    assert moved["due"] == []


async def test_what_was_sent_may_be_forgotten_by_the_limits_of_sending(office: People) -> None:
    for number in range(5):
        assert (await office.call("sendMessage", chat_id=MARLINA, text=f"{number}"))["ok"]
    assert not (await office.call("sendMessage", chat_id=MARLINA, text="5"))["ok"]

    await office.post("/api/sendings/forget")

    assert (await office.call("sendMessage", chat_id=MARLINA, text="5"))["ok"]
