"""Transitions of a single tugas: state, clock and what its buttons count as."""

from datetime import UTC, datetime, timedelta

import pytest

from flows.model.perintah import Tugas
from flows.turn.transitions import ending_of, hold, release, reopen, restored_to, withdrawn

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
