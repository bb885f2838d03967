from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import event

from flows.model.changes import Decision, KeepBerkas
from flows.model.commands import Ticked
from flows.model.conversation import Draft
from flows.model.perintah import Bagian, Data
from flows.model.view import Setting
from storage.store import Store
from tests.rows import dump
from tests.storage.world import (
    HOUR,
    KADIS,
    KASUBAG,
    NOW,
    PELAKSANA,
    SEKRETARIS,
    full_perintah,
    isian,
    keep,
    keep_draft,
    perintah,
    said,
    tugas,
)


@contextmanager
def written(store: Store) -> Iterator[list[str]]:
    """The tables written to meanwhile, one entry a statement."""
    found: list[str] = []

    def note(_conn, _cursor, statement, *_rest) -> None:
        words = statement.split()
        if words[0] in ("INSERT", "UPDATE", "DELETE"):
            found.append(f"{words[0]} {words[1] if words[0] == 'UPDATE' else words[2]}")

    event.listen(store._writing, "before_cursor_execute", note)
    yield found
    event.remove(store._writing, "before_cursor_execute", note)


def test_only_what_differs_is_written(staffed: Store, setting: Setting) -> None:
    keep(staffed, full_perintah())

    with written(staffed) as statements, staffed.transaction() as tx:
        old = tx.load(Ticked(7, "t"), setting, NOW).perintah
        assert old is not None
        changed = old.with_tugas(old.tugas[1]._replace(revision=1, next_at=None))
        tx.apply(Decision(perintah=(changed,)), "t", NOW)

    assert statements == ["INSERT tugas", "UPDATE chain"]
    with staffed.reading() as queries:
        assert queries.orders.get(7) == changed


def test_a_perintah_unchanged_writes_nothing(staffed: Store, setting: Setting) -> None:
    keep(staffed, full_perintah())

    with written(staffed) as statements, staffed.transaction() as tx:
        old = tx.load(Ticked(7, "t"), setting, NOW).perintah
        assert old is not None
        tx.apply(Decision(perintah=(old,)), "t", NOW)

    assert statements == []


def test_a_new_perintah_takes_its_numbers(staffed: Store, setting: Setting) -> None:
    keep(staffed, perintah(3, number=12))
    keep_draft(staffed, Draft(KADIS, "perintah", "", "", NOW))

    with staffed.transaction() as tx:
        view = tx.load(said("ya", KADIS), setting, NOW)

    assert (view.next_id, view.next_number) == (4, 13)


def test_parent_and_child_are_kept_in_one_decision(staffed: Store) -> None:
    keep(staffed, perintah(8, parent_id=7), perintah(7, status="menunggu"))

    with staffed.reading() as queries:
        assert queries.orders.get(7) == perintah(7, status="menunggu")


def test_parts_may_be_dealt_out_anew(staffed: Store) -> None:
    before = (Bagian("DAL", PELAKSANA, ("A", "B")), Bagian("DAL", KASUBAG, ("C",)))
    keep(staffed, perintah(7, bagian=before))
    after = (Bagian("DAL", PELAKSANA, ("A", "B", "C"), (isian("A"),), version=1),)

    keep(staffed, perintah(7, bagian=after))

    with staffed.reading() as queries:
        assert queries.orders.get(7).bagian == after


@pytest.mark.parametrize("part", ["tugas", "data", "temuan", "dokumen"])
def test_no_decision_can_lose_what_is_on_record(staffed: Store, part: str) -> None:
    keep(staffed, full_perintah())

    with pytest.raises(ValueError, match="perintah 7 would lose its"):
        keep(staffed, full_perintah()._replace(**{part: ()}))

    with staffed.reading() as queries:
        assert queries.orders.get(7) == full_perintah()


def test_a_later_version_leaves_the_earlier_one_as_it_was(staffed: Store) -> None:
    first = Data("DAL", 1, (isian(),), NOW, PELAKSANA)
    second = Data("DAL", 2, (isian(realisasi="13.00"),), NOW + HOUR, PELAKSANA)
    keep(staffed, perintah(7, data=(first,)))

    keep(staffed, perintah(7, data=(first, second)))

    with staffed.reading() as queries:
        kept = queries.orders.get(7)
    assert kept.data == (first, second)
    latest = kept.latest("DAL")
    assert latest is not None
    assert latest.rows[0].realisasi == Decimal("13.00")


