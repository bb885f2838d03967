"""Evidence: for the rows named, those of the album, or the only one wanting; else asked."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from flows.filling.evidence import EVIDENCE, take_evidence
from flows.filling.part import part_of
from flows.model.changes import KeepBerkas
from flows.model.commands import Sent
from flows.model.perintah import Bagian
from flows.model.view import Use
from flows.turn.turn import Turn
from tests.flows.sample import isian_of
from tests.flows.small_office import FILLER, a_file, a_turn, an_order, data_of, filling, finding

SHA = "a" * 64
CODES = ("DAL-04", "DAL-05")
ROWS = tuple(
    replace(row, realisasi=Decimal(50)) for row in isian_of("DAL") if row.kode in CODES
)  # fmt: skip


def sent(
    caption: str = "", album: str = "", rows: tuple[Any, ...] = ROWS, **view: Any
) -> tuple[Turn, bool]:
    """The turn that takes the picture, and whether it was taken or asked about."""
    file: Sent = replace(a_file(), kind="photo", name="foto.jpg", caption=caption, album=album)
    order = an_order(
        filling(codes=CODES), sop="PERBAIKAN", data=(data_of("DAL"),),
        temuan=(finding("DAL-04", 1), finding("DAL-05", 2)),
        bagian=(Bagian("DAL", FILLER, CODES, rows),),
    )  # fmt: skip
    turn = a_turn(FILLER, order, command=file, tugas=order.tugas[0], **view)
    return turn, take_evidence(turn, order.tugas[0], file) is None


def proven(turn: Turn) -> dict[str, tuple[str, ...]]:
    rows = part_of(turn, turn.perintah.tugas[0]).rows
    return {row.kode: row.evidence for row in rows if row.evidence}


def test_the_caption_names_the_rows() -> None:
    turn, _ = sent("bukti dal04")

    assert proven(turn) == {"DAL-04": (SHA,)}
    assert turn.changes == [KeepBerkas(SHA, "foto.jpg", 1000, 7, "DAL", "DAL-04", FILLER, "")]
    assert proven(sent("DAL-04 dan dal 5")[0]) == dict.fromkeys(CODES, (SHA,))


def test_without_a_caption_the_only_row_that_wants_it_is_meant() -> None:
    rows = (replace(ROWS[0], evidence=("b" * 64,)), ROWS[1])

    assert proven(sent(rows=rows)[0])["DAL-05"] == (SHA,)


def test_a_picture_of_an_album_goes_where_its_first_one_went() -> None:
    use = Use(7, "007/2026", "2026-TW3", "DAL", "DAL-05", is_same=False)

    assert proven(sent(album="x", uses=(use,))[0]) == {"DAL-05": (SHA,)}
    other = use._replace(unit="PPR")
    assert proven(sent(album="x", uses=(other,))[0]) == {}


def test_otherwise_it_is_asked_for_which_row_it_is() -> None:
    turn, _ = sent()

    assert proven(turn) == {}
    assert turn.draft is not None
    assert turn.draft.dialog == "bukti"
    draft = turn.draft._replace(answers={**turn.draft.answers, "kode": "*"})
    assert EVIDENCE.finish(turn, draft) is None
    assert proven(turn) == dict.fromkeys(CODES, (SHA,))


def test_a_picture_is_no_data() -> None:
    turn, is_taken = sent(rows=())

    assert not is_taken
    assert turn.changes == []
