"""What the process remembers is what stands in the database, whoever wrote it."""

from pathlib import Path

import pytest
from sqlalchemy import event

from bot.operations.admin import open_store, take_staff
from bot.runtime.config import Settings
from flows.model.changes import AddDay, Decision
from flows.model.commands import Ticked
from flows.model.view import LocalDay
from storage.store import Store
from tests import officials
from tests.kantor import EXAMPLE, Kantor

STATEMENTS = 12


class Watched(Kantor):
    """After each act every perintah remembered under its present mark is read anew."""

    def do(self, command):
        decision = super().do(command)
        with self.store.transaction() as tx:
            for perintah_id in tx.orders.ids():
                remembered = tx.load(Ticked(perintah_id, "t"), self.setting, self.now).perintah
                assert remembered == tx.orders.get(perintah_id)
        return decision


def other_process(kantor: Kantor) -> Store:
    """The command line, or a second worker, on the same database."""
    url = f"sqlite:///{kantor.folder}/sigap.db"
    return open_store(Settings(data_dir=kantor.folder, database_url=url))


def seen(kantor: Kantor, perintah_id: int = 1):
    with kantor.store.transaction() as tx:
        return tx.load(Ticked(perintah_id, "t"), kantor.setting, kantor.now)


def test_through_both_sops_nothing_remembered_differs_from_what_stands(tmp_path: Path) -> None:
    kantor = Watched.open(tmp_path)
    perintah_id = officials.collect(kantor)
    officials.close(kantor)
    repair = officials.find_wrong(kantor, "DAL-01")
    officials.prove_all(kantor, 1)
    officials.coordinate(kantor)
    officials.take_findings(kantor, "DAL")
    officials.repair(kantor, repair, "DAL", {"DAL-01": "61,5"})

    assert seen(kantor, repair).parent.id == perintah_id
    kantor.close()


def test_what_another_process_has_done_is_seen_at_once(tmp_path: Path) -> None:
    kantor = Kantor.open(tmp_path)
    officials.order(kantor)
    before = seen(kantor)
    other = other_process(kantor)

    with other.transaction() as tx:
        known = tx.load(Ticked(1, "t"), kantor.setting, kantor.now).perintah
        changed = known.with_tugas(known.tugas[0]._replace(note="lain"))
        tx.apply(Decision(perintah=(changed,)), "lain", kantor.now)
        day = LocalDay(kantor.now.date(), "Hari jadi", "SK 1")
        tx.apply(Decision(changes=(AddDay(day),)), "hari", kantor.now)
    list(take_staff(other, EXAMPLE.staff, kantor.setting.office, kantor.now))

    after = seen(kantor)
    assert (before.perintah.tugas[0].note, after.perintah.tugas[0].note) == ("", "lain")
    assert (before.local_days, after.local_days) == ((), (day,))
    other.close()
    kantor.close()


def test_what_was_rolled_back_is_not_remembered(tmp_path: Path) -> None:
    kantor = Kantor.open(tmp_path)
    officials.order(kantor)
    before = seen(kantor).perintah

    def fail() -> None:
        with kantor.store.transaction() as tx:
            known = tx.load(Ticked(1, "t"), kantor.setting, kantor.now).perintah
            changed = known.with_tugas(known.tugas[0]._replace(note="x"))
            tx.apply(Decision(perintah=(changed,)), "gagal", kantor.now)
            raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError):
        fail()

    assert seen(kantor).perintah == before
    kantor.close()


def test_the_ordinary_acts_take_twelve_statements_at_most(tmp_path: Path) -> None:
    kantor = Kantor.open(tmp_path)
    perintah_id = officials.start_collection(kantor)
    officials.meet(kantor, "DAL")
    officials.fill(kantor, perintah_id, "DAL")
    counts = []

    def count(_conn, _cursor, statement, *_rest) -> None:
        if statement.startswith("BEGIN"):
            counts.append(0)
        else:
            counts[-1] += 1

    event.listen(kantor.store._writing, "before_cursor_execute", count)

    class Alone(Kantor):
        def _deliver(self) -> None:
            """What the sender does counts for itself."""
            acts.append(counts[-1])
            super()._deliver()

    acts: list[int] = []
    kantor.__class__ = Alone
    officials.put_forward(kantor, "DAL")
    officials.approve(kantor, "DAL")
    officials.accept(kantor, "DAL")

    assert len(acts) == 4
    assert max(acts) <= STATEMENTS, acts
    kantor.close()
