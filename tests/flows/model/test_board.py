"""The board's cells over the life of both SOPs."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from flows.kinds.registry import TRAITS
from flows.model.board import where_units_stand
from flows.model.perintah import Dokumen, Perintah, Tugas
from flows.office.kantor import Office
from flows.office.period import Period
from flows.sops.book import PACKAGED, SopBook
from flows.sops.sop import Sop
from tests.kantor import ROOT

BEGIN = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
DUE = BEGIN + timedelta(hours=2)


@pytest.fixture(scope="module")
def book() -> SopBook:
    office = Office.parse((ROOT / "kantor.yaml").read_text("utf-8"), "kantor.yaml")
    return SopBook.read([PACKAGED], office, TRAITS)


def perintah(sop: Sop, units: tuple[str, ...], *tugas: Tugas) -> Perintah:
    numbered = tuple(one._replace(seq=n) for n, one in enumerate(tugas, start=1))
    return Perintah(
        id=7,
        number=1,
        year=2026,
        sop=sop.code,
        sop_version=sop.version,
        form="indikator",
        period=Period(2026, 3),
        units=units,
        sifat="Biasa",
        arahan="",
        started_at=BEGIN,
        issued_at=BEGIN,
        issued_by=1,
        target_at=DUE,
        tugas=numbered,
    )


def tugas(act: str, unit: str | None, state: Any = "selesai", **further: Any) -> Tugas:
    begun = {"role": "x", "round": 1, "opened_at": BEGIN, **further}
    return Tugas(7, 0, act, unit=unit, state=state, **begun)


def line(board: dict[str, Any], unit: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in board["unit"] if one["kode"] == unit)
    return found


def marks(board: dict[str, Any]) -> dict[str, str]:
    return {one["nama"]: one["tanda"] for one in board["kantor"]}


def test_columns_are_the_steps_of_units_and_below_them_those_of_the_office(
    book: SopBook,
) -> None:
    collection, correction = book.newest("PENGUMPULAN"), book.newest("PERBAIKAN")

    first = where_units_stand(perintah(collection, ("SEK",)), collection, BEGIN)
    second = where_units_stand(perintah(correction, ()), correction, BEGIN)

    assert first["langkah"] == ["4", "5", "6", "7", "8"]
    assert list(marks(first)) == ["1 perintah", "2 format", "3 sebar", "9 rekap", "penutup"]
    assert first["langkah"] == ["4", "5", "6", "7", "8"]
    assert first["kolom"] == ["4 rapat", "5 isi", "6 rekap", "7 validasi", "8 kirim"]
    assert second["langkah"] == ["3", "4", "5", "6", "7"]
    assert list(marks(second)) == [
        *("1 tandai", "2 verifikasi", "3 koordinasi", "8 rekap", "9 paraf", "10 tandatangani")
    ]
    assert second["unit"] == []


def test_a_unit_shows_its_nearest_limit_and_whether_it_has_passed(book: SopBook) -> None:
    sop = book.newest("PENGUMPULAN")
    parts = (
        tugas("5", "KBK", "buka", due_at=DUE, person_id=1),
        tugas("5", "KBK", "buka", due_at=DUE + timedelta(hours=1), person_id=2),
    )
    running = perintah(sop, ("KBK",), tugas("4", "KBK"), *parts)

    on_time = line(where_units_stand(running, sop, BEGIN), "KBK")
    late = line(where_units_stand(running, sop, DUE + timedelta(minutes=1)), "KBK")

    assert on_time["tanda"] == ["selesai", "berjalan", "belum", "belum", "belum"]
    assert (on_time["keadaan"], on_time["batas"], on_time["lewat"]) == (
        "berjalan",
        DUE.isoformat(),
        False,
    )
    assert late["lewat"]


def test_what_came_back_with_a_note_is_marked_so(book: SopBook) -> None:
    sop = book.newest("PENGUMPULAN")
    returned = tugas("5", "KBK", "buka", due_at=DUE, round=2, note="Mohon dilengkapi.")
    former = (tugas("4", "KBK"), tugas("5", "KBK", "ulang"), tugas("6", "KBK", "ulang"))

    board = where_units_stand(perintah(sop, ("KBK",), *former, returned), sop, BEGIN)

    assert line(board, "KBK")["tanda"] == ["selesai", "kembali", "belum", "belum", "belum"]


def test_a_step_half_done_is_still_running(book: SopBook) -> None:
    sop = book.newest("PENGUMPULAN")
    half = perintah(sop, ("KBK",), tugas("1", None), tugas("2a", None))

    board = where_units_stand(half, sop, BEGIN)

    assert marks(board)["1 perintah"] == "selesai"
    assert marks(board)["2 format"] == "berjalan"
    assert line(board, "KBK")["keadaan"] == "menunggu"


def test_delivered_data_wait_for_their_receipt_and_then_count_as_received(
    book: SopBook,
) -> None:
    sop = book.newest("PENGUMPULAN")
    done = [tugas(act, unit) for unit in ("SEK", "KBK") for act in ("4", "5", "6", "7", "8")]
    receipts = (tugas("8t", "SEK"), tugas("8t", "KBK", "buka"))

    board = where_units_stand(perintah(sop, ("SEK", "KBK"), *done, *receipts), sop, BEGIN)

    assert line(board, "SEK")["tanda"] == ["selesai"] * 5
    assert line(board, "SEK")["keadaan"] == "diterima"
    assert line(board, "KBK")["keadaan"] == "masuk"
    assert (board["diterima"], board["dari_unit"]) == (1, 2)


def test_a_unit_still_to_take_its_findings_is_waited_for(book: SopBook) -> None:
    sop = book.newest("PERBAIKAN")

    board = where_units_stand(perintah(sop, ("KBK",), tugas("3t", "KBK", "buka")), sop, BEGIN)

    assert line(board, "KBK")["keadaan"] == "menunggu"
    assert line(board, "KBK")["tanda"][0] == "berjalan"


def test_an_objection_holds_the_unit_and_nobody_else(book: SopBook) -> None:
    sop = book.newest("PERBAIKAN")
    held = perintah(sop, ("KBK", "PPA"), tugas("3t", "KBK", "tahan"), tugas("3t", "PPA"))

    board = where_units_stand(held, sop, BEGIN)

    assert line(board, "KBK")["keadaan"] == "jeda"
    assert line(board, "KBK")["tanda"][0] == "jeda"
    assert line(board, "PPA")["tanda"][0] == "selesai"


def test_a_form_served_again_to_one_unit_shows_in_the_step_of_the_office(
    book: SopBook,
) -> None:
    sop = book.newest("PENGUMPULAN")
    again = tugas("3", "KBK", "buka", note="Satuan keliru.", due_at=DUE)

    board = where_units_stand(perintah(sop, ("KBK",), tugas("3", None), again), sop, BEGIN)

    assert marks(board)["3 sebar"] == "kembali"


def test_a_unit_left_behind_is_named_and_not_counted(book: SopBook) -> None:
    sop = book.newest("PENGUMPULAN")
    without = perintah(sop, ("SEK",))._replace(skipped={"PPR": "Data belum ada."})

    board = where_units_stand(without, sop, BEGIN)

    assert board["dilewati"] == ["PPR"]
    assert board["dari_unit"] == 1


def test_figures_appear_with_the_end_only(book: SopBook) -> None:
    sop = book.newest("PENGUMPULAN")
    lines = [
        {"figures": {"kode": "SEK", "mentah": "97.19", "kategori": "Sangat Tinggi"}},
        {"figures": {"kode": "DAL", "mentah": None, "kategori": ""}},
    ]
    rekap = Dokumen(1, "rekap", None, 1, {"isi": {"units": lines}}, "0" * 64, BEGIN)
    running = perintah(sop, ("SEK", "DAL", "KBK"))._replace(dokumen=(rekap,))

    before = where_units_stand(running, sop, BEGIN)
    after = where_units_stand(running._replace(status="selesai"), sop, BEGIN)

    assert line(before, "SEK")["capaian"] is None
    assert line(after, "SEK")["capaian"] == {"mentah": "97.19", "singkat": "ST"}
    assert line(after, "DAL")["capaian"] == {"mentah": None, "singkat": "-"}
    assert line(after, "KBK")["capaian"] is None


def test_a_finished_perintah_without_a_rekap_has_no_figures(book: SopBook) -> None:
    sop = book.newest("PERBAIKAN")
    ended = perintah(sop, ("KBK",))._replace(status="selesai")

    assert line(where_units_stand(ended, sop, BEGIN), "KBK")["capaian"] is None
