"""Urungkan: what was opened is withdrawn, the own tugas goes on with the limit it had."""

from typing import Any

import pytest

from flows.detours.undo import take_back
from flows.model.perintah import Tugas
from flows.turn.turn import Turn
from tests.flows.small_office import HEAD, KADIS, NOW, a_turn, an_order, task
from tests.kantor import wita

DUE = wita(24, "15.00")
VALIDATED = task("7", "kepala_unit", "DAL", state="selesai", outcome="divalidasi", due_at=DUE,
                 finished_at=NOW, finished_by=HEAD, finished_as="definitif")  # fmt: skip
NEXT = task("8", "kepala_unit", "DAL", opened_from=1)


def at(clock: str, actor: int = HEAD, opened: Tugas = NEXT, **order: Any) -> tuple[Turn, Tugas]:
    perintah = an_order(VALIDATED, opened, **order)
    return a_turn(actor, perintah, now=wita(24, clock)), perintah.tugas[0]


def test_the_act_is_open_again_and_what_it_opened_is_withdrawn() -> None:
    turn, tugas = at("08.04")

    assert take_back(turn, tugas) is None
    again, withdrawn = turn.perintah.tugas
    assert (again.state, again.due_at, again.next_at) == ("buka", DUE, DUE)
    assert (again.finished_at, again.finished_by, again.outcome) == (None, None, "")
    assert again.revision == tugas.revision + 1
    assert (withdrawn.state, withdrawn.outcome) == ("batal", "ditarik")
    assert "TugasUndone" in [event.name for event in turn.events]


@pytest.mark.parametrize(
    "late_or_not_his",
    [
        at("08.05"),
        at("08.04", actor=KADIS),
        at("08.04", opened=NEXT._replace(revision=1)),
        at("08.04", status="batal"),
    ],
)
def test_too_late_by_another_or_built_upon_nothing_moves(
    late_or_not_his: tuple[Turn, Tugas],
) -> None:
    turn, tugas = late_or_not_his
    refused = take_back(turn, tugas)

    assert refused is not None
    assert refused.is_refused
    assert turn.perintah.tugas[0] == tugas
