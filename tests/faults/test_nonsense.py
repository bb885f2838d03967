"""Updates of every kind the Bot API knows, and of none: kept or let go, counted, never fatal."""

import random
from typing import Any

import httpx
import pytest

from bot.deciding.decider import Decider
from bot.operations.health import Health
from bot.receiving.receiver import Receiver
from bot.receiving.updates import KINDS
from bot.resources import Resources, Watched
from tests.bot.deciding.test_decider import NOW, items
from tests.faults import specification

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


async def swallow(resources: Resources, updates: list[Any]) -> None:
    """As received and decided; then nothing may be left waiting."""
    await Receiver(resources).keep(updates)
    office = Decider(resources.store, resources.setting, resources.me, resources.sheets)
    while await resources.in_thread(office.work_once, NOW):
        pass


async def test_every_kind_of_the_specification_is_taken_whole_bare_and_crippled(
    resources: Resources,
) -> None:
    told = list(specification.contents())
    updates = [{"update_id": n, kind: content} for n, (kind, content) in enumerate(told, start=1)]

    await swallow(resources, updates)

    known = set(KINDS)
    assert len(specification.kinds()) > 20
    assert left(resources) == []
    assert resources.metrics.received["unknown"] == sum(kind not in known for kind, _ in told)
    assert sum(resources.metrics.received.values()) == len(told)


@pytest.mark.parametrize("kind", ["message", "edited_message"])
@pytest.mark.parametrize("chat", ["private", "group", "supergroup", "channel"])
async def test_every_sort_of_message_is_taken(resources: Resources, kind: str, chat: str) -> None:
    where = {**CHAT, "type": chat}
    updates = [
        {"update_id": n, kind: {"from": USER, **content, "chat": where}}
        for n, content in enumerate(specification.messages(), start=1)
    ]

    await swallow(resources, updates)

    assert len(updates) > 90
    assert left(resources) == []
    assert resources.metrics.received[kind] == len(updates)


async def test_a_kind_we_do_not_know_is_counted_for_whoever_watches(resources: Resources) -> None:
    await swallow(resources, [{"update_id": 9, "kind_of_tomorrow": {"id": 1}}])

    app = Health(resources.metrics, Watched(resources)).app()
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app), base_url="http://h"
    ) as http:
        told = (await http.get("/metrics")).text
    assert 'sigap_updates_total{kind="unknown"} 1.0' in told


def left(resources: Resources) -> list[Any]:
    """What was put aside or has failed; what only waits for its file or facts is well."""
    with resources.store.reading() as queries:
        waiting = (*queries.inbox.pending("ready", 1000), *queries.inbox.pending("new", 1000))
        return [*queries.backlog.parked(), *(item.raw for item in waiting if item.attempts)]


@pytest.mark.parametrize("seed", range(6))
async def test_odd_and_missing_fields_park_nothing_and_stop_nobody(
    resources: Resources, seed: int
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
    await swallow(resources, [*updates, {"update_id": 1000, "message": after}])

    with resources.store.reading() as queries:
        done = queries.inbox.pending("done", 1000)
    assert 1000 in {item.update_id for item in done}
    assert len(done) > 50
    assert left(resources) == []


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
async def test_what_is_no_update_is_let_go_and_the_next_is_kept(
    resources: Resources, update: Any
) -> None:
    await swallow(resources, [update, {"update_id": 9, "message": message(text="halo")}])

    assert [item.update_id for item in items(resources, "done")] == [9]


async def test_half_a_pair_of_surrogates_parks_nothing(resources: Resources) -> None:
    press = {"id": "x\udfff", "from": USER, "data": "b1:\ud83d", "message": message(text="\ud83d")}
    told = message(text="/daftar \udfff 😀")

    await swallow(
        resources, [{"update_id": 8, "callback_query": press}, {"update_id": 9, "message": told}]
    )

    assert [item.update_id for item in items(resources, "done")] == [8, 9]
    assert items(resources, "done")[1].raw["message"]["text"] == "/daftar \ufffd 😀"


@pytest.mark.parametrize("field", ["message_id", "message_thread_id"])
async def test_a_number_that_no_column_holds_parks_nothing(
    resources: Resources, field: str
) -> None:
    told = {**message(text="halo", is_topic_message=True), field: 2**70}
    press = {"id": "x", "from": {**USER, "id": 2**70}, "data": "ok:1-1:1", "message": told}

    await swallow(
        resources, [{"update_id": 8, "message": told}, {"update_id": 9, "callback_query": press}]
    )

    assert [item.update_id for item in items(resources, "done")] == [8, 9]


async def test_an_update_of_a_megabyte_is_kept(resources: Resources) -> None:
    await swallow(resources, [{"update_id": 9, "message": message(text="x" * 1_000_000)}])

    assert [item.update_id for item in items(resources, "done")] == [9]