def test_there_is_one_draft_a_person_and_leaving_it_leaves_the_others(
    staffed: Store, setting: Setting
) -> None:
    for person_id in (SEKRETARIS, KASUBAG):
        keep_draft(staffed, Draft(person_id, "satu", "7-1", "s", NOW))
    keep_draft(staffed, Draft(SEKRETARIS, "dua", "", "s", NOW, revision=1))
    with staffed.transaction() as tx:
        replaced = tx.load(said("x"), setting, NOW).draft

        tx.apply(Decision(has_draft=True, draft=None), "u2", NOW)

    with staffed.reading() as queries:
        drafts = [queries.office.draft(person_id) for person_id in (SEKRETARIS, KASUBAG)]
    assert replaced is not None
    assert replaced.dialog == "dua"
    assert [found and found.dialog for found in drafts] == [None, "satu"]


def test_a_refusal_moves_nothing(staffed: Store, setting: Setting) -> None:
    keep(staffed, full_perintah())
    keep_draft(staffed, Draft(SEKRETARIS, "satu", "7-1", "s", NOW))
    with staffed.reading() as queries:
        before = dump(queries)

    with staffed.transaction() as tx:
        tx.load(said("x"), setting, NOW)
        tx.apply(Decision(is_refused=True), "u2", NOW)

    with staffed.reading() as queries:
        assert dump(queries) == before


def test_a_file_belongs_to_the_record_once(staffed: Store) -> None:
    keep(staffed, perintah(7))
    berkas = KeepBerkas("ab" * 32, "a.xlsx", 10, 7, None, "A", PELAKSANA)

    for change in (berkas, berkas, replace(berkas, unit="DAL"), replace(berkas, unit="DAL")):
        with staffed.transaction() as tx:
            tx.apply(Decision(changes=(change,)), "u", NOW)

    with staffed.reading() as queries:
        assert [row["unit"] for row in dump(queries)["berkas"]] == [None, "DAL"]


def test_a_rendition_is_recorded_with_its_hash_before_anybody_sees_it(staffed: Store) -> None:
    keep(staffed, full_perintah())
    with staffed.transaction() as tx:
        assert tx.record.rendition(7, 1, "pdf") is None

        for sha256 in ("a" * 64, "a" * 64):
            tx.record.add_rendition(7, 1, "pdf", sha256, NOW)

    with staffed.reading() as queries:
        [*_, entry] = queries.record.events("p7")
        assert queries.record.rendition(7, 1, "pdf") == "a" * 64
    assert entry.event.name == "DocumentIssued"
    assert entry.event.data == {"seq": 1, "format": "pdf", "sha256": "a" * 64}


def test_what_is_due_is_found_by_its_next_moment(staffed: Store) -> None:
    def with_next(perintah_id: int, minutes: int | None, state: str = "buka"):
        at = None if minutes is None else NOW + timedelta(minutes=minutes)
        one = tugas(1, next_at=at, state=state)._replace(perintah_id=perintah_id)
        return perintah(perintah_id, tugas=(one, one._replace(seq=2)))

    keep(
        staffed,
        with_next(1, 0),
        with_next(2, -30),
        with_next(3, 1),
        with_next(4, None),
        with_next(5, -5, "selesai"),
    )

    with staffed.reading() as queries:
        assert queries.orders.due(NOW, 10) == (2, 1)
        assert queries.orders.due(NOW, 1) == (2,)
        assert queries.orders.due(NOW, 1, {2}) == (1,)


def test_the_search_for_what_is_due_uses_the_index_on_open_tasks(staffed: Store) -> None:
    plans: list[str] = []

    def explain(conn, _cursor, statement, parameters, _context, _many) -> None:
        if statement.startswith("SELECT tugas"):
            rows = conn.connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            plans.extend(row[3] for row in rows)

    event.listen(staffed._reading, "before_cursor_execute", explain)
    with staffed.reading() as queries:
        queries.orders.due(NOW, 10)

    assert any("SEARCH tugas USING INDEX ix_tugas_owed" in plan for plan in plans)
