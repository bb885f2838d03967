from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from flows.model.addresses import preview_ref
from flows.model.changes import BindGroup, Decision, LoseGroup, MoveGroup, SetReachable
from flows.model.conversation import Slot
from flows.model.messages import (
    Attachment,
    BoardDue,
    Button,
    Menu,
    Message,
    Outgoing,
    Reaction,
    Removal,
    Restored,
    Toast,
)
from storage.queues.outbox import OutboxItem
from storage.store import Store
from tests.rows import depths
from tests.storage.world import (
    ADMIN,
    HOUR,
    KADIS,
    NOW,
    PELAKSANA,
    SEKRETARIS,
    bind,
    keep,
    perintah,
    tugas,
    user,
)

GROUP = BindGroup(-100, 9, "Grup Kantor", True)
BUTTONS = ((Button("act", "ok", "7-1", 0),),)


def say(store: Store, *out: Outgoing, key: str = "u1", now: datetime = NOW) -> None:
    with store.transaction() as tx:
        tx.apply(Decision(out=out), key, now)


def change(store: Store, *changes: object) -> None:
    with store.transaction() as tx:
        tx.apply(Decision(changes=changes), "change", NOW)


def claim(
    store: Store, limit: int = 10, busy: Sequence[str] = (), now: datetime = NOW
) -> tuple[OutboxItem, ...]:
    with store.transaction() as tx:
        return tx.outbox.claim(limit, frozenset(busy), now)


def deliver(store: Store, item: OutboxItem, message_id: int | None = None) -> None:
    with store.transaction() as tx:
        tx.outbox.delivered(item, NOW, message_id, shown="h1")


def words(items: tuple[OutboxItem, ...]) -> list[str]:
    return [item.body["key"] for item in items]


def states(store: Store) -> dict[str, int]:
    with store.reading() as queries:
        return depths(queries)["outbox"]


def test_a_message_goes_to_the_persons_own_chat_whole(staffed: Store) -> None:
    attachment = Attachment("marked", "a.xlsx", data={"rows": ((1, "a"),)})
    message = Message(
        "halo", "p2", {"n": 1}, BUTTONS, is_ring=True, slot="s", attachments=(attachment,)
    )

    say(staffed, message)

    [item] = claim(staffed)
    assert (item.kind, item.to, item.chat_id) == ("message", "p2", user(SEKRETARIS))
    assert Message(**item.body) == message
    assert item.slot == Slot("s", "p2", "", is_live=True)
    assert (item.state_before, item.attempts, item.created_at) == ("pending", 0, NOW)


def test_a_replay_of_a_command_queues_nothing_twice(staffed: Store) -> None:
    out = (
        Message("a", "p2"),
        Message("a", "p1"),
        Toast("q1"),
        Reaction(5, 6),
        Menu("p2", ("tugas",)),
    )
    say(staffed, *out)

    say(staffed, *out)

    assert states(staffed) == {"pending": 5}


def test_a_reminder_of_one_level_is_queued_once_whoever_causes_it(staffed: Store) -> None:
    reminder = Message("ingat", "p2", unique="pengingat:7-1:r1:50")
    say(staffed, reminder, key="t7:1")

    say(staffed, reminder, Message("ingat", "p1", unique="pengingat:7-1:r1:50"), key="t7:2")

    assert [item.to for item in claim(staffed)] == ["p2", "p1"]


def test_a_replayed_message_does_not_give_its_slot_buttons_again(staffed: Store) -> None:
    asked = Message("tugas", "p2", rows=BUTTONS, slot="s", unique="tugas:7-1")
    say(staffed, asked)
    say(staffed, Message("akhir", "p2", slot="s"), key="u2")

    say(staffed, asked, key="u3")

    assert [item.slot.is_live for item in claim(staffed) if item.slot] == [False]


