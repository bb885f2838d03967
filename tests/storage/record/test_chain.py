import hashlib
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from flows.model.changes import Decision
from flows.model.events import Event
from storage.record.chain import ORIGIN
from storage.store import Store
from tests.storage.world import KADIS, NOW, SEKRETARIS, perintah

TRIGGERS = ("event_no_UPDATE", "event_no_DELETE")


def record(store: Store, *events: Event, **decided: Any) -> None:
    with store.transaction() as tx:
        tx.apply(Decision(events=events, **decided), "k", NOW)


def some_record(store: Store) -> None:
    record(
        store,
        Event("PerintahIssued", 7, None, None, KADIS, "kepala_dinas", "definitif", {"nomor": 1}),
        Event("TugasOpened", 7, "7-1", "DAL", data={"at": NOW, "codes": ("DAL-01",)}),
        Event("TugasFinished", 7, "7-1", "DAL", SEKRETARIS),
        Event("GroupBound", person_id=KADIS),
        perintah=(perintah(7),),
    )


def tamper(path: Path, *statements: str) -> None:
    """As somebody with the file in his hands would: the triggers do not stop him."""
    with closing(sqlite3.connect(path / "sigap.db")) as connection:
        for trigger in TRIGGERS:
            connection.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def breaks(store: Store) -> list[tuple[str, int, str]]:
    with store.reading() as queries:
        return [(found.chain, found.seq, found.reason) for found in queries.record.verify()]


def test_each_perintah_and_the_office_have_a_chain_of_their_own(staffed: Store) -> None:
    some_record(staffed)

    with staffed.reading() as queries:
        chain = queries.record.events("p7")
        office = queries.record.events("kantor")
    assert [(entry.seq, entry.event.name) for entry in chain] == [
        (1, "PerintahIssued"),
        (2, "TugasOpened"),
        (3, "TugasFinished"),
    ]
    # The accounts were bound without an event of their own.
    assert [entry.event.name for entry in office] == [
        "StaffTaken", "InvitesMade", "RowsSealed", "GroupBound",
    ]  # fmt: skip
    assert all(entry.is_sealed and entry.at == NOW for entry in (*chain, *office))
    assert chain[1].event.data == {"at": NOW.isoformat(), "codes": ["DAL-01"]}


def test_anybody_can_check_the_chain_with_sha256_alone(tmp_path: Path, staffed: Store) -> None:
    some_record(staffed)

    with closing(sqlite3.connect(tmp_path / "sigap.db")) as connection:
        rows = connection.execute(
            "SELECT body, prev_hash, hash FROM event WHERE chain = 'p7' ORDER BY seq"
        ).fetchall()

    former = ORIGIN
    for body, prev_hash, found in rows:
        assert prev_hash == former
        assert found == hashlib.sha256((former + body).encode()).hexdigest()
        former = found
    assert json.loads(rows[0][0])["person_id"] == KADIS


def test_an_untouched_record_has_no_break(staffed: Store) -> None:
    some_record(staffed)

    assert breaks(staffed) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET body = replace(body, 'kepala_dinas', 'sekretaris') WHERE seq = 1",
        "UPDATE event SET at = '2026-11-25T01:00:00.000000+00:00' WHERE seq = 2 AND chain = 'p7'",
        "UPDATE event SET hash = prev_hash WHERE seq = 2 AND chain = 'p7'",
        "UPDATE event SET seal = '' WHERE seq = 1 AND chain = 'p7'",
        "UPDATE event SET seal = upper(seal) WHERE seq = 1 AND chain = 'p7'",
        "UPDATE event SET chain = 'p8' WHERE chain = 'p7'",
        "UPDATE event SET seq = 9 WHERE seq = 3 AND chain = 'p7'",
        "DELETE FROM event WHERE seq = 1 AND chain = 'p7'",
        "DELETE FROM event WHERE seq = 2 AND chain = 'p7'",
        "DELETE FROM event WHERE seq = 3 AND chain = 'p7'",
        "DELETE FROM event WHERE chain = 'p7'",
        "DELETE FROM chain WHERE chain = 'p7'",
        "UPDATE event SET body = 'bukan json' WHERE seq = 3 AND chain = 'p7'",
    ],
)
def test_any_edit_is_found(tmp_path: Path, staffed: Store, statement: str) -> None:
    some_record(staffed)

    tamper(tmp_path, statement)

    assert breaks(staffed)


def test_a_record_rewritten_with_all_its_hashes_fails_at_the_seal(
    tmp_path: Path, staffed: Store
) -> None:
    some_record(staffed)
    with staffed.reading() as queries:
        former = queries.record.events("p7")[1].hash
    body = '{"at":"2026-11-24T01:00:00.000000+00:00","chain":"p7","data":{},"seq":3}'
    forged = hashlib.sha256((former + body).encode()).hexdigest()

    tamper(
        tmp_path,
        f"UPDATE event SET body = '{body}', hash = '{forged}' WHERE chain = 'p7' AND seq = 3",
        f"UPDATE chain SET hash = '{forged}' WHERE chain = 'p7'",
    )

    assert breaks(staffed) == [("p7", 3, "the seal is not ours")]


def test_without_the_key_the_hashes_are_still_checked(tmp_path: Path, staffed: Store) -> None:
    some_record(staffed)
    keyless = Store(f"sqlite:///{tmp_path}/sigap.db", tmp_path, None)
    before = breaks(keyless)

    tamper(tmp_path, "UPDATE event SET body = '{}' WHERE seq = 1 AND chain = 'p7'")

    after = breaks(keyless)
    keyless.close()
    assert before == []
    assert ("p7", 1, "the content does not match its hash") in after


def test_what_was_written_without_a_key_is_told_as_unsealed(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/a.db"
    keyless = Store(url, tmp_path, None)
    keyless.migrate()
    record(keyless, Event("GroupBound"))
    keyless.close()

    store = Store(url, tmp_path, b"k" * 32)

    found = breaks(store)
    store.close()
    assert found == [("kantor", 1, "is not sealed")]


@pytest.mark.parametrize("statement", ["UPDATE event SET seal = ''", "DELETE FROM event"])
def test_the_database_itself_refuses_to_change_the_record(staffed: Store, statement: str) -> None:
    with (
        pytest.raises(IntegrityError, match="the record is append-only"),
        staffed.transaction() as tx,
    ):
        tx._unit.session.connection().exec_driver_sql(statement)
