"""An edit after a paraf or signature voids it, and everyone concerned sees that it did."""

from tests.conftest import Stage
from tests.officials import (
    KADIS,
    KASUBAG,
    SEKRETARIS,
    SENTENCE,
    accept,
    bring_in,
    close,
    find_wrong,
    sign,
)
from tests.stories.test_without_a_unit import ask, four_units_in


def test_a_return_voids_the_paraf_and_the_next_cards_say_so(stage: Stage) -> None:
    kantor = stage("collected")
    kantor.press(KASUBAG, "Ajukan")
    kantor.press(KASUBAG, "Paraf")
    kantor.pass_minutes(5)
    kantor.press(SEKRETARIS, "Kembalikan", kantor.task(SEKRETARIS, "tugas_paraf"))
    kantor.say(SEKRETARIS, SENTENCE)
    kantor.press(SEKRETARIS, "Kembalikan", kantor.last(SEKRETARIS))

    again = kantor.task(KASUBAG, "tugas_rekap")
    kantor.press(KASUBAG, "tambah_analisis", again)
    kantor.say(KASUBAG, SENTENCE)
    close(kantor)
    letter = kantor.task(KADIS, "tugas_tanda_tangan")
    sign(kantor)

    void = [(line["peran"], line["versi"], line["oleh"]) for line in again.args["paraf_gugur"]]
    assert void == [("Kasubag Perencanaan dan Evaluasi", 1, "Sekretaris")]
    assert letter.args["paraf_gugur"] == again.args["paraf_gugur"]
    paper = kantor.perintah(1).paper("rekap")
    assert paper is not None
    assert paper.version == 2
    given = [line["jabatan"] for line in paper.data["pengesahan"]["paraf"]]
    assert given == ["Kasubag Perencanaan dan Evaluasi", "Sekretaris"], "each once, and anew"


def test_a_new_round_tells_whoever_gave_his_paraf_without_a_sound(stage: Stage) -> None:
    kantor = stage("before_signing")

    find_wrong(kantor, "PPA-06")

    told = kantor.task(SEKRETARIS, "paraf_gugur")
    assert (told.args["versi"], told.args["jenis"], told.rings) == (2, "paraf", False)


def test_a_late_unit_voids_what_was_given_to_the_rekap_without_it(stage: Stage) -> None:
    kantor = four_units_in(stage)
    ask(kantor, KASUBAG)
    ask(kantor, SEKRETARIS)
    close(kantor)
    kantor.pass_minutes(5)

    kantor.say(KADIS, "/ubah 1")
    kantor.press(KADIS, "ubah_unit")
    kantor.press(KADIS, "PPR")
    kantor.press(KADIS, "simpan", kantor.last(KADIS))

    assert kantor.task(KASUBAG, "paraf_gugur").args["versi"] == 1
    assert kantor.task(SEKRETARIS, "paraf_gugur").args["versi"] == 1
    assert [t.act for t in kantor.perintah(1).open_tugas] == ["4"]
    bring_in(kantor, 1, "PPR")
    accept(kantor, "PPR")
    close(kantor)
    sign(kantor)
    paper = kantor.perintah(1).paper("rekap")
    assert paper is not None
    assert (paper.version, paper.data["isi"]["dinas"]["jumlah"]) == (2, 37)
