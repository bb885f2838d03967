"""What need not be kept is forgotten, and the record still verifies."""

import json
from datetime import datetime, timedelta

from sqlmodel import col, select

from flows.model.changes import CountWrongCode, Decision
from flows.model.messages import Button, Message
from storage.record.proofs import FORGOTTEN
from storage.rows.office_tables import PaperCopyRow, WrongCodeRow
from storage.rows.tables import OutboxRow
from storage.store import Store
from storage.transaction import Transaction
from tests.rows import depths, dump
from tests.storage.world import ADMIN, NOW, PELAKSANA, STAFF, keep, perintah, user

NAMA, NIP = STAFF[PELAKSANA - 1][:2]


STRANGER = 999


def hear(
    store: Store,
    update_id: int,
    age: timedelta,
    *,
    is_done: bool = True,
    chat_id: int = user(PELAKSANA),
) -> None:
    with store.transaction() as tx:
        tx.inbox.receive(
            1,
            update_id,
            {"update_id": update_id, "message": {"text": f"saya {NAMA}"}},
            received_at=NOW - age,
            chat_id=chat_id,
            needs="",
        )
        item = tx.inbox.next_ready(NOW)
        if is_done and item is not None:
            tx.inbox.finish(item.id, NOW - age)


def test_bodies_are_forgotten_after_their_time_and_never_before_they_are_decided(
    staffed: Store,
) -> None:
    hear(staffed, 1, timedelta(days=91))
    hear(staffed, 2, timedelta(days=89))
    hear(staffed, 3, timedelta(days=200), is_done=False)

    with staffed.transaction() as tx:
        forgotten = tx.privacy.forget_bodies(NOW - timedelta(days=90))
        again = tx.privacy.forget_bodies(NOW - timedelta(days=90))

    with staffed.reading() as queries:
        items = (*queries.inbox.pending("done", 9), *queries.inbox.pending("ready", 9))
    raws = {item.update_id: item.raw for item in items}
    assert (forgotten, again) == (1, 0)
    assert (raws[1], bool(raws[2]), bool(raws[3])) == ({}, True, True)


def test_an_update_whose_body_is_gone_is_still_known(staffed: Store) -> None:
    hear(staffed, 1, timedelta(days=91))
    with staffed.transaction() as tx:
        tx.privacy.forget_bodies(NOW)
        is_new = tx.inbox.receive(1, 1, {}, received_at=NOW, chat_id=None, needs="")

    assert not is_new


def test_updates_of_strangers_are_deleted_after_their_time(staffed: Store) -> None:
    hear(staffed, 1, timedelta(days=91))
    hear(staffed, 2, timedelta(days=91), chat_id=STRANGER)
    hear(staffed, 3, timedelta(days=89), chat_id=STRANGER)
    hear(staffed, 4, timedelta(days=91), chat_id=STRANGER)
    left = []

    for open_id in (5, 6):
        with staffed.transaction() as tx:
            tx.privacy.forget_strangers(NOW - timedelta(days=90))
            left.append([item.update_id for item in tx.inbox.pending("done", 9)])
        hear(staffed, open_id, timedelta(days=91), chat_id=STRANGER, is_done=False)
    with staffed.reading() as queries:
        waiting = [item.update_id for item in queries.inbox.pending("ready", 9)]

    # The newest row stays: its id must not be given to another update.
    assert left == [[1, 3, 4], [1, 3]]
    assert waiting == [5, 6]


def test_messages_are_forgotten_in_their_last_state_only(staffed: Store) -> None:
    keep(staffed, perintah(1))
    keep(staffed, perintah(2, status="selesai"))
    ok = ((Button("oke", "ok", "2-1"),),)
    at = NOW - timedelta(days=91)
    out = (
        Message("biasa", "p1"),
        Message("jalan", "p1", about="p1"),
        Message("tutup", "p1", about="p2"),
        Message("tombol", "p1", about="p2", rows=ok),
        Message("salinan", "p1", about="p2"),
        Message("menunggu", "p2"),
        Message("disisihkan", "p3"),
    )
    deliver(staffed, at, *out)
    deliver(staffed, NOW - timedelta(days=89), Message("muda", "p1"))

    with staffed.transaction() as tx:
        session = tx._unit.session
        copied = next(row for row in outbox(tx) if row.body["key"] == "salinan")
        copy = PaperCopyRow(
            perintah_id=2,
            format="pdf",
            name="x",
            outbox_id=copied.id,
            recipient="p1",
            message_id=1,
        )
        session.add(copy)
        session.flush()
        found = (
            tx.privacy.forget_messages(NOW - timedelta(days=90)),
            tx.privacy.forget_messages(NOW - timedelta(days=90)),
        )
        left = [row.body["key"] for row in outbox(tx) if row.body]

    assert found == (2, 0)
    assert left == ["jalan", "tombol", "salinan", "menunggu", "disisihkan", "muda"]


def outbox(tx: Transaction) -> list[OutboxRow]:
    return list(tx._unit.session.exec(select(OutboxRow).order_by(col(OutboxRow.id))).all())


def deliver(store: Store, at: datetime, *out: Message) -> None:
    """Those to p1 arrive; of the others one is parked and one waits."""
    with store.transaction() as tx:
        tx.apply(Decision(out=out), f"k{at}", at)
        for row in outbox(tx):
            if row.recipient == "p1" and row.state == "pending":
                row.state, row.sent_at = "sent", at
            if row.recipient == "p3":
                row.state = "parked"


def test_wrong_codes_are_deleted_after_their_time(staffed: Store) -> None:
    with staffed.transaction() as tx:
        for days in (91, 89):
            at = NOW - timedelta(days=days)
            tx.apply(Decision(changes=(CountWrongCode(STRANGER),)), f"code:{days}", at)
        tx.privacy.forget_strangers(NOW - timedelta(days=90))

    with staffed.reading() as queries:
        left = queries._unit.session.exec(select(WrongCodeRow.at)).all()
    assert left == [NOW - timedelta(days=89)]


def test_nothing_of_a_forgotten_person_is_left_and_the_record_verifies(staffed: Store) -> None:
    hear(staffed, 1, timedelta(days=1))
    with staffed.transaction() as tx:
        words = (Message("x", f"p{PELAKSANA}", {"nama": NAMA}), Message("x", f"p{ADMIN}"))
        tx.apply(Decision(out=words), "k", NOW)
        tx.privacy.erase(PELAKSANA, NOW)

    with staffed.reading() as queries:
        left = json.dumps(dump(queries), default=str)
        items = [item.raw for item in queries.inbox.pending("done", 9)]
        person = queries.office.roster().person(PELAKSANA)
        breaks = queries.record.verify()
        account = queries.office.person_of(user(PELAKSANA))
        states = depths(queries)["outbox"]
    assert NAMA not in left
    assert NIP not in left
    assert items == [{}]
    assert person is not None
    assert person.nama.startswith(FORGOTTEN)
    assert (account, breaks) == (None, ())
    assert states == {"dropped": 1, "pending": 1}