def test_each_recipient_is_served_in_order_and_one_at_a_time(staffed: Store) -> None:
    say(staffed, Message("1", "p2"), Message("2", "p2"), Message("3", "p1"))

    first = claim(staffed)
    while_in_the_air = claim(staffed)
    deliver(staffed, first[0])

    assert words(first) == ["1", "3"]
    assert while_in_the_air == ()
    assert words(claim(staffed)) == ["2"]


def test_low_lanes_go_first_but_never_past_an_older_word_to_the_same(staffed: Store) -> None:
    say(
        staffed,
        Message("lama", "p1", lane=3),
        Message("jawab", "p1", lane=0),
        Message("tugas", "p2", lane=1),
        Message("cepat", "p3", lane=0),
    )

    assert words(claim(staffed)) == ["cepat", "tugas", "lama"]


def test_no_more_than_the_limit_and_none_who_is_busy(staffed: Store) -> None:
    say(staffed, Message("1", "p1"), Message("2", "p2"), Message("3", "p3"))

    assert words(claim(staffed, limit=1, busy=["p1"])) == ["2"]


def test_a_retry_waits_for_its_time_and_holds_its_recipient_up(staffed: Store) -> None:
    say(staffed, Message("1", "p2"), Message("2", "p2"))
    [item] = claim(staffed)
    with staffed.transaction() as tx:
        tx.outbox.retry(item.id, NOW + timedelta(seconds=9), "flood", False)

    assert claim(staffed) == ()
    [again] = claim(staffed, now=NOW + timedelta(seconds=9))
    assert (again.body["key"], again.attempts, again.state_before) == ("1", 1, "pending")


def test_a_clock_set_back_strands_no_message(staffed: Store) -> None:
    say(staffed, Message("1", "p2"))
    [item] = claim(staffed)
    with staffed.transaction() as tx:
        tx.outbox.retry(item.id, NOW, "gone", False)

    assert words(claim(staffed, now=NOW - timedelta(days=2))) == ["1"]


def test_what_may_have_arrived_stays_uncertain_until_it_is_settled(staffed: Store) -> None:
    say(staffed, Message("1", "p2"))
    [first] = claim(staffed)
    with staffed.transaction() as tx:
        tx.outbox.retry(first.id, NOW, "time-out", True)
    [second] = claim(staffed)
    with staffed.transaction() as tx:
        tx.outbox.retry(second.id, NOW, "not connected", False)

    [third] = claim(staffed)

    assert (second.state_before, third.state_before, third.attempts) == (
        "uncertain",
        "uncertain",
        2,
    )


def test_after_a_crash_what_was_being_sent_is_uncertain(staffed: Store) -> None:
    say(staffed, Message("1", "p2"), Message("2", "p1"))
    claim(staffed, limit=1)

    with staffed.transaction() as tx:
        recovered = tx.outbox.recover()

    assert recovered == 1
    assert {p.body["key"]: p.state_before for p in claim(staffed)} == {
        "1": "uncertain",
        "2": "pending",
    }


@pytest.mark.parametrize("ending", ["dropped", "parked"])
def test_what_is_given_up_makes_way_for_the_next(staffed: Store, ending: str) -> None:
    say(staffed, Message("1", "p2"), Message("2", "p2"))
    [item] = claim(staffed)

    with staffed.transaction() as tx:
        tx.outbox.end(item.id, ending, "bad")

    assert words(claim(staffed)) == ["2"]


def test_the_first_sending_fills_the_slot_and_the_next_is_an_edit(staffed: Store) -> None:
    say(staffed, Message("1", "p2", slot="s", about="7-1"), Message("2", "p2", slot="s"))
    [first] = claim(staffed)
    with staffed.transaction() as tx:
        tx.outbox.delivered(first, NOW, 44, True, {"ab": "file-1"}, "h1")

    [second] = claim(staffed)

    assert second.slot == Slot("s", "p2", "7-1", False, has_file=True, message_id=44)
    assert second.shown == "h1"
    with staffed.reading() as queries:
        assert queries.outbox.uploads(["ab", "cd"]) == {"ab": "file-1"}


