"""Notulen corrected by a reply: the next version, with the number it had."""

from typing import Any

import pytest

from flows.papers.filing import file_name, letter_head
from flows.papers.letter_facts import Notulen, Signatory
from flows.papers.notulen import correct, may_correct, unit_of_slot
from flows.turn.turn import Turn
from tests.flows.small_office import (
    COORDINATOR,
    FILLER,
    HEAD,
    NAMES,
    NOW,
    OTHER_HEAD,
    a_paper,
    a_slot,
    a_turn,
    an_order,
)

BODY = Notulen(
    **letter_head(a_turn(None), NOW), unit="DAL", unit_nama="Bidang", sop="Pengumpulan",
    periode="TW III 2026", perintah="007/2026", versi=1, mulai=NOW, waktu="08.10-09.00",
    tempat="Aula", pimpinan="Anton Contoh", notulis="Gita Contoh", agenda="", hasil="",
    tanda_tangan=Signatory(),
).body()  # fmt: skip
PAPER = a_paper("notulen", 1, 1)._replace(
    unit="DAL", data={"isi": BODY, "pengesahan": {"nomor": "000.8/1/XI/2026"}}
)


def corrected(text: str, actor: int = HEAD) -> tuple[Turn, bool]:
    turn = a_turn(actor, an_order(dokumen=(PAPER,)))
    return turn, correct(turn, "DAL", text) is None


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("tempat: ruang rapat II", {"tempat": "ruang rapat II"}),
        ("Pembahasan = data lengkap", {"hasil": "data lengkap"}),
        (
            "tindak lanjut: lengkapi bukti; Hadi",
            {"tindak_lanjut": [{"apa": "lengkapi bukti", "siapa": "Hadi"}]},
        ),
        ("waktu: 23-11-2026, 09.00-10.00, Aula", {"waktu": "09.00-10.00", "tempat": "Aula"}),
    ],
)
def test_a_field_is_changed_in_the_next_version(text: str, changes: dict[str, Any]) -> None:
    turn, is_taken = corrected(text)

    assert is_taken
    former, paper = turn.perintah.dokumen
    isi = paper.data["isi"]
    assert {name: isi[name] for name in changes} == changes
    assert (paper.version, isi["versi"], former.is_superseded) == (2, 2, True)
    assert paper.data["pengesahan"] == {"nomor": "000.8/1/XI/2026"}
    assert [note["oleh"] for note in isi["koreksi"]] == [NAMES[HEAD]]


@pytest.mark.parametrize(
    "text", ["tempat:", "cuaca: cerah", "terima kasih", "waktu: 25-11-2026, 09.00-10.00, Aula"]
)
def test_what_names_no_field_changes_nothing(text: str) -> None:
    turn, is_taken = corrected(text)

    assert not is_taken
    assert turn.perintah.dokumen == (PAPER,)


def test_only_the_head_and_the_coordinator_of_the_unit_correct_it() -> None:
    allowed = [n for n in NAMES if may_correct(a_turn(n, an_order()), "DAL")]

    assert allowed == [HEAD, COORDINATOR]
    for actor in (FILLER, OTHER_HEAD):
        assert not corrected("tempat: ruang rapat II", actor)[1]


def test_a_reply_means_the_unit_whose_notulen_it_answers() -> None:
    def meant(slot: str) -> str | None:
        return unit_of_slot(a_turn(HEAD, an_order(), slot=a_slot(slot, HEAD)))

    assert meant("notulen:7:DAL:in:1") == "DAL"
    assert meant("notulen:7:XYZ:in:1") is None
    assert meant("t7-1:p4") is None
    named = file_name(a_turn(HEAD, an_order()), "notulen", unit="DAL", versi=2)
    assert named == "Notula_DAL_007-2026_v2"
