"""A Pelaksana's part: what is wanting, what is ready, what is frozen."""

from dataclasses import replace
from decimal import Decimal

from flows.filling.part import (
    chat_button,
    drop_row,
    part_rows,
    progress,
    row_held,
    take_row,
    touched,
    wanting,
)
from flows.forms.form import Isian
from flows.model.perintah import Bagian, Perintah, Tugas
from flows.turn.turn import Turn
from tests.flows.sample import isian_of
from tests.flows.small_office import FILLER, a_turn, an_order, data_of, filling, finding

CODES = ("DAL-04", "DAL-05")
BY_CODE = {row.kode: row for row in isian_of("DAL")}


def collecting(*rows: Isian) -> tuple[Turn, Tugas]:
    return _working(an_order(filling(codes=CODES), bagian=(Bagian("DAL", FILLER, CODES, rows),)))


def correcting(*rows: Isian, codes: tuple[str, ...] = ("DAL-04",)) -> tuple[Turn, Tugas]:
    """A finding on DAL-04 of the data that the unit began with."""
    return _working(
        an_order(
            filling(codes=codes), sop="PERBAIKAN", data=(data_of("DAL"),),
            temuan=(finding("DAL-04"),), bagian=(Bagian("DAL", FILLER, codes, rows),),
        )
    )  # fmt: skip


def _working(perintah: Perintah) -> tuple[Turn, Tugas]:
    return a_turn(FILLER, perintah), perintah.tugas[0]


def keys(turn: Turn, tugas: Tugas) -> list[str]:
    return [button.key for row in part_rows(turn, tugas) for button in row]


def test_rows_without_figures_are_wanting() -> None:
    assert wanting(*collecting()).rows == CODES
    assert wanting(*collecting(BY_CODE["DAL-05"])).rows == ("DAL-04",)
    assert wanting(*collecting(BY_CODE["DAL-04"], BY_CODE["DAL-05"])).is_nothing


def test_kirim_is_offered_as_soon_as_nothing_is_wanting() -> None:
    assert keys(*collecting()) == ["isi_chat"]
    assert keys(*collecting(BY_CODE["DAL-05"])) == ["isi_chat_lanjut"]
    assert keys(*collecting(BY_CODE["DAL-04"], BY_CODE["DAL-05"]))[0] == "act"


def test_the_filling_says_how_far_it_is() -> None:
    button = chat_button(*collecting(BY_CODE["DAL-05"]))

    assert dict(button.args) == {"ke": 1, "dari": 2}


def test_a_corrected_row_wants_its_evidence() -> None:
    changed = replace(BY_CODE["DAL-04"], realisasi=Decimal(50))

    assert wanting(*correcting(changed)).evidence == ("DAL-04",)
    assert wanting(*correcting(replace(changed, evidence=("a" * 64,)))).is_nothing
    assert wanting(*correcting(replace(changed, bukti="Laporan Oktober"))).is_nothing
    assert wanting(*correcting(BY_CODE["DAL-04"])).is_nothing, "the figure stays as it was"


def test_a_row_changed_that_no_finding_names_wants_a_reason() -> None:
    codes = ("DAL-04", "DAL-05")
    changed = replace(BY_CODE["DAL-05"], realisasi=Decimal(80), evidence=("a" * 64,))

    want = wanting(*correcting(BY_CODE["DAL-04"], changed, codes=codes))
    assert (want.reasons, want.evidence) == (("DAL-05",), ())
    explained = replace(changed, keterangan="Salah ketik")
    assert wanting(*correcting(BY_CODE["DAL-04"], explained, codes=codes)).is_nothing


def test_a_typed_row_takes_the_place_of_the_old_one_with_its_warnings() -> None:
    turn, tugas = collecting(BY_CODE["DAL-04"], BY_CODE["DAL-05"])
    part = take_row(turn, tugas, Isian("DAL-04", Decimal(200)))

    taken = part.row("DAL-04")
    assert taken is not None
    assert (taken.realisasi, taken.filled_by) == (Decimal(200), FILLER)
    assert [(w["kode"], w["kode_aturan"]) for w in part.warnings] == [("DAL-04", "W01")]
    assert turn.perintah.part("DAL", FILLER) == part
    again = take_row(turn, tugas, Isian("DAL-04", Decimal(48)))
    assert again.warnings == ()


def test_a_correction_starts_from_the_row_it_corrects() -> None:
    assert row_held(*correcting(), "DAL-04") == BY_CODE["DAL-04"]
    assert row_held(*collecting(), "DAL-04") == Isian("DAL-04")


def test_a_change_taken_back_leaves_the_others() -> None:
    turn, tugas = collecting(BY_CODE["DAL-04"], BY_CODE["DAL-05"])
    drop_row(turn, tugas, "DAL-04")

    assert wanting(turn, tugas).rows == ("DAL-04",)


def test_buttons_of_the_former_state_no_longer_count() -> None:
    turn, tugas = collecting()

    assert touched(turn, tugas).revision == 1
    assert touched(turn, tugas).revision == 2


def test_what_a_refused_file_was_refused_for_is_counted_off() -> None:
    def told(rule: str, kode: str, column: str = "Realisasi") -> dict[str, str]:
        return {"kode_aturan": rule, "kode": kode, "kolom": column, "sel": "F7"}

    before = [told("E04", "DAL-04"), told("E03", "DAL-05"), told("E01", "", "")]
    now = [told("E05", "DAL-05"), told("E04", "DAL-06")]

    assert progress(before, now) == {"dari": 3, "benar": 2, "sisa": 1, "baru": 1}
    assert progress([], now) is None


def sent_back(*rows: Isian) -> tuple[Turn, Tugas]:
    """DAL-04 and DAL-05 came back with a note; `rows` are what stands there now."""
    tugas = filling(codes=CODES, note="Mohon dilengkapi sumbernya", round=2)
    part = Bagian("DAL", FILLER, CODES, rows)
    return _working(an_order(tugas, bagian=(part,), data=(data_of("DAL"),)))


def test_rows_sent_back_want_an_answer_to_one_of_them() -> None:
    first, second = BY_CODE["DAL-04"], BY_CODE["DAL-05"]
    read_again = replace(first, berkas="f" * 64, filled_by=FILLER)

    assert wanting(*sent_back(first, second)).returned == CODES
    assert wanting(*sent_back(read_again, second)).returned == CODES
    assert keys(*sent_back(first, second)) == ["isi_chat", "lihat_data"]
    for change in (
        {"realisasi": Decimal(50)},
        {"keterangan": "Menurut laporan"},
        {"evidence": ("e" * 64,)},
    ):
        changed = replace(second, **change)
        assert wanting(*sent_back(first, changed)).is_nothing
