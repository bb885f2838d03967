import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

from flows.model.changes import BindGroup, Decision, KeepBerkas
from storage.faults import StoreBroken
from storage.store import Store, audit_key
from storage.transaction import Transaction
from tests.rows import dump
from tests.storage.world import NOW, ROOT, full_perintah, keep, perintah


def count_up(store: Store) -> None:
    with store.transaction() as tx:
        tx.office.set_meta("count", str(int(tx.office.meta("count") or 0) + 1))


def test_threads_that_count_at_once_lose_nothing(store: Store) -> None:
    with ThreadPoolExecutor(4) as threads:
        done = [threads.submit(count_up, store) for _ in range(60)]
        [future.result() for future in done]

    with store.reading() as queries:
        assert queries.office.meta("count") == "60"


def keep_and_fail(tx: Transaction) -> None:
    tx.apply(Decision(perintah=(full_perintah(),)), "k", NOW)
    tx.inbox.receive(1, 1, {}, received_at=datetime(2026, 1, 1), chat_id=1, needs="")  # noqa: DTZ001


def test_a_raise_leaves_everything_as_it_was(staffed: Store) -> None:
    with staffed.reading() as queries:
        before = dump(queries)

    with pytest.raises(StatementError), staffed.transaction() as tx:
        keep_and_fail(tx)

    with staffed.reading() as queries:
        assert dump(queries) == before


def test_a_reader_sees_one_moment_and_holds_no_writer_up(store: Store) -> None:
    with store.reading() as queries:
        before = queries.office.meta("count")
        count_up(store)
        during = queries.office.meta("count")

    assert (before, during) == (None, None)
    with store.reading() as queries:
        assert queries.office.meta("count") == "1"


def test_a_reader_cannot_write(store: Store) -> None:
    with store.reading() as queries, pytest.raises(OperationalError, match="readonly"):
        queries._unit.session.connection().exec_driver_sql("DELETE FROM meta")


def test_a_moment_without_zone_is_refused(store: Store) -> None:
    with pytest.raises(StatementError, match="has no zone"), store.transaction() as tx:
        tx.inbox.receive(1, 1, {}, received_at=datetime(2026, 1, 1), chat_id=1, needs="")  # noqa: DTZ001


def test_a_reference_to_nothing_is_refused(store: Store) -> None:
    with pytest.raises(IntegrityError, match="FOREIGN KEY"), store.transaction() as tx:
        tx.apply(Decision(changes=(KeepBerkas("a", "b", 1, 99, None, "", 99),)), "k", NOW)


def test_an_unknown_state_is_refused(staffed: Store) -> None:
    with pytest.raises(IntegrityError, match="known_status"):
        keep(staffed, perintah(status="entah"))


def test_a_commit_survives_the_process(tmp_path: Path, store: Store) -> None:
    with store.transaction() as tx:
        tx.apply(Decision(changes=(BindGroup(-5, 3, "Grup", True),)), "k", NOW)
    store.close()

    again = Store(f"sqlite:///{tmp_path}/sigap.db", tmp_path, None)

    with again.reading() as queries:
        group = queries.office.group()
    again.close()
    assert group is not None
    assert (group.chat_id, group.topic_id, group.can_pin) == (-5, 3, True)


def test_the_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "kunci" / "audit.key"

    made = audit_key(path)

    assert audit_key(path) == made
    assert len(made) == 32
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_damaged_key_is_not_replaced_in_silence(tmp_path: Path) -> None:
    path = tmp_path / "audit.key"
    path.write_text("")

    with pytest.raises(StoreBroken, match="put the office's key back"):
        audit_key(path)

    assert path.read_text() == ""


def test_alembic_is_imported_only_to_migrate() -> None:
    program = "import storage.store, sys; print('alembic' in sys.modules)"

    answer = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )

    assert answer.stdout.strip() == "False"
