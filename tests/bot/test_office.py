"""One item, one transaction: decided whole, or not at all, and never for ever."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.deciding.office import Office
from bot.resources import House
from storage.queues.inbox import Item
from tests.bot.rooms import bound

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def office(house: House) -> Office:
    return Office(house.store, house.setting, house.me, house.sheets)


def arrive(house: House, update_id: int, *, chat: int = 7, **message: Any) -> None:
    content = {
        "message_id": update_id,
        "date": int(NOW.timestamp()),
        "chat": {"id": chat, "type": "private"},
        "from": {"id": chat, "is_bot": False},
        **message,
    }
    with house.store.transaction() as tx:
        tx.receive(
            house.me.id,
            update_id,
            {"update_id": update_id, "message": content},
            received_at=NOW,
            chat_id=chat,
            needs="",
        )


def items(house: House, state: str) -> tuple[Item, ...]:
    with house.store.transaction() as tx:
        return tx.pending(state, 100)


def bodies(house: House) -> list[tuple[str, str]]:
    """Recipient and key of everything that waits to be said."""
    with house.store.transaction() as tx:
        parcels = tx.claim(100, frozenset(), NOW + timedelta(days=1))
        return [(parcel.to, parcel.body["key"]) for parcel in parcels]


def work_off(house: House, office: Office, now: datetime = NOW) -> None:
    while office.work_once(now):
        pass


def break_sheet(house: House, item_id: int) -> None:
    """The item names a sheet that is not there: whoever decides it meets a fault."""
    with house.store.transaction() as tx:
        tx.promote(item_id, "ready", {"sheet": "0" * 64})


async def test_a_stranger_is_answered_and_the_item_is_done(house: House) -> None:
    arrive(house, 1, text="halo")

    work_off(house, office(house))

    assert items(house, "ready") == ()
    assert [to for to, _ in bodies(house)] == ["c7"]


async def test_an_update_we_do_not_know_is_done_and_says_nothing(house: House) -> None:
    arrive(house, 1, pinned_message={"message_id": 2})

    work_off(house, office(house))

    assert items(house, "ready") == ()
    assert bodies(house) == []


async def test_a_fault_rolls_everything_back_and_waits(house: House) -> None:
    arrive(house, 1, document={"file_id": "F", "file_name": "isi.xlsx"})
    break_sheet(house, 1)

    work_off(house, office(house))

    [item] = items(house, "ready")
    assert item.attempts == 1
    assert bodies(house) == []


async def test_the_fifth_fault_puts_it_aside_and_tells_person_and_admin(house: House) -> None:
    admin = bound(house, 70)
    arrive(house, 1, document={"file_id": "F", "file_name": "isi.xlsx"})
    break_sheet(house, 1)
    at_work = office(house)

    for hours in range(5):
        work_off(house, at_work, NOW + timedelta(hours=hours))

    assert [item.attempts for item in items(house, "parked")] == [5]
    assert sorted(bodies(house)) == [("c7", "gangguan"), (admin, "gangguan_admin")]


async def test_a_chat_waits_only_behind_its_own_items(house: House) -> None:
    arrive(house, 1, document={"file_id": "F", "file_name": "isi.xlsx"})
    break_sheet(house, 1)
    arrive(house, 2, text="sesudahnya")
    arrive(house, 3, chat=8, text="chat lain")

    work_off(house, office(house))

    assert [item.update_id for item in items(house, "ready")] == [1, 2]
    assert [to for to, _ in bodies(house)] == ["c8"]


async def test_after_it_was_put_aside_the_chat_goes_on(house: House) -> None:
    arrive(house, 1, document={"file_id": "F", "file_name": "isi.xlsx"})
    break_sheet(house, 1)
    arrive(house, 2, text="sesudahnya")
    at_work = office(house)

    for hours in range(6):
        work_off(house, at_work, NOW + timedelta(hours=hours))

    assert items(house, "ready") == ()


async def test_the_same_update_is_decided_once(house: House) -> None:
    arrive(house, 1, text="halo")
    arrive(house, 1, text="halo")

    work_off(house, office(house))

    assert len(bodies(house)) == 1


async def test_a_file_may_be_asked_for_again_by_its_recipient_only(
    house: House, tmp_path: Path
) -> None:
    from flows.model.changes import Decision
    from flows.model.messages import Attachment, Message

    to = bound(house, 70)
    paper = Attachment("berkas", "rekap.pdf", sha256=house.store.files.keep(b"isi"))
    with house.store.transaction() as tx:
        tx.apply(Decision(out=(Message("rekap", to, attachments=(paper,)),)), "k", NOW)
        [parcel] = tx.claim(1, frozenset(), NOW)
        tx.delivered(parcel, NOW, message_id=5)

    press(house, 1, user=71, data=f"ulang:o{parcel.id}:0")
    work_off(house, office(house))
    stranger = [key for to, key in bodies(house) if to.startswith("p")]
    press(house, 2, user=70, data=f"ulang:o{parcel.id}:0")
    work_off(house, office(house))

    assert stranger == []
    with house.store.transaction() as tx:
        waiting = {parcel.kind: parcel for parcel in tx.claim(50, frozenset(), NOW)}
    assert (waiting["message"].to, waiting["message"].body["key"]) == (to, "rekap")
    assert (waiting["removal"].to, waiting["removal"].body["message_id"]) == ("c70", 5)


def press(house: House, update_id: int, *, user: int, data: str) -> None:
    query = {
        "id": f"q{update_id}",
        "from": {"id": user, "is_bot": False},
        "data": data,
        "message": {"message_id": 5, "chat": {"id": user, "type": "private"}, "date": 1},
    }
    raw = {"update_id": update_id, "callback_query": query}
    with house.store.transaction() as tx:
        tx.receive(house.me.id, update_id, raw, received_at=NOW, chat_id=user, needs="")
