"""The five minutes in which an act may be taken back."""

from datetime import timedelta
from typing import Any

import pytest

from flows.model.perintah import Perintah, Tugas
from flows.turn.undo_window import acted_upon, ends_at, is_open, opened_by
from tests.flows.small_office import HEAD, KASUBAG, NOW, OPERATOR, an_order, setting, task

SOP = setting().book.newest("PENGUMPULAN")
END = NOW + timedelta(minutes=5)
DONE: dict[str, Any] = {"state": "selesai", "finished_at": NOW, "finished_by": HEAD}
VALIDATED = task("7", "kepala_unit", "DAL", outcome="disetujui", **DONE)
NEXT = task("8", "kepala_unit", "DAL", opened_from=1)


def opened(**changes: Any) -> Perintah:
    return an_order(VALIDATED, NEXT._replace(**changes))


def test_the_window_is_five_minutes_long() -> None:
    perintah = opened()
    done = perintah.tugas[0]

    assert ends_at(done, SOP) == END
    assert is_open(perintah, SOP, done, END - timedelta(seconds=1))
    assert not is_open(perintah, SOP, done, END)


@pytest.mark.parametrize(
    ("tugas", "may_be_undone"),
    [
        (task("3", "kasubag_perencanaan", **DONE), False),
        (task("p3", "kepala_dinas", **DONE), False),
        (task("1", "kepala_dinas", **DONE), False),
        (VALIDATED._replace(recorded_by=OPERATOR), False),
        (VALIDATED._replace(state="buka", finished_at=None), False),
        (VALIDATED._replace(state="ulang", outcome="dikembalikan"), True),
        (VALIDATED._replace(state="ulang", outcome="disetujui"), False),
        (VALIDATED._replace(state="tahan", outcome="disanggah"), True),
        (VALIDATED._replace(state="batal"), False),
    ],
)
def test_what_went_out_to_many_or_was_superseded_cannot_be_taken_back(
    tugas: Tugas, may_be_undone: bool
) -> None:
    assert ends_at(tugas, SOP) == (END if may_be_undone else None)


@pytest.mark.parametrize(
    "touched",
    [
        {"revision": 1},
        {"received_at": NOW},
        {"hindrance": "Listrik padam"},
        {"wish": {"jenis": "perpanjangan"}},
        {"state": "selesai", "finished_at": NOW + timedelta(minutes=1), "finished_by": HEAD},
        {"state": "selesai", "finished_at": NOW, "finished_by": KASUBAG},
    ],
)
def test_whatever_has_been_built_upon_stays(touched: dict[str, Any]) -> None:
    perintah = opened(**touched)

    assert acted_upon(perintah, perintah.tugas[0]) == perintah.tugas[1]
    assert not is_open(perintah, SOP, perintah.tugas[0], NOW)


@pytest.mark.parametrize(
    "untouched", [{}, {"state": "batal", "revision": 2}, {**DONE}, {"opened_from": None}]
)
def test_what_nobody_else_has_touched_may_be_withdrawn(untouched: dict[str, Any]) -> None:
    perintah = opened(**untouched)

    assert acted_upon(perintah, perintah.tugas[0]) is None


def test_withdrawn_tugas_are_no_longer_among_those_it_opened() -> None:
    perintah = an_order(
        VALIDATED, NEXT, NEXT._replace(state="batal"), NEXT._replace(opened_from=2)
    )

    assert [t.seq for t in opened_by(perintah, perintah.tugas[0])] == [2]
