"""Updates of every kind the Bot API knows, and of none: kept or let go, counted, never fatal."""

import random
from typing import Any

import pytest
import telegram
from telegram import Update

from bot.house import House
from bot.office import Office
from bot.receiver import Receiver
from tests.bot.test_office import NOW, items

KINDS = sorted(set(Update.__slots__) - {"update_id", "_effective_chat"})
KINDS = [kind for kind in KINDS if not kind.startswith("_")]
CHAT = {"id": 5, "type": "private", "first_name": "X"}
USER = {"id": 5, "is_bot": False, "first_name": "X"}
ODD: tuple[Any, ...] = (None, 0, -1, 2**70, 1.5, "", "x" * 5000, [], [None], {}, {"id": {}}, True)
PARTS = (
    *("text", "document", "photo", "voice", "sticker", "contact", "location", "caption", "date"),
    *("reply_to_message", "chat", "from", "sender_chat", "media_group_id", "message_id", "poll"),
    *("migrate_to_chat_id", "message_thread_id", "is_topic_message", "new_chat_member", "data"),
    *("animation", "via_bot", "entities", "pinned_message", "unbekannt"),
)


def message(**further: Any) -> dict[str, Any]:
    return {"message_id": 1, "date": 1, "chat": CHAT, "from": USER, **further}


async def swallow(house: House, updates: list[Any]) -> None:
    """As received and decided; then nothing may be left waiting."""
    await Receiver(house).keep(updates)
    office = Office(house.store, house.setting, house.me, house.sheets)
    while await house.in_thread(office.work_once, NOW):
        pass


async def test_every_kind_the_library_knows_is_taken(house: House) -> None:
    updates = [
        {"update_id": number, kind: message(text="halo", data="x", message=message())}
        for number, kind in enumerate(KINDS, start=1)
    ]

    await swallow(house, updates)

    assert len(KINDS) > 20
    assert len(items(house, "done")) == len(KINDS)
    assert house.tally.received["unknown"] == len(KINDS) - 4
    assert sum(house.tally.received.values()) == len(KINDS)


@pytest.mark.parametrize("seed", range(6))
async def test_odd_and_missing_fields_park_nothing_and_stop_nobody(
    house: House, seed: int
) -> None:
    chance = random.Random(seed)
    kinds = ("message", "edited_message", "callback_query", "my_chat_member")
    updates: list[Any] = []
    for number in range(1, 300):
        body = message(text="halo")
        for part in chance.sample(PARTS, 4):
            body[part] = chance.choice(ODD)
        for part in chance.sample(sorted(body), 2):
            body.pop(part, None)
        content = {**body, "message": body} if chance.random() < 0.5 else body
        updates.append({"update_id": number, chance.choice(kinds): content})

    after = message(text="sesudahnya", chat={**CHAT, "id": 6})
    await swallow(house, [*updates, {"update_id": 1000, "message": after}])

    with house.store.reading() as queries:
        done = queries.pending("done", 1000)
        waiting = (*queries.pending("ready", 1000), *queries.pending("new", 1000))
        assert queries.parked() == ()
    assert 1000 in {item.update_id for item in done}
    assert len(done) > 50
    assert [(item.update_id, item.raw) for item in waiting if item.attempts] == []


@pytest.mark.parametrize(
    "update",
    [
        None,
        5,
        "x",
        [],
        {},
        {"update_id": 0},
        {"update_id": "7"},
        {"update_id": 2**65},
        {"message": {}},
    ],
)
async def test_what_is_no_update_is_let_go_and_the_next_is_kept(house: House, update: Any) -> None:
    await swallow(house, [update, {"update_id": 9, "message": message(text="halo")}])

    assert [item.update_id for item in items(house, "done")] == [9]


async def test_an_update_of_a_megabyte_is_kept(house: House) -> None:
    await swallow(house, [{"update_id": 9, "message": message(text="x" * 1_000_000)}])

    assert [item.update_id for item in items(house, "done")] == [9]


async def test_the_library_has_the_version_the_kinds_come_from() -> None:
    assert telegram.__version_info__.major >= 22
