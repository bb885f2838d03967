"""The course of a perintah: what opens, what is superseded, when it ends."""

from typing import Any

from flows.model.perintah import Perintah, Tugas
from flows.turn.transitions import advance, finish, open_tugas, send_back
from flows.turn.turn import Turn
from tests.flows.small_office import (
    HEAD,
    KASUBAG,
    NOW,
    OTHER_HEAD,
    a_turn,
    an_order,
    data_of,
    filling,
    task,
)
from tests.kantor import wita

DONE: dict[str, Any] = {"state": "selesai", "finished_at": NOW}
OFFICE = ("1", "2a", "2b", "3")
OF_UNIT = ("4", "5", "6", "7", "8", "8t")


def done(act: str, unit: str | None = None, **rest: Any) -> Tugas:
    return task(act, "x", unit, **{**DONE, **rest})


def whole(*last: Tugas) -> Perintah:
    """All of DAL is received; of PPR what `last` says."""
    tugas = (*map(done, OFFICE), *(done(a, "DAL") for a in OF_UNIT), *last)
    return an_order(*tugas, data=(data_of("DAL"),))


def opened(turn: Turn) -> list[tuple[str, str | None]]:
    return [(t.act, t.unit) for t in turn.opened]


def test_the_act_after_opens_for_its_own_unit_only() -> None:
    units = (task("6", "koordinator_data", "DAL"), task("4", "kepala_unit", "PPR"))
    perintah = an_order(*map(done, OFFICE), done("4", "DAL"), done("5", "DAL"), *units)
    turn = a_turn(HEAD, perintah)
    finish(turn, perintah.tugas[6], "diajukan")
    advance(turn)

    assert opened(turn) == [("7", "DAL")]
    seven = turn.opened[0]
    assert (seven.minutes, seven.clock_from, seven.due_at) == (480, NOW, wita(25, "08.30"))
    assert (seven.round, seven.opened_from, seven.opened_by) == (1, 7, HEAD)


def test_the_office_waits_for_every_unit() -> None:
    receiving = task("8t", "kasubag_perencanaan", "PPR")
    perintah = whole(*(done(a, "PPR") for a in OF_UNIT[:-2]), task("8", "kepala_unit", "PPR"))
    turn = a_turn(OTHER_HEAD, perintah)
    advance(turn)
    assert opened(turn) == [], "PPR has not sent yet"

    perintah = whole(*(done(a, "PPR") for a in OF_UNIT[:-1]), receiving)
    turn = a_turn(KASUBAG, perintah)
    finish(turn, perintah.tugas[-1], "diterima")
    advance(turn)
    assert opened(turn) == [("9", None)]


def test_it_does_not_wait_for_a_unit_it_goes_on_without() -> None:
    perintah = whole()._replace(skipped={"PPR": "Data belum ada"}, units=("DAL",))
    turn = a_turn(KASUBAG, perintah)
    advance(turn)

    assert opened(turn) == [("9", None)]


def test_what_is_done_is_recorded_with_who_and_when() -> None:
    perintah = an_order(task("7", "kepala_unit", "DAL", blocked_at=wita(24, "07.40")))
    turn = a_turn(HEAD, perintah)
    seven = finish(turn, perintah.tugas[0], "divalidasi")

    assert (seven.state, seven.outcome, seven.finished_by) == ("selesai", "divalidasi", HEAD)
    assert (seven.finished_at, seven.finished_as) == (NOW, "definitif")
    assert (seven.blocked_at, seven.pauses) == (None, ((wita(24, "07.40"), NOW),))
    assert [event.name for event in turn.events] == ["TugasFinished"]


def test_nothing_ends_before_it_has_begun() -> None:
    perintah = an_order(task("7", "kepala_unit", "DAL", opened_at=wita(24, "08.05")))

    finished = finish(a_turn(HEAD, perintah), perintah.tugas[0], "divalidasi")
    assert finished.finished_at == wita(24, "08.05")


def test_sending_back_supersedes_what_rests_on_it_in_the_unit_alone() -> None:
    perintah = whole(*(done(a, "PPR") for a in OF_UNIT), task("9", "kasubag_perencanaan"))
    turn = a_turn(KASUBAG, perintah)
    send_back(turn, turn.sop.act("7"), "PPR", note="Mohon diperiksa kembali")

    states = {(t.act, t.unit): t.state for t in turn.perintah.tugas[:-1]}
    assert [states[act, "PPR"] for act in OF_UNIT] == ["selesai"] * 3 + ["ulang"] * 3
    assert {states[act, "DAL"] for act in OF_UNIT} == {"selesai"}
    assert states["9", None] == "ulang"
    (again,) = turn.opened
    assert (again.act, again.unit, again.round) == ("7", "PPR", 2)
    assert again.note == "Mohon diperiksa kembali"


def test_a_withdrawn_tugas_counts_for_no_round() -> None:
    gone = filling(state="batal", outcome="ditarik")
    perintah = an_order(filling(state="ulang"), gone)
    turn = a_turn(HEAD, perintah)

    again = open_tugas(turn, turn.sop.act("5"), "DAL", person_id=gone.person_id)
    assert (again.seq, again.round) == (3, 2)


def test_the_last_act_ends_the_perintah() -> None:
    perintah = whole(*(done(a, "PPR") for a in OF_UNIT), *(done(a) for a in ("9", "p1", "p2")),
                     task("p3", "kepala_dinas"))  # fmt: skip
    turn = a_turn(1, perintah)
    finish(turn, perintah.tugas[-1], "ditandatangani")
    advance(turn)

    assert (turn.perintah.status, turn.perintah.finished_at) == ("selesai", NOW)
    assert turn.opened == []
