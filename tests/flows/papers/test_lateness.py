"""Whether a unit kept to the standards of its steps, as the rekap says."""

from typing import Any

import pytest

from flows.model.perintah import Tugas
from flows.papers.rekap import lateness
from tests.flows.small_office import a_turn, an_order, filling, task
from tests.kantor import wita

DUE, LATER = wita(25, "08.30"), wita(25, "08.31")
LATE: dict[str, Any] = {"state": "selesai", "due_at": DUE, "finished_at": LATER}


@pytest.mark.parametrize(
    ("tugas", "told"),
    [
        ((), "Tepat waktu"),
        ((filling(**{**LATE, "finished_at": DUE}),), "Tepat waktu"),
        ((filling(**LATE),), "Terlambat: langkah 5"),
        (
            (task("7", "kepala_unit", "DAL", **LATE), filling(**LATE), filling(**LATE)),
            "Terlambat: langkah 5, 7",
        ),
        ((filling(**{**LATE, "state": "ulang"}),), "Terlambat: langkah 5"),
        ((filling(**{**LATE, "state": "batal"}),), "Tepat waktu"),
        ((filling(**{**LATE, "due_at": None}),), "Tepat waktu"),
        ((task("5", "pelaksana", "PPR", **LATE),), "Tepat waktu"),
    ],
)
def test_steps_beyond_their_limit_are_named_once_in_order(
    tugas: tuple[Tugas, ...], told: str
) -> None:
    assert lateness(a_turn(None, an_order(*tugas)), "DAL") == told


def test_nothing_is_said_of_a_unit_the_order_does_not_wait_for() -> None:
    assert lateness(a_turn(None, an_order()), "SEK") == ""
