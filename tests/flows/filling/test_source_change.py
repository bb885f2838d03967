"""Ubah sumber: one row's source, and nothing else of it."""

from dataclasses import replace
from decimal import Decimal

from flows.dialogs.dialog import take_text
from flows.filling.part import part_of
from flows.filling.source_change import CHANGE_SOURCE, begin_source
from flows.forms.form import Isian
from flows.model.messages import Message
from flows.model.perintah import Bagian
from flows.turn.turn import Turn
from tests.flows.small_office import FILLER, a_file, a_turn, an_order, filling

ROWS = (
    Isian("DAL-04", Decimal(48), sumber="belum tahu", evidence=("e" * 64,)),
    Isian("DAL-05", Decimal("78.30"), keterangan="Pendataan keluarga"),
)
CODES = ("DAL-04", "DAL-05")


def begun(*rows: Isian) -> Turn:
    codes = tuple(row.kode for row in rows) or CODES
    order = an_order(filling(codes=codes), bagian=(Bagian("DAL", FILLER, codes, rows),))
    turn = a_turn(FILLER, order, tugas=order.tugas[0], command=a_file())
    begin_source(turn, order.tugas[0])
    return turn


def say(turn: Turn, text: str) -> None:
    assert turn.draft is not None
    take_text(turn, CHANGE_SOURCE, turn.draft, text)


def asked(turn: Turn) -> str:
    return [o for o in turn.speech.out if isinstance(o, Message)][-1].key


def rows(turn: Turn) -> tuple[Isian, ...]:
    return part_of(turn, turn.perintah.tugas[0]).rows


def test_the_source_alone_changes() -> None:
    turn = begun(*ROWS)
    assert asked(turn) == "tanya_baris_sumber"

    say(turn, "dal 4")
    assert asked(turn) == "tanya_ubah_sumber"
    say(turn, "Laporan balai")

    assert asked(turn) == "sumber_diubah"
    first, second = rows(turn)
    assert second == ROWS[1]
    assert first == replace(ROWS[0], sumber="Laporan balai", filled_by=FILLER)
    assert turn.draft is None


def test_the_only_row_is_not_asked_for() -> None:
    assert asked(begun(ROWS[0])) == "tanya_ubah_sumber"


def test_a_figure_that_is_not_available_has_no_source_to_change() -> None:
    missing = Isian("DAL-04", None, is_na=True, keterangan="Data tahunan")

    assert asked(begun(missing, ROWS[1])) == "tanya_ubah_sumber"
    assert begun(missing).draft is None


def test_kembali_asks_for_the_row_again_and_lewati_leaves() -> None:
    turn = begun(*ROWS)
    say(turn, "DAL-04")
    say(turn, "kembali")
    assert asked(turn) == "tanya_baris_sumber"

    say(turn, "DAL-04")
    say(turn, "lewati")
    assert turn.draft is None
    assert rows(turn) == ROWS
