"""Kembalikan: where to, which rows, and a note for each."""

from typing import Any

from flows.detours.returning import RETURNING, begin, target_of, unit_of
from flows.model.conversation import Draft
from flows.model.perintah import Bagian, Perintah
from flows.turn.turn import Turn
from tests.flows.small_office import (
    COLLEAGUE,
    FILLER,
    HEAD,
    KASUBAG,
    NOW,
    a_turn,
    an_order,
    filling,
    task,
)

CODES = ("DAL-04", "DAL-05")
DONE: dict[str, Any] = {"state": "selesai", "finished_at": NOW}
PARTS = (Bagian("DAL", FILLER, CODES), Bagian("DAL", COLLEAGUE, ("DAL-06",)))
ORDER = an_order(
    filling(**DONE), filling(person_id=COLLEAGUE, **DONE),
    task("6", "koordinator_data", "DAL", **DONE), task("7", "kepala_unit", "DAL"),
    bagian=PARTS,
)  # fmt: skip


def working(actor: int, perintah: Perintah = ORDER) -> Turn:
    return a_turn(actor, perintah, tugas=perintah.tugas[-1])


def test_a_return_goes_to_the_step_chosen_or_the_first_allowed() -> None:
    turn = working(HEAD)
    tugas = ORDER.tugas[-1]

    assert target_of(turn, tugas, {}).code == "5"
    assert target_of(turn, tugas, {"ke": "6"}).code == "6"
    assert unit_of(turn, tugas, {"ke": "6"}) == "DAL"


def test_an_act_of_the_office_returns_to_the_unit_chosen() -> None:
    perintah = an_order(task("9", "kasubag_perencanaan"))
    turn, recap = working(KASUBAG, perintah), perintah.tugas[0]

    assert unit_of(turn, recap, {}) is None
    assert unit_of(turn, recap, {"unit": "PPR"}) == "PPR"
    one = perintah._replace(units=("DAL",))
    assert unit_of(working(KASUBAG, one), recap, {}) == "DAL"


def test_an_act_that_may_send_nothing_back_is_refused() -> None:
    turn = working(FILLER, an_order(filling()))
    refused = begin(turn, turn.perintah.tugas[0])

    assert refused is not None
    assert refused.is_refused


def test_only_whoever_filled_in_the_rows_returned_works_again() -> None:
    turn = working(HEAD)
    answers = {"ke": "5", "baris": ["DAL-05"], "catatan": "Angka tidak sesuai laporan"}
    draft = Draft(HEAD, "kembali", "7-4", "s", NOW, answers)

    assert RETURNING.finish(turn, draft) is None
    (again,) = turn.opened
    assert (again.act, again.person_id, again.round, again.codes) == ("5", FILLER, 2, ("DAL-05",))
    assert dict(again.row_notes) == {"DAL-05": "Angka tidak sesuai laporan"}
    returned = turn.perintah.tugas[3]
    assert (returned.state, returned.outcome, returned.finished_by) == (
        "ulang", "dikembalikan", HEAD,
    )  # fmt: skip
    assert turn.perintah.tugas[1].state == "selesai", "the colleague's rows stand"


def test_a_tugas_that_has_ended_meanwhile_returns_nothing() -> None:
    ended = ORDER.with_tugas(ORDER.tugas[-1]._replace(state="selesai"))
    turn = working(HEAD, ended)
    draft = Draft(HEAD, "kembali", "7-4", "s", NOW, {"ke": "5", "catatan": "Angka keliru lagi"})

    refused = RETURNING.finish(turn, draft)
    assert refused is not None
    assert refused.is_refused
    assert turn.opened == []
