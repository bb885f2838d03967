"""Decider: one transaction per item, whole or not at all, with a bounded number of tries."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.deciding.decider import Decider
from bot.resources import Resources
from storage.queues.inbox import Item
from tests.bot.rooms import bound

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def office(resources: Resources) -> Decider:
    return Decider(resources.store, resources.setting, resources.me, resources.sheets)


def arrive(resources: Resources, update_id: int, *, chat: int = 7, **message: Any) -> None:
    content = {
        "message_id": update_id,
        "date": int(NOW.timestamp()),
        "chat": {"id": chat, "type": "private"},
        "from": {"id": chat, "is_bot": False},
        **message,
    }
    with resources.store.transaction() as tx:
        tx.inbox.receive(
            resources.me.id,
            update_id,
            {"update_id": update_id, "message": content},
            received_at=NOW,
            chat_id=chat,
            needs="",
        )


def items(resources: Resources, state: str) -> tuple[Item, ...]:
    with resources.store.transaction() as tx:
        return tx.inbox.pending(state, 100)


def bodies(resources: Resources) -> list[tuple[str, str]]:
    """Recipient and key of everything that waits to be said."""
    with resources.store.transaction() as tx:
        items = tx.outbox.claim(100, frozenset(), NOW + timedelta(days=1))
        return [(item.to, item.body["key"]) for item in items]


def work_off(resources: Resources, office: Decider, now: datetime = NOW) -> None:
    while office.work_once(now):
        pass


def break_sheet(resources: Resources, item_id: int) -> None:
    """The item names a sheet that is not there: whoever decides it meets a fault."""
    with resources.store.transaction() as tx:
        tx.inbox.promote(item_id, "ready", {"sheet": "0" * 64})


async def test_a_stranger_is_answered_and_the_item_is_done(resources: Resources) -> None:
    arrive(resources, 1, text="halo")

    work_off(resources, office(resources))

    assert items(resources, "ready") == ()
    assert [to for to, _ in bodies(resources)] == ["c7"]


async def test_an_update_we_do_not_know_is_done_and_says_nothing(resources: Resources) -> None:
    arrive(resources, 1, pinned_message={"message_id": 2})

    work_off(resources, office(resources))

    assert items(resources, "ready") == ()
    assert bodies(resources) == []


async def test_a_fault_rolls_everything_back_and_waits(resources: Resources) -> None:
    arrive(resources, 1, document={"file_id": "F", "file_name": "isi.xlsx"})
    break_sheet(resources, 1)

    work_off(resources, office(resources))

    [item] = items(resources, "ready")
    assert item.attempts == 1
    assert bodies(resources) == []


async def test_the_fifth_fault_puts_it_aside_and_tells_person_and_admin(
    resources: Resources,
) -> None:
    admin = bound(resources, 70)
    arrive(resources, 1, document={"file_id": "F", "file_name": "isi.xlsx"})
    break_sheet(resources, 1)
    at_work = office(resources)

    for hours in range(5):
        work_off(resources, at_work, NOW + timedelta(hours=hours))

    assert [item.attempts for item in items(resources, "parked")] == [5]
    assert sorted(bodies(resources)) == [("c7", "gangguan"), (admin, "gangguan_admin")]


async def test_a_chat_waits_only_behind_its_own_items(resources: Resources) -> None:
    arrive(resources, 1, document={"file_id": "F", "file_name": "isi.xlsx"})
    break_sheet(resources, 1)
    arrive(resources, 2, text="sesudahnya")
    arrive(resources, 3, chat=8, text="chat lain")

    work_off(resources, office(resources))

    assert [item.update_id for item in items(resources, "ready")] == [1, 2]
    assert [to for to, _ in bodies(resources)] == ["c8"]


async def test_after_it_was_put_aside_the_chat_goes_on(resources: Resources) -> None:
    arrive(resources, 1, document={"file_id": "F", "file_name": "isi.xlsx"})
    break_sheet(resources, 1)
    arrive(resources, 2, text="sesudahnya")
    at_work = office(resources)

    for hours in range(6):
        work_off(resources, at_work, NOW + timedelta(hours=hours))

    assert items(resources, "ready") == ()


async def test_the_same_update_is_decided_once(resources: Resources) -> None:
    arrive(resources, 1, text="halo")
    arrive(resources, 1, text="halo")

    work_off(resources, office(resources))

    assert len(bodies(resources)) == 1


async def test_a_file_may_be_asked_for_again_by_its_recipient_only(
    resources: Resources, tmp_path: Path
) -> None:
    from flows.model.changes import Decision
    from flows.model.messages import Attachment, Message

    to = bound(resources, 70)
    paper = Attachment("berkas", "rekap.pdf", sha256=resources.store.files.keep(b"isi"))
    with resources.store.transaction() as tx:
        tx.apply(Decision(out=(Message("rekap", to, attachments=(paper,)),)), "k", NOW)
        [item] = tx.outbox.claim(1, frozenset(), NOW)
        tx.outbox.delivered(item, NOW, message_id=5)

    press(resources, 1, user=71, data=f"ulang:o{item.id}:0")
    work_off(resources, office(resources))
    stranger = [key for to, key in bodies(resources) if to.startswith("p")]
    press(resources, 2, user=70, data=f"ulang:o{item.id}:0")
    work_off(resources, office(resources))

    assert stranger == []
    with resources.store.transaction() as tx:
        waiting = {item.kind: item for item in tx.outbox.claim(50, frozenset(), NOW)}
    assert (waiting["message"].to, waiting["message"].body["key"]) == (to, "rekap")
    assert (waiting["removal"].to, waiting["removal"].body["message_id"]) == ("c70", 5)


def press(resources: Resources, update_id: int, *, user: int, data: str) -> None:
    query = {
        "id": f"q{update_id}",
        "from": {"id": user, "is_bot": False},
        "data": data,
        "message": {"message_id": 5, "chat": {"id": user, "type": "private"}, "date": 1},
    }
    raw = {"update_id": update_id, "callback_query": query}
    with resources.store.transaction() as tx:
        tx.inbox.receive(resources.me.id, update_id, raw, received_at=NOW, chat_id=user, needs="")
