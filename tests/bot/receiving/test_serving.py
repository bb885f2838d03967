"""Who is served first: officials, and beside them one stranger at a time."""

import asyncio
from datetime import timedelta
from itertools import count

from bot.receiving.serving import Client, Serving
from bot.resources import Resources
from tests.bot.rooms import NOW, bound

PERSON, STRANGER = 70, 900
NUMBERS = count(1)


def arrive(resources: Resources, chat_id: int, age: int = 0, needs: str = "file") -> None:
    number = next(NUMBERS)
    message = {"from": {"id": chat_id}, "chat": {"id": chat_id, "type": "private"}}
    with resources.store.transaction() as tx:
        tx.inbox.receive(
            1,
            number,
            {"update_id": number, "message": message},
            received_at=NOW - timedelta(minutes=age),
            chat_id=chat_id,
            needs=needs,
        )


async def served(resources: Resources, rounds: int = 2) -> list[tuple[int | None, bool]]:
    """The chats whose items are taken up, and whether as a stranger's, while none ends."""
    started: list[tuple[int | None, bool]] = []
    is_over = asyncio.Event()

    async def work(client: Client) -> None:
        started.append((client.item.chat_id, client.is_stranger))
        await is_over.wait()

    serving = Serving(resources, "new", 4, resources.signals.fetch)
    for _ in range(rounds):
        await serving.serve(work)
        await asyncio.sleep(0)
    is_over.set()
    return started


async def test_an_official_comes_before_all_strangers(resources: Resources) -> None:
    bound(resources, PERSON)
    for n in range(150):
        arrive(resources, STRANGER + n)
    for _ in range(2):
        arrive(resources, PERSON)

    found = await served(resources)

    assert found == [(PERSON, False), (PERSON, False), (STRANGER, True)]


async def test_strangers_alone_are_served_one_by_one(resources: Resources) -> None:
    for n in range(3):
        arrive(resources, STRANGER + n)

    assert await served(resources) == [(STRANGER, True)]


async def test_a_strangers_file_waits_for_what_he_said_before(resources: Resources) -> None:
    arrive(resources, STRANGER, needs="")
    arrive(resources, STRANGER)

    assert await served(resources) == []
