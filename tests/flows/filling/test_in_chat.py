"""Isi lewat chat: one indicator a question, each answer stored at once."""

from decimal import Decimal
from typing import Any

import pytest

from flows.dialogs.dialog import take_text
from flows.filling.in_chat import CHANGE, CHATFILL, begin, change_row
from flows.filling.part import part_of, wanting
from flows.filling.typed_figure import Typed
from flows.forms.form import Isian
from flows.model.messages import Message
from flows.model.perintah import Bagian
from flows.turn.turn import Turn
from tests.flows.small_office import FILLER, a_file, a_turn, an_order, filling

CODES = ("DAL-04", "DAL-05")


def begun(*rows: Isian, **view: Any) -> Turn:
    order = an_order(filling(codes=CODES), bagian=(Bagian("DAL", FILLER, CODES, rows),))
    return a_turn(FILLER, order, tugas=order.tugas[0], command=a_file(), **view)


def say(turn: Turn, *words: str) -> None:
    for text in words:
        assert turn.draft is not None
        dialog = CHATFILL if turn.draft.dialog == CHATFILL.name else CHANGE
        take_text(turn, dialog, turn.draft, text)


def asked(turn: Turn) -> tuple[str, str]:
    shown = [o for o in turn.speech.out if isinstance(o, Message)][-1]
    return shown.key, str(shown.args.get("kode", ""))


def figures(turn: Turn) -> dict[str, Decimal | None]:
    return {row.kode: row.realisasi for row in part_of(turn, turn.perintah.tugas[0]).rows}


def test_each_figure_is_stored_as_soon_as_it_is_typed() -> None:
    turn = begun()
    begin(turn, turn.perintah.tugas[0])
    assert asked(turn) == ("tanya_angka", "DAL-04")

    say(turn, "48")
    assert asked(turn) == ("tanya_sumber", "DAL-04")
    assert figures(turn) == {"DAL-04": Decimal(48)}
    say(turn, "Laporan bidang")
    assert asked(turn) == ("tanya_angka", "DAL-05")
    assert part_of(turn, turn.perintah.tugas[0]).rows[0].sumber == "Laporan bidang"


def test_what_is_not_available_wants_a_note_before_it_is_stored() -> None:
    turn = begun()
    begin(turn, turn.perintah.tugas[0])
    say(turn, "n/a")
    assert asked(turn) == ("tanya_keterangan", "DAL-04")
    assert figures(turn) == {}

    say(turn, "Data tahunan, menunggu rilis BPS")
    assert asked(turn) == ("tanya_angka", "DAL-05")
    assert figures(turn) == {"DAL-04": None}


def test_a_row_passed_over_is_asked_for_no_more_and_stays_wanting() -> None:
    turn = begun()
    begin(turn, turn.perintah.tugas[0])
    say(turn, "lewati")

    assert asked(turn) == ("tanya_angka", "DAL-05")
    assert wanting(turn, turn.perintah.tugas[0]).rows == CODES
    say(turn, "kembali")
    assert asked(turn)[0] == "tanya_angka", "there is no row before the first"


def test_what_is_no_figure_leaves_the_question_open() -> None:
    turn = begun()
    begin(turn, turn.perintah.tugas[0])
    before = turn.draft
    say(turn, "banyak sekali")

    assert turn.draft == before
    assert figures(turn) == {}


def choices(turn: Turn) -> list[str]:
    shown = [o for o in turn.speech.out if isinstance(o, Message)][-1]
    return [button.label for row in shown.rows for button in row if button.verb[0] == "j"]


@pytest.mark.parametrize(
    ("kode", "text", "label", "stored"),
    [
        ("DAL-04", "3,912", "3.912", "3912"),
        ("DAL-04", "12 ribu", "12.000", "12000"),
        ("DAL-04", "1,25 miliar", "1.250.000.000", "1250000000"),
        ("DAL-05", "63.800", "63,80", "63.80"),
        ("DAL-05", "85 persen", "85,00", "85.00"),
        ("DAL-05", "63.857", "63,86", "63.86"),
    ],
)
def test_what_a_button_says_is_what_it_stores(
    kode: str, text: str, label: str, stored: str
) -> None:
    turn = begun(*([Isian("DAL-04", Decimal(48))] if kode == "DAL-05" else []))
    begin(turn, turn.perintah.tugas[0])
    say(turn, text)
    assert asked(turn) == ("tanya_arti_angka", kode)
    assert choices(turn) == [label]
    say(turn, label)

    assert figures(turn)[kode] == Decimal(stored)


def warned(turn: Turn) -> list[tuple[str, str, str]]:
    part = part_of(turn, turn.perintah.tugas[0])
    return [(w["kode"], w["kode_aturan"], w["nilai"]) for w in part.warnings]


@pytest.mark.parametrize(("text", "note"), [("0,75", "share"), ("0.75%", "share")])
def test_a_typed_figure_is_doubted_as_in_a_file(text: str, note: str) -> None:
    turn = begun(Isian("DAL-04", Decimal(48)))
    begin(turn, turn.perintah.tugas[0])
    say(turn, text, "Laporan bidang")

    (doubt,) = (
        w
        for w in part_of(turn, turn.perintah.tugas[0]).warnings
        if (w["kode"], w["kode_aturan"]) == ("DAL-05", "W04")
    )
    assert (doubt["x_note"], doubt["nilai"]) == (note, text)


@pytest.mark.parametrize(
    ("text", "written"), [("78.3", "78.3"), ("78,3%", ""), ("78,305", "78,305"), ("78,30", "")]
)
def test_how_a_figure_was_read_is_told_at_once(text: str, written: str) -> None:
    turn = begun(Isian("DAL-04", Decimal(48)))
    begin(turn, turn.perintah.tugas[0])
    say(turn, text)

    shown = [o for o in turn.speech.out if isinstance(o, Message)][-1]
    assert (shown.key, shown.args["ditulis"]) == ("tanya_sumber", written)
    assert "W04" not in [code for _, code, _ in warned(turn)]


def test_a_doubt_goes_with_the_figure_it_was_about() -> None:
    turn = begun(Isian("DAL-04", Decimal(48)))
    begin(turn, turn.perintah.tugas[0])
    say(turn, "0,75")
    assert ("DAL-05", "W04", "0,75") in warned(turn)
    change_row(turn, turn.perintah.tugas[0], Typed("DAL-05", "75", True, True))

    assert "W04" not in [code for _, code, _ in warned(turn)]


def test_a_typed_row_is_changed_and_no_other() -> None:
    turn = begun(Isian("DAL-04", Decimal(48)), Isian("DAL-05", Decimal("78.30")))
    change_row(turn, turn.perintah.tugas[0], Typed("DAL-04", "50", True, True))

    assert figures(turn) == {"DAL-04": Decimal(50), "DAL-05": Decimal("78.30")}
    assert turn.draft is None


def test_a_row_of_another_is_refused() -> None:
    turn = begun()
    refused = change_row(turn, turn.perintah.tugas[0], Typed("DAL-06", "90", False, True))

    assert refused is not None
    assert refused.is_refused
    assert figures(turn) == {}


def test_words_may_be_as_long_as_in_a_file() -> None:
    turn = begun()
    begin(turn, turn.perintah.tugas[0])
    say(turn, "48", "Laporan " * 240)

    assert len(part_of(turn, turn.perintah.tugas[0]).rows[0].sumber) == 1919
