"""A paraf upon a version that no longer stands is void, and its giver is told."""

from typing import Any

from flows.model.messages import Message
from flows.model.perintah import TugasState
from flows.papers.signatures import announce_void, void_lines
from tests.flows.small_office import (
    KADIS,
    KASUBAG,
    NAMES,
    SEKRETARIS,
    a_paper,
    a_turn,
    an_order,
    task,
)
from tests.kantor import wita

GIVEN: dict[str, Any] = {
    "state": "selesai",
    "finished_at": wita(24, "09.00"),
    "outcome": "diparaf",
}
FIRST = task("p1", "kasubag_perencanaan", finished_by=KASUBAG, **GIVEN)
SECOND = task("p2", "sekretaris", finished_by=SEKRETARIS, state="buka")
PAPERS = (a_paper("rekap", 1, 1), a_paper("rekap", 2, 2, wita(24, "10.00")))


def test_a_void_paraf_is_told_with_its_version_and_who_sent_the_work_back() -> None:
    returned = task("p2", "sekretaris", state="ulang", finished_by=SEKRETARIS,
                    finished_at=wita(24, "09.30"), outcome="dikembalikan")  # fmt: skip
    turn = a_turn(None, an_order(FIRST._replace(state="ulang"), returned, dokumen=PAPERS))

    (line,) = void_lines(turn)
    assert (line["nama"], line["jenis"], line["versi"], line["oleh"]) == (
        NAMES[KASUBAG], "paraf", 1, "Sekretaris",
    )  # fmt: skip


def test_what_stands_or_was_no_paraf_is_not_void() -> None:
    validated = task("7", "kepala_unit", "DAL", finished_by=4, **{**GIVEN, "state": "ulang"})

    assert void_lines(a_turn(None, an_order(FIRST, validated))) == []


def told(actor: int, *, former: TugasState = "selesai") -> list[str]:
    before = an_order(FIRST._replace(state=former), SECOND, dokumen=PAPERS)
    turn = a_turn(actor, before)
    turn.perintah = before.with_tugas(before.tugas[0]._replace(state="ulang"))
    announce_void(turn)
    return [o.to for o in turn.speech.out if isinstance(o, Message) and o.key == "paraf_gugur"]


def test_whoever_gave_it_is_told_unless_it_was_his_own_doing() -> None:
    assert told(KADIS) == [f"p{KASUBAG}"]
    assert told(KASUBAG) == []
    assert told(KADIS, former="ulang") == [], "it was void before"
