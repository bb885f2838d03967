"""Transitions of a single tugas: state, clock and what its buttons count as."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from flows.model.perintah import Tugas
from flows.turn.transitions import (
    ending_of,
    hold,
    premature,
    reinstate,
    release,
    reopen,
    restored_to,
    withdrawn,
)
from tests.flows.small_office import SEKRETARIS, a_turn, an_order, task

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
DUE = NOW + timedelta(hours=3)
OPEN = Tugas(1, 2, "5", "pelaksana", "DAL", 1, NOW, due_at=DUE, next_at=DUE, revision=4)
DONE = OPEN._replace(
    state="selesai", next_at=None, finished_at=NOW, finished_by=7, finished_as="Plh",
    is_own_work=True, outcome="divalidasi",
)  # fmt: skip


def test_a_held_tugas_has_no_clock_and_says_who_held_it() -> None:
    held = hold(OPEN, outcome="disanggah", finished_by=7)

    assert (held.state, held.next_at, held.revision) == ("tahan", None, 5)
    assert (held.outcome, held.finished_by) == ("disanggah", 7)


def test_a_released_tugas_is_open_with_the_limit_it_had() -> None:
    released = release(hold(OPEN))

    assert (released.state, released.due_at, released.revision) == ("buka", DUE, 6)
    assert released.next_at == DUE


def test_a_reopened_tugas_bears_nothing_of_its_end() -> None:
    again = reopen(DONE, NOW)

    assert again == OPEN._replace(revision=5)


def test_a_tugas_without_a_limit_is_looked_at_at_once_when_reopened() -> None:
    assert reopen(DONE._replace(due_at=None), NOW).next_at == NOW


def test_a_withdrawn_tugas_ends_with_the_reason_given() -> None:
    ended = withdrawn(OPEN, "tanpa_unit", NOW)

    assert (ended.state, ended.outcome, ended.finished_at) == ("batal", "tanpa_unit", NOW)
    assert (ended.next_at, ended.revision) == (None, 5)


@pytest.mark.parametrize("former", [OPEN, hold(OPEN, outcome="disanggah", finished_at=NOW)])
def test_what_an_act_had_ended_is_set_up_as_it_was(former: Tugas) -> None:
    ended = withdrawn(former, "gugur", NOW + timedelta(hours=1))

    again = restored_to(ended, ending_of(former), NOW)

    assert again == former._replace(revision=ended.revision + 1)


def over(act: str, role: str, unit: str | None = None, **rest: Any) -> Tugas:
    """Superseded after it was done."""
    done = {"state": "ulang", "finished_at": NOW, "finished_by": SEKRETARIS, **rest}
    return task(act, role, unit, **done)


def test_a_round_without_result_sets_up_what_was_done_but_no_seal() -> None:
    acts = (("3t", "DAL"), ("4", "DAL"), ("5", "DAL"), ("6", "DAL"), ("7", "DAL"), ("7t", "DAL"))
    order = an_order(
        *(over(act, "kepala_unit", unit) for act, unit in acts),
        over("3t", "kepala_unit", "PPR", outcome="disanggah"),
        over("8", "kasubag_perencanaan", outcome="dikembalikan"),
        over("8", "kasubag_perencanaan", outcome="diajukan_rekap"),
        over("9", "sekretaris", outcome="diparaf"),
        sop="PERBAIKAN",
        units=(),
    )
    turn = a_turn(SEKRETARIS, order)
    reinstate(turn)

    assert [t.state for t in turn.perintah.tugas] == ["selesai"] * 6 + [
        "ulang", "ulang", "selesai", "ulang"
    ]  # fmt: skip
    assert turn.perintah.units == ("DAL",)


def test_a_join_without_a_unit_is_premature_and_a_skipped_unit_is_not() -> None:
    done = {"state": "selesai", "finished_at": NOW}
    order = an_order(
        task("8t", "kasubag_perencanaan", "DAL", **done),
        task("8t", "kasubag_perencanaan", "PPR"),
        task("9", "kasubag_perencanaan"),
    )
    without = a_turn(None, order._replace(units=("DAL",)))

    assert [t.act for t in premature(a_turn(None, order)) if t.unit is None] == ["9"]
    assert [t.act for t in premature(without) if t.unit is None] == []
