import time
from datetime import timedelta
from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaDocument
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter

from simulator.world.flood import FloodLimits
from simulator.world.world import World
from tests.simulator.conftest import DEDI, GROUP, MARLINA, People


@pytest.fixture(autouse=True)
async def _started(people: People, bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    await people.start(MARLINA)
    await people.start(DEDI)
    updates = await bot.get_updates()
    await bot.get_updates(offset=updates[-1].update_id + 1)


async def order(people: People, **fault: Any) -> int:
    return (await people.post("/api/faults", **fault))["id"]


async def test_a_429_names_the_seconds_and_ends_after_its_count(bot: Bot, people: People) -> None:
    await order(people, kind="status", method="sendMessage", count=2, retry_after=7)

    for _ in range(2):
        with pytest.raises(RetryAfter) as held:
            await bot.send_message(MARLINA, "x")
        assert held.value.retry_after == timedelta(seconds=7)
    await bot.send_message(MARLINA, "lewat")

    assert [message["text"] for message in await people.messages(MARLINA)] == ["/start", "lewat"]
    assert await people.get("/api/faults") == []


@pytest.mark.parametrize(("kind", "status"), [("status", 500), ("status", 502), ("page", 511)])
async def test_a_gateway_fault_is_a_page_and_no_json(
    bot: Bot, people: People, kind: str, status: int
) -> None:
    await order(people, kind=kind, status=status, count=1)

    with pytest.raises(NetworkError, match="Parsing the server response"):
        await bot.send_message(MARLINA, "x")

    assert len(await people.messages(MARLINA)) == 1


async def test_a_refusal_is_telegrams_own_word(bot: Bot, people: People) -> None:
    """Of the API itself, so JSON; a page in its place is a fault of its own, with any status."""
    await order(people, kind="status", status=400, count=1)
    with pytest.raises(BadRequest) as refused:
        await bot.send_message(MARLINA, "x")
    assert refused.value.__cause__ is None

    await order(people, kind="page", status=400, count=1)
    with pytest.raises(BadRequest, match="Parsing the server response"):
        await bot.send_message(MARLINA, "x")


async def test_a_fault_meets_only_its_chat_and_method(bot: Bot, people: People) -> None:
    await order(people, kind="blocked", method="sendMessage", chat=MARLINA)

    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(MARLINA, "x")
    await bot.send_message(DEDI, "x")
    await bot.send_document(MARLINA, b"x")

    (row,) = await people.get("/api/faults")
    assert row["hits"] == 1


async def test_a_delayed_call_takes_its_time(bot: Bot, people: People) -> None:
    await order(people, kind="delay", seconds=0.3, count=1)
    began = time.monotonic()

    await bot.send_message(MARLINA, "x")

    assert time.monotonic() - began >= 0.3


async def test_faults_are_removed_one_by_one_or_all(people: People) -> None:
    first = await order(people, kind="down")
    await order(people, kind="delay")
    await order(people, kind="blocked")

    one_less = (await people.http.delete(f"/api/faults/{first}")).json()
    none = (await people.http.delete("/api/faults")).json()

    assert [row["kind"] for row in one_less] == ["delay", "blocked"]
    assert none == []


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"kind": "earthquake"}, "unknown kind 'earthquake'"),
        ({"kind": "down", "colour": 1}, "unknown field 'colour'"),
        ({}, "unknown kind None"),
    ],
)
async def test_a_wrong_fault_is_refused(people: People, fault: dict[str, Any], words: str) -> None:
    answer = await people.post("/api/faults", **fault)

    assert answer["status"] == 400
    assert answer["error"].startswith(words)


async def test_a_duplicated_update_comes_twice_under_its_number(bot: Bot, people: People) -> None:
    await order(people, kind="duplicate", count=1)

    await people.say(MARLINA, "sekali")
    await people.say(MARLINA, "biasa")

    updates = await bot.get_updates()
    assert [u.message.text for u in updates if u.message] == ["sekali", "sekali", "biasa"]
    assert updates[0].update_id == updates[1].update_id


async def test_a_reordered_update_overtakes_the_one_before(bot: Bot, people: People) -> None:
    await people.say(MARLINA, "satu")
    await order(people, kind="reorder", count=1)

    await people.say(MARLINA, "dua")

    assert [u.message.text for u in await bot.get_updates() if u.message] == ["dua", "satu"]


async def test_a_repeated_press_has_a_new_update_number_and_the_same_query(
    bot: Bot, people: People
) -> None:
    key = InlineKeyboardButton("Ya", callback_data="x")
    sent = await bot.send_message(MARLINA, "x", reply_markup=InlineKeyboardMarkup([[key]]))
    await order(people, kind="repeat_press", count=1)

    await people.act(MARLINA, "press", message=sent.message_id, label="Ya", wait=0)

    one, two = await bot.get_updates()
    assert one.callback_query is not None
    assert two.callback_query is not None
    assert one.callback_query.id == two.callback_query.id
    assert one.update_id != two.update_id


async def test_an_unparsable_update_stands_before_the_next_good_one(people: People) -> None:
    await order(people, kind="unparsable", count=1)

    await people.say(MARLINA, "baik")

    bad, good = (await people.call("getUpdates"))["result"]
    assert "from" not in bad["message"]
    assert good["message"]["text"] == "baik"


async def test_the_sixth_message_in_a_row_to_a_chat_is_refused_until_a_second_is_over(
    bot: Bot, people: People
) -> None:
    for number in range(5):
        await bot.send_message(MARLINA, f"pesan {number}")

    with pytest.raises(RetryAfter) as held:
        await bot.send_message(MARLINA, "terlalu cepat")
    assert held.value.retry_after == timedelta(seconds=1)
    await bot.send_chat_action(MARLINA, "typing")
    first = (await people.messages(MARLINA))[1]["id"]
    await bot.edit_message_text("sunting", MARLINA, first)

    assert (await bot.send_message(DEDI, "orang lain")).text == "orang lain"


async def test_without_limits_as_many_messages_come_as_are_sent(bot: Bot, people: People) -> None:
    await order(people, kind="unlimited")

    for number in range(40):
        await bot.send_message(MARLINA, f"pesan {number}")

    assert len(await people.messages(MARLINA)) == 41


async def test_an_edit_in_a_group_counts_as_a_message_and_an_album_as_many(
    bot: Bot, world: World
) -> None:
    spent = FloodLimits(lambda: 0.0)
    world.flood = spent
    sent = await bot.send_message(GROUP, "papan")
    await bot.edit_message_text("papan 2", GROUP, sent.message_id)
    album = [
        InputMediaDocument(b"a", filename="a.pdf"),
        InputMediaDocument(b"b", filename="b.pdf"),
    ]
    await bot.send_media_group(GROUP, album)

    with pytest.raises(RetryAfter):
        await bot.send_media_group(GROUP, album)
    assert (await bot.send_message(GROUP, "satu lagi")).text == "satu lagi"


def test_a_group_takes_twenty_messages_a_minute_and_the_bot_thirty_a_second() -> None:
    now = [0.0]
    gate = FloodLimits(lambda: now[0])

    for _ in range(20):
        assert gate.wait_needed(GROUP) == 0
        now[0] += 1.0
    full = gate.wait_needed(GROUP)
    others = [gate.wait_needed(1000 + n) for n in range(31)]
    now[0] = 60.0
    later = gate.wait_needed(GROUP)

    assert full == 40
    assert others == [0] * 30 + [1]
    assert later == 0