def test_what_a_message_said_is_found_behind_any_number_of_later_ones(staffed: Store) -> None:
    asks = ((Button("batal", "ask", "d7", 0),),)
    say(staffed, Message("eskalasi", "p2", {"unit": "KBK"}, BUTTONS, slot="s"), key="u1")
    say(staffed, Message("tanya", "p2", {}, asks, slot="s"), key="u2")
    say(staffed, *[Message("lain", "p1", slot="t")] * 20_500, key="u3")

    say(staffed, Restored("d7", Message("batal", "p2", slot="s")), key="u4")

    for said in ("eskalasi", "tanya", "eskalasi"):
        [item] = claim(staffed, busy=["p1"])
        assert item.body["key"] == said
        deliver(staffed, item, 44)
    assert (item.body["args"], item.body["rows"]) == ({"unit": "KBK"}, BUTTONS)


def test_a_message_that_was_only_a_question_is_deleted_in_its_chat(staffed: Store) -> None:
    asks = ((Button("batal", "ask", "d7", 0),),)
    say(staffed, Message("tanya", "p2", {}, asks, slot="s", about="7-1"), key="u2")
    say(staffed, Message("tanya", "p1", {}, asks, slot="s", about="7-1"), key="u3")

    gone = Removal("s", is_whole=True, to="p2")
    say(staffed, Restored("d7", gone), key="u4")

    for item in claim(staffed):
        deliver(staffed, item, 44)
    [removal] = claim(staffed)
    assert (removal.kind, removal.to, removal.body["is_whole"]) == ("removal", "p2", True)
    assert removal.slot == Slot("s", "p2", "7-1", is_live=False, message_id=44)


def test_an_edit_keeps_the_message_and_one_sent_anew_replaces_it(staffed: Store) -> None:
    say(staffed, *[Message(str(n), "p2", slot="s") for n in range(4)])
    ids = []

    for message_id in (44, None, 45):
        [item] = claim(staffed)
        deliver(staffed, item, message_id)
        ids.append(item.slot.message_id if item.slot else None)
    [last] = claim(staffed)

    assert ids == [None, 44, 44]
    assert last.slot is not None
    assert last.slot.message_id == 45


def test_the_same_slot_of_two_people_is_two_messages(staffed: Store) -> None:
    say(staffed, Message("a", "p1", slot="s"), Message("a", "p2", slot="s"))
    for message_id, item in enumerate(claim(staffed), 70):
        deliver(staffed, item, message_id)

    say(staffed, Message("b", "p1", slot="s"), Message("b", "p2", slot="s"), key="u2")

    found = {item.to: item.slot.message_id for item in claim(staffed) if item.slot}
    assert found == {"p1": 70, "p2": 71}


def test_buttons_are_taken_away_once_and_only_where_there_are_some(staffed: Store) -> None:
    say(staffed, Message("a", "p2", rows=BUTTONS, slot="s"), Message("b", "p2", slot="plain"))

    say(staffed, Removal("s"), Removal("plain"), Removal("unknown"), key="u2")
    say(staffed, Removal("s"), key="u3")

    kinds = []
    while items := claim(staffed):
        kinds.append(items[0].kind)
        deliver(staffed, items[0], 9)
    assert kinds == ["message", "message", "removal"]


def test_a_toast_waits_behind_nobody_and_needs_no_chat(staffed: Store) -> None:
    say(staffed, Message("1", "p2"), Toast("q1", "selesai"), Toast("q2"))

    items = claim(staffed)

    assert [(p.kind, p.to, p.chat_id) for p in items] == [
        ("toast", "qq1", None),
        ("toast", "qq2", None),
        ("message", "p2", user(SEKRETARIS)),
    ]
    assert Toast(**items[0].body) == Toast("q1", "selesai")


