"""Lanjut tanpa unit: the Kasubag asks, the Sekretaris decides with a reason, the join goes on."""

from tests.conftest import Stage
from tests.kantor import Kantor
from tests.officials import (
    HEADS,
    KADIS,
    KASUBAG,
    SEKRETARIS,
    accept,
    begin,
    bring_in,
    close,
    fill,
    meet,
    put_forward,
    sign,
)

REASON = "Data ARG menunggu BPKAD sampai bulan depan."


def four_units_in(stage: Stage) -> Kantor:
    kantor = stage("handed_out")
    for unit in HEADS:
        if unit != "PPR":
            bring_in(kantor, 1, unit)
            accept(kantor, unit)
    return kantor


def ask(kantor: Kantor, name: str) -> None:
    kantor.press(name, "lanjut_tanpa")
    kantor.press(name, "PPR")
    kantor.say(name, REASON)
    kantor.press(name, "lanjut_tanpa", kantor.last(name))


def test_the_kasubag_only_asks(stage: Stage) -> None:
    kantor = four_units_in(stage)

    ask(kantor, KASUBAG)

    request = kantor.task(SEKRETARIS, "mohon_lanjut_tanpa")
    assert request.rings
    assert request.text == (
        "Yth. Bapak Sekretaris,\n"
        "Kasubag Perencanaan dan Evaluasi memohon keputusan agar perintah No. 001/2026 "
        f"dilanjutkan tanpa <b>PPR</b>.\nAlasan: “{REASON}”\n"
        "Rekap akan bertanda “tanpa PPR”: 31 dari 37 indikator. "
        "Selama belum diputuskan, data PPR tetap ditunggu."
    )
    assert kantor.perintah(1).units == tuple(HEADS)
    assert kantor.tugas(1, "4", "PPR").is_open


def test_the_sekretaris_decides_and_langkah_9_opens(stage: Stage) -> None:
    kantor = four_units_in(stage)
    ask(kantor, KASUBAG)

    ask(kantor, SEKRETARIS)

    perintah = kantor.perintah(1)
    assert perintah.skipped == {"PPR": REASON}
    assert kantor.tugas(1, "4", "PPR").state == "batal"
    assert kantor.task("Fadli", "unit_dilewati").args["alasan"] == REASON
    rekap = kantor.task(KASUBAG, "tugas_rekap")
    assert (rekap.args["angka"]["jumlah"], rekap.args["tanpa_unit"]) == (31, ["PPR"])
    paper = perintah.paper("rekap")
    assert paper is not None
    tables = {table["name"]: table["rows"] for table in paper.data["isi"]["tables"]}
    assert tuple(tables["Catatan"][0]) == ("PPR", "", "", "Rekap tanpa unit ini", REASON)
    close(kantor)
    sign(kantor)
    assert kantor.group[-1].args["tanpa_unit"] == ["PPR"]
    assert kantor.perintah(1).status == "selesai"


def test_what_the_unit_had_put_forward_is_not_in_the_rekap(stage: Stage) -> None:
    kantor = four_units_in(stage)
    meet(kantor, "PPR")
    fill(kantor, 1, "PPR")
    put_forward(kantor, "PPR")
    ask(kantor, KASUBAG)

    ask(kantor, SEKRETARIS)

    assert kantor.perintah(1).latest("PPR") is not None
    rekap = kantor.task(KASUBAG, "tugas_rekap")
    assert (rekap.args["angka"]["jumlah"], rekap.args["tanpa_unit"]) == (31, ["PPR"])
    assert "PPR" not in [unit["kode"] for unit in rekap.args["angka"]["unit"]]


def test_the_kepala_dinas_may_decide_from_a_request_too(stage: Stage) -> None:
    kantor = four_units_in(stage)
    ask(kantor, KASUBAG)
    request = kantor.task(SEKRETARIS, "mohon_lanjut_tanpa")

    kantor.press_data(KADIS, request.id, request.button("lanjut_tanpa").data)
    kantor.press(KADIS, "PPR")
    kantor.say(KADIS, REASON)
    kantor.press(KADIS, "lanjut_tanpa", kantor.last(KADIS))

    assert kantor.perintah(1).skipped == {"PPR": REASON}


def test_nobody_else_may_even_ask(stage: Stage) -> None:
    kantor = four_units_in(stage)
    board = kantor.task(KASUBAG, "papan_masuk")

    with kantor.nothing_moves():
        kantor.press_data("Herlina", board.id, board.button("lanjut_tanpa").data)

    assert kantor.toasts[-1][0] == "bukan_kewenangan"


def test_a_unit_that_has_come_in_meanwhile_is_not_left_behind(stage: Stage) -> None:
    kantor = four_units_in(stage)
    kantor.press(KASUBAG, "lanjut_tanpa")
    kantor.press(KASUBAG, "PPR")
    kantor.say(KASUBAG, REASON)
    question = kantor.last(KASUBAG)
    bring_in(kantor, 1, "PPR")
    accept(kantor, "PPR")

    decision = kantor.press(KASUBAG, "lanjut_tanpa", question)

    assert decision.is_refused
    assert kantor.last(KASUBAG).key == "semua_unit_masuk"
    assert kantor.perintah(1).skipped == {}


def test_with_every_unit_in_there_is_nothing_to_go_on_without(stage: Stage) -> None:
    kantor = four_units_in(stage)
    button = kantor.task(KASUBAG, "papan_masuk").button("lanjut_tanpa")
    board = kantor.task(KASUBAG, "papan_masuk")
    bring_in(kantor, 1, "PPR")
    accept(kantor, "PPR")

    with kantor.nothing_moves():
        kantor.press_data(KASUBAG, board.id, button.data)

    assert kantor.toasts[-1][0] == "semua_unit_masuk"


def test_the_request_stays_with_the_sekretaris_until_he_answers(stage: Stage) -> None:
    kantor = four_units_in(stage)
    ask(kantor, KASUBAG)

    begin(kantor, SEKRETARIS, "lanjut_tanpa", kantor.task(SEKRETARIS, "mohon_lanjut_tanpa"))

    assert set(kantor.perintah(1).skipped) == {"PPR"}
