from datetime import datetime, timedelta
from itertools import count
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.queues.inbox import Item
from storage.store import Store
from tests.rows import depths
from tests.storage.world import NOW

BOT = 77
LATER = NOW + timedelta(seconds=30)
UPDATE_IDS = count(1)


def receive(store: Store, update_id: int, chat_id: int | None = 5, needs: str = "") -> bool:
    raw = {"update_id": update_id, "message": {"text": "é\ud83d", "list": [1, 2.5]}}
    with store.transaction() as tx:
        return tx.inbox.receive(BOT, update_id, raw, received_at=NOW, chat_id=chat_id, needs=needs)


def next_ready(store: Store, now: datetime = NOW) -> Item | None:
    with store.transaction() as tx:
        return tx.inbox.next_ready(now)


def next_id(store: Store, now: datetime = NOW) -> int | None:
    item = next_ready(store, now)
    return item.update_id if item else None


def test_an_update_is_kept_as_it_came_even_with_half_a_character(store: Store) -> None:
    receive(store, 10)

    item = next_ready(store)

    assert item is not None
    assert item.raw["message"] == {"text": "é\ud83d", "list": [1, 2.5]}
    assert (item.bot_id, item.update_id, item.chat_id, item.received_at) == (BOT, 10, 5, NOW)


def test_an_update_received_twice_is_one_item(store: Store) -> None:
    first = receive(store, 10)

    second = receive(store, 10)

    with store.reading() as queries:
        assert (first, second) == (True, False)
        assert depths(queries)["inbox"] == {"ready": 1}


def test_another_bot_may_have_the_same_update_number(store: Store) -> None:
    receive(store, 10)

    with store.transaction() as tx:
        assert tx.inbox.receive(78, 10, {}, received_at=NOW, chat_id=5, needs="")


def test_an_item_with_a_file_is_ready_only_when_both_stages_are_done(store: Store) -> None:
    receive(store, 10, needs="file")
    with store.transaction() as tx:
        [item] = tx.inbox.pending("new", 5)
        assert tx.inbox.next_ready(NOW) is None
        tx.inbox.promote(item.id, "fetched", {"sha256": "ab"})
    with store.transaction() as tx:
        assert tx.inbox.next_ready(NOW) is None
        tx.inbox.promote(item.id, "ready", {"sheet": "cd"})

    ready = next_ready(store)

    assert ready is not None
    assert ready.extra == {"needs": "file", "sha256": "ab", "sheet": "cd"}


def test_a_chat_waits_behind_its_own_file_and_no_other(store: Store) -> None:
    receive(store, 10, chat_id=5, needs="file")
    receive(store, 11, chat_id=5)
    receive(store, 12, chat_id=6)

    assert next_id(store) == 12


def test_items_without_a_chat_keep_an_order_of_their_own(store: Store) -> None:
    receive(store, 10, chat_id=None, needs="facts")
    receive(store, 11, chat_id=None)
    receive(store, 12, chat_id=5)

    assert next_id(store) == 12


def test_a_postponed_item_holds_up_its_chat_until_its_time(store: Store) -> None:
    receive(store, 10)
    receive(store, 11)
    item = next_ready(store)
    assert item is not None
    with store.transaction() as tx:
        tx.inbox.postpone(item.id, "fault", LATER)

    assert next_id(store) is None
    assert next_id(store, LATER) == 10


def test_a_clock_set_back_does_not_strand_what_was_postponed(store: Store) -> None:
    receive(store, 10)
    item = next_ready(store)
    assert item is not None
    with store.transaction() as tx:
        tx.inbox.postpone(item.id, "fault", LATER)

    assert next_id(store, NOW - timedelta(days=1)) == 10


def test_the_fifth_failure_parks_an_item_and_frees_its_chat(store: Store) -> None:
    receive(store, 10)
    receive(store, 11)
    item = next_ready(store)
    assert item is not None

    with store.transaction() as tx:
        attempts = [tx.inbox.postpone(item.id, "fault", NOW) for _ in range(5)]

    assert attempts == [1, 2, 3, 4, 5]
    assert next_id(store) == 11


@pytest.mark.parametrize("needs", ["", "file"])
def test_a_finished_item_never_comes_again(store: Store, needs: str) -> None:
    receive(store, 10, needs=needs)
    with store.transaction() as tx:
        tx.inbox.finish(1, NOW)

    assert next_id(store) is None
    assert not receive(store, 10)


@settings(
    max_examples=20,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.sampled_from([None, 5, 6, 7]), max_size=8), st.integers(0, 99))
def test_each_chat_is_served_in_the_order_it_spoke(
    store: Store, chats: list[int | None], seed: int
) -> None:
    random = Random(seed)
    for chat_id in chats:
        receive(store, next(UPDATE_IDS), chat_id, needs=random.choice(["", "file"]))
    served: dict[int | None, list[int]] = {}

    while any_unfinished(store):
        item = next_ready(store)
        if item is None or random.random() < 0.3:
            promote_one(store, random)
        else:
            served.setdefault(item.chat_id, []).append(item.update_id)
            finish(store, item)

    assert all(numbers == sorted(numbers) for numbers in served.values())
    assert sum(len(numbers) for numbers in served.values()) == len(chats)


def any_unfinished(store: Store) -> bool:
    with store.reading() as queries:
        return bool(set(depths(queries)["inbox"]) & {"new", "ready"})


def promote_one(store: Store, random: Random) -> None:
    with store.transaction() as tx:
        waiting = tx.inbox.pending("new", 100)
        if waiting:
            tx.inbox.promote(random.choice(waiting).id, "ready", {})


def finish(store: Store, item: Item) -> None:
    with store.transaction() as tx:
        tx.inbox.finish(item.id, NOW)