def test_a_board_waits_once_and_again_only_when_one_is_on_its_way(staffed: Store) -> None:
    change(staffed, GROUP)
    say(staffed, BoardDue(7))
    say(staffed, BoardDue(7), BoardDue(8), key="u2")
    [board] = claim(staffed, limit=1)

    say(staffed, BoardDue(7), key="u3")
    say(staffed, BoardDue(7), key="u4")

    assert (board.kind, board.chat_id, board.topic_id) == ("board", -100, 9)
    assert board.body == {"perintah_id": 7}
    assert board.slot == Slot("grup:7", "g", "b7", is_live=True)
    assert states(staffed) == {"sending": 1, "pending": 2}


def test_a_board_that_must_wait_holds_no_other_word_to_the_group_up(staffed: Store) -> None:
    change(staffed, GROUP)
    say(staffed, BoardDue(7), Message("rekap", "g"))
    [message] = claim(staffed, limit=1)
    deliver(staffed, message, 3)
    [board] = claim(staffed)
    with staffed.transaction() as tx:
        tx.outbox.retry(board.id, NOW + timedelta(minutes=1), "flood", False)

    say(staffed, Message("lagi", "g"), key="u2")

    assert words(claim(staffed)) == ["lagi"]


def test_a_board_to_be_repeated_gives_way_to_a_newer_drawing(staffed: Store) -> None:
    change(staffed, GROUP)
    say(staffed, BoardDue(7))
    [board] = claim(staffed)
    say(staffed, BoardDue(7), key="u2")

    with staffed.transaction() as tx:
        tx.outbox.retry(board.id, NOW, "time-out", True)

    assert states(staffed) == {"dropped": 1, "pending": 1}


def test_boards_wait_for_a_group_to_be_bound(staffed: Store) -> None:
    say(staffed, BoardDue(7))
    before = claim(staffed)
    say(staffed, BoardDue(7), key="u2")
    waiting = states(staffed)

    change(staffed, GROUP)

    assert before == ()
    assert waiting == {"unreachable": 1}
    assert [item.chat_id for item in claim(staffed)] == [-100]


def test_a_group_that_moves_takes_its_words_along_and_gets_them_anew(staffed: Store) -> None:
    change(staffed, GROUP)
    say(staffed, BoardDue(7), Message("a", "c-100"))
    for item in claim(staffed):
        deliver(staffed, item, 5)
    say(staffed, BoardDue(7), Message("b", "c-100"), key="u2")

    change(staffed, MoveGroup(-100, -200))

    items = {item.kind: item for item in claim(staffed)}
    assert items["message"].to == "c-200"
    assert {item.chat_id for item in items.values()} == {-200}
    assert items["board"].slot is not None
    assert items["board"].slot.message_id is None
    assert items["board"].shown == ""


def test_a_lost_group_hears_nothing_and_another_may_be_bound(staffed: Store) -> None:
    change(staffed, GROUP, LoseGroup(-5), BindGroup(-300, None, "Baru", False), LoseGroup(-300))
    say(staffed, Message("a", "g"))

    assert claim(staffed) == ()
    with staffed.reading() as queries:
        assert queries.office.group() is None


def test_whoever_blocked_the_bot_is_told_nothing_more_and_it_is_recorded(staffed: Store) -> None:
    say(staffed, Message("1", "p2"), Message("2", "p2"))
    claim(staffed)

    with staffed.transaction() as tx:
        tx.outbox.block("p2", NOW)
        tx.outbox.block("p2", NOW)

    assert states(staffed) == {"unreachable": 2}
    with staffed.reading() as queries:
        person = queries.office.roster().person(SEKRETARIS)
        names = [entry.event.name for entry in queries.record.events("kantor")]
    assert person is not None
    assert not person.is_reachable
    assert names.count("PersonBlocked") == 1


def tell_of_tasks(store: Store, to: str) -> None:
    keep(store, perintah(7, tugas=(tugas(1), tugas(2, state="selesai"))))
    say(
        store,
        Message("buka-1", to, slot="t7-1", about="7-1"),
        Message("selesai", to, slot="t7-2", about="7-2"),
        Message("kabar", to),
        Message("buka-2", to, slot="t7-1", about="7-1"),
        Message("ingat", to, about="7-1"),
    )


