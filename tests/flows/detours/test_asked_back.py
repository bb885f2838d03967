"""Mohon dikembalikan: whom the request reaches, and what his consent returns."""

from typing import Any

from flows.detours.asked_back import ask_back, built_upon, grant_return, holding, rows_wished
from flows.model.messages import Message
from flows.model.perintah import Bagian, Perintah, Tugas
from flows.turn.turn import Turn
from tests.flows.sample import isian_of
from tests.flows.small_office import (
    FILLER,
    HEAD,
    KADIS,
    KASUBAG,
    NOW,
    a_file,
    a_turn,
    an_order,
    data_of,
    filling,
    task,
)

CODES = ("DAL-04", "DAL-05")
ROWS = tuple(row for row in isian_of("DAL") if row.kode in CODES)
DONE: dict[str, Any] = {"state": "selesai", "finished_at": NOW}
SENT = filling(codes=CODES, finished_by=FILLER, **DONE)
RECAP = task("6", "koordinator_data", "DAL", opened_from=1)
CHECK = task("7", "kepala_unit", "DAL")


def order(*later: Tugas) -> Perintah:
    parts = (Bagian("DAL", FILLER, CODES, ROWS),)
    return an_order(SENT, *later, bagian=parts, data=(data_of("DAL"),))


def turn_of(actor: int, perintah: Perintah) -> Turn:
    return a_turn(actor, perintah, tugas=perintah.tugas[0], command=a_file())


def of(perintah: Perintah) -> tuple[Turn, Tugas]:
    return turn_of(FILLER, perintah), perintah.tugas[0]


def asked(perintah: Perintah) -> Turn:
    turn, tugas = of(perintah)
    assert ask_back(turn, tugas, "DAL-04", "48", "50") is None
    return turn


def test_an_act_that_nobody_has_touched_is_built_upon_nothing() -> None:
    assert built_upon(*of(order())) is None
    assert built_upon(*of(order(RECAP))) is None
    begun = built_upon(*of(order(RECAP._replace(revision=1))))
    assert begun is not None
    assert begun.act == "6"


def test_the_data_lie_with_the_open_act_of_the_unit_before_the_office() -> None:
    def at(*later: Tugas) -> str:
        found = holding(*of(order(*later)))
        return found.act if found else ""

    done = RECAP._replace(**DONE)
    assert at(done, CHECK) == "7"
    assert at(done, task("8", "kepala_unit", "DAL")) == "8"
    assert at(done, task("8t", "kasubag_perencanaan", "DAL")) == "8t"
    assert at(done, task("9", "kasubag_perencanaan")) == "9"
    assert at(done, CHECK, task("9", "kasubag_perencanaan")) == "7"
    assert at(done, task("p3", "kepala_dinas")) == "", "the Kepala Dinas sends nothing back"


def test_the_holder_is_asked_with_sound_and_nothing_moves() -> None:
    turn = asked(order(RECAP._replace(**DONE), CHECK))

    (request,) = (o for o in turn.speech.out if isinstance(o, Message) and o.is_ring)
    assert (request.key, request.to, request.about) == ("mohon_kembali", f"p{HEAD}", "7-3")
    assert [b.verb for row in request.rows for b in row] == ["mk", "lihat"]
    assert [e.name for e in turn.events] == ["ReturnAsked"]
    assert turn.perintah.tugas[2].is_open
    assert turn.perintah.tugas[0].wish == {
        "jenis": "kembali", "kode": "DAL-04", "semula": "48", "nilai": "50",
    }  # fmt: skip


def test_consent_returns_that_row_to_its_filler() -> None:
    perintah = asked(order(RECAP._replace(**DONE), CHECK)).perintah
    turn = turn_of(HEAD, perintah)

    assert grant_return(turn, perintah.tugas[0]) is None

    (again,) = turn.opened
    assert (again.act, again.person_id, again.codes) == ("5", FILLER, ("DAL-04",))
    assert again.note == "DAL-04: tertulis 48, seharusnya 50"
    assert turn.perintah.tugas[2].outcome == "dikembalikan"


def test_a_second_row_is_kept_beside_the_first() -> None:
    perintah = asked(order(RECAP._replace(**DONE), CHECK)).perintah
    turn, tugas = of(perintah)
    assert ask_back(turn, tugas, "DAL-05", "70", "71") is None

    asking = turn.perintah.tugas[0]
    assert [row["kode"] for row in rows_wished(asking)] == ["DAL-04", "DAL-05"]
    # As a former version has stored it.
    alone = asking._replace(wish={k: v for k, v in asking.wish.items() if k != "sebelum"})
    assert [row["kode"] for row in rows_wished(alone)] == ["DAL-05"]
    assert rows_wished(asking._replace(wish={"jenis": "perpanjangan"})) == []


def test_nobody_else_and_nothing_twice() -> None:
    perintah = asked(order(RECAP._replace(**DONE), CHECK)).perintah
    sent = perintah.tugas[0]

    for actor in (KASUBAG, KADIS, FILLER):
        refused = grant_return(turn_of(actor, perintah), sent)
        assert refused is not None
        assert refused.is_refused
    assert grant_return(turn_of(HEAD, perintah), sent._replace(wish={})) is not None
