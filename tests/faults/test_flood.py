"""Ten thousand updates at once: all are kept and decided, and whoever else writes is served."""

from collections import Counter
from typing import Any

from bot.deciding.decider import FIRST_SERVED, Decider
from bot.receiving.receiver import Receiver
from bot.resources import Resources
from tests.bot.deciding.test_decider import NOW, bodies
from tests.rows import depths

AT_ONCE = 10_000
A_POLL = 100
FURTHER = 200
FLOODING, BYSTANDER = (501, 502, 503), 77


def update(number: int, chat: int, **content: Any) -> dict[str, Any]:
    who = {"id": chat, "is_bot": False, "first_name": "X"}
    where = {"id": chat, "type": "private", "first_name": "X"}
    message = {"message_id": number, "date": 1, "chat": where, "from": who, **content}
    return {"update_id": number, "message": message}


def flood(number: int) -> dict[str, Any]:
    """Mostly what says nothing, so that the test is about the number and not about answers."""
    chat = FLOODING[number % len(FLOODING)]
    if number % 20:
        return update(number, chat, pinned_message={"message_id": 1})
    return update(number, chat, text=f"halo {number}")


def counted(resources: Resources) -> Counter[str]:
    with resources.store.reading() as queries:
        return Counter(depths(queries)["inbox"])


async def test_of_ten_thousand_at_once_none_is_lost_and_others_are_served(
    resources: Resources,
) -> None:
    receiver = Receiver(resources)
    for first in range(1, AT_ONCE, A_POLL):
        await receiver.keep([flood(number) for number in range(first, first + A_POLL)])
    await receiver.keep([update(AT_ONCE + 1, BYSTANDER, text="/bantuan")])
    office = Decider(resources.store, resources.setting, resources.me, resources.sheets)

    decided = FIRST_SERVED * len(FLOODING) + 1
    for _ in range(decided):
        office.work_once(NOW)
    served = {to for to, _ in bodies(resources)}
    for _ in range(FURTHER):
        office.work_once(NOW)

    assert f"c{BYSTANDER}" in served
    done = decided + FURTHER
    assert counted(resources) == {"done": done, "ready": AT_ONCE + 1 - done}
    assert resources.metrics.received["message"] == AT_ONCE + 1