def test_who_is_bound_later_hears_of_his_open_tasks_the_latest_word_each(
    staffed: Store,
) -> None:
    tell_of_tasks(staffed, f"p{ADMIN}")
    before = claim(staffed)

    bind(staffed, ADMIN)

    said = []
    while items := claim(staffed):
        said += words(items)
        deliver(staffed, items[0], 5)
    assert before == ()
    assert said == ["buka-2", "ingat"]


def test_who_unblocks_the_bot_hears_of_his_open_tasks(staffed: Store) -> None:
    with staffed.transaction() as tx:
        tx.outbox.block(f"p{PELAKSANA}", NOW)
    tell_of_tasks(staffed, f"p{PELAKSANA}")
    claim(staffed)

    change(staffed, SetReachable(PELAKSANA, True))

    assert words(claim(staffed)) == ["buka-2"]


def test_a_preview_that_could_not_reach_him_does_not_come_later(staffed: Store) -> None:
    change(staffed, SetReachable(PELAKSANA, False))
    say(staffed, Message("lihat", f"p{PELAKSANA}", about=preview_ref("7-2")))
    claim(staffed)

    change(staffed, SetReachable(PELAKSANA, True))

    assert claim(staffed) == ()


def test_who_is_made_unreachable_stays_so(staffed: Store) -> None:
    change(staffed, SetReachable(PELAKSANA, False))
    say(staffed, Message("1", f"p{PELAKSANA}"), Message("2", f"p{KADIS}"))

    assert words(claim(staffed)) == ["2"]


def test_a_file_is_sent_once_more_at_its_own_recipients_wish(staffed: Store) -> None:
    say(staffed, Message("berkas", "p2"))
    [item] = claim(staffed)
    with staffed.transaction() as tx:
        tx.outbox.end(item.id, "dropped", "uncertain")
        answers = [tx.outbox.resend(item.id, to) for to in ("p1", "p2", "p2")]
        answers.append(tx.outbox.resend(999, "p2"))

    [again] = claim(staffed, now=NOW + HOUR)

    assert answers == [False, True, False, False]
    assert (again.id, again.state_before) == (item.id, "pending")


def test_his_wish_settles_the_doubt_also_before_the_word_about_it_is_on_record(
    staffed: Store,
) -> None:
    """Killed between the word "mungkin belum sampai" and its record, and pressed meanwhile."""
    say(staffed, Message("berkas", "p2"))
    [item] = claim(staffed)
    with staffed.transaction() as tx:
        tx.outbox.recover()
        is_taken = tx.outbox.resend(item.id, "p2")

    [again] = claim(staffed, now=NOW + HOUR)

    assert is_taken
    assert again.state_before == "pending"


def test_his_wish_counts_while_the_word_about_the_doubt_is_on_its_way(staffed: Store) -> None:
    """Whoever presses at once is quicker than the record of what he pressed."""
    say(staffed, Message("berkas", "p2"))
    claim(staffed)
    with staffed.transaction() as tx:
        tx.outbox.recover()
    [word] = claim(staffed, now=NOW + HOUR)
    with staffed.transaction() as tx:
        answers = [tx.outbox.resend(word.id, to) for to in ("p1", "p2", "p2")]
        tx.outbox.delivered(word, NOW + HOUR, 7)

    [again] = claim(staffed, now=NOW + HOUR)

    assert word.state_before == "uncertain"
    assert answers == [False, True, False]
    assert (again.body, again.state_before) == (word.body, "pending")


def test_a_file_on_its_way_is_not_sent_once_more(staffed: Store) -> None:
    say(staffed, Message("berkas", "p2"))
    [item] = claim(staffed)

    with staffed.transaction() as tx:
        assert not tx.outbox.resend(item.id, "p2")


def test_an_unknown_kind_of_recipient_reaches_nobody(staffed: Store) -> None:
    say(staffed, Message("1", "x9"))

    assert claim(staffed) == ()
    assert states(staffed) == {"unreachable": 1}
