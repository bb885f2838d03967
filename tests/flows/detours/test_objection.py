"""Sanggah: a unit objects to a finding; its clock stands still until answered."""

from typing import Any

from flows.detours.objection import OBJECTING, disputed, files_of, receipt_of, resume
from flows.model.changes import KeepBerkas
from flows.model.conversation import Draft
from flows.turn.turn import Turn
from tests.flows.small_office import HEAD, KASUBAG, NOW, a_turn, an_order, finding, task

FOUND = (finding("DAL-04", 1), finding("DAL-05", 2), finding("PPR-03", 3))
ORDER = an_order(task("3t", "kepala_unit", "DAL"), sop="PERBAIKAN", temuan=FOUND)
FILE = {"sha256": "a" * 64, "nama": "bukti.pdf", "teks": "Data sudah dimutakhirkan"}


def objected(**answers: Any) -> Turn:
    turn = a_turn(HEAD, ORDER, tugas=ORDER.tugas[0])
    draft = Draft(HEAD, "sanggah", "7-1", "s", NOW, {"bukti": FILE, **answers})
    assert OBJECTING.finish(turn, draft) is None
    return turn


def test_the_receipt_is_held_and_the_kasubag_has_the_objection() -> None:
    turn = objected(kode=["DAL-04"])

    held, opened = turn.perintah.tugas
    assert (held.state, held.outcome, held.finished_by) == ("tahan", "disanggah", HEAD)
    assert (opened.act, opened.unit, opened.role) == ("3s", "DAL", "kasubag_perencanaan")
    assert receipt_of(turn, opened) == held
    assert [t.kode for t in disputed(turn, "DAL")] == ["DAL-04"]
    assert turn.perintah.temuan[0].objection == "Data sudah dimutakhirkan"
    assert turn.perintah.temuan[2] == FOUND[2]


def test_the_file_is_kept_and_goes_along_once() -> None:
    turn = objected()

    assert turn.changes == [KeepBerkas("a" * 64, "bukti.pdf", 0, 7, "DAL", "DAL-04", HEAD)]
    (file,) = files_of(turn, turn.perintah.tugas[1])
    assert (file.name, file.sha256) == ("Bukti DAL-04, DAL-05", "a" * 64)


def test_the_answer_opens_the_receipt_again() -> None:
    held = objected().perintah
    turn = a_turn(KASUBAG, held)
    resume(turn, held.tugas[1], "Mohon dilengkapi sesuai laporan")

    assert turn.perintah.tugas[0].state == "ulang"
    again = turn.perintah.tugas[-1]
    assert (again.act, again.state, again.round) == ("3t", "buka", 2)
    assert again.note == "Mohon dilengkapi sesuai laporan"
    assert disputed(turn, "DAL") == ()
    assert len(turn.perintah.standing("DAL")) == 2, "the findings stand"
