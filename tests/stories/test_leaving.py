"""Batal: the question ends, and the message in which it was asked is back with its buttons."""

from tests.conftest import Stage
from tests.kantor import Kantor, wita
from tests.officials import KADIS, KASUBAG, meet


def filling(stage: Stage) -> Kantor:
    kantor = stage("handed_out")
    kantor.now = wita(24, "09.10")
    meet(kantor, "DAL")
    return kantor


def test_an_escalation_stays_when_its_question_is_left(stage: Stage) -> None:
    kantor = filling(stage)
    kantor.wait_until(wita(25, "11.00"), step=15)
    told = kantor.task("Rusdin", "eskalasi", "DAL")
    for button in ("beri_perpanjangan", "alihkan_tugas"):
        kantor.press("Rusdin", button, kantor.again("Rusdin", told))
        assert kantor.again("Rusdin", told).text != told.text
        kantor.press("Rusdin", "batal", kantor.again("Rusdin", told))
        back = kantor.again("Rusdin", told)
        assert (back.text, back.labels) == (told.text, told.labels)
    kantor.press("Rusdin", "ingatkan", kantor.again("Rusdin", told))

    assert kantor.task("Irma", "diingatkan").text.startswith("Yth. Ibu Irma")


def test_words_leave_it_as_well(stage: Stage) -> None:
    kantor = filling(stage)
    kantor.wait_until(wita(25, "11.00"), step=15)
    told = kantor.task("Rusdin", "eskalasi", "DAL")
    kantor.press("Rusdin", "beri_perpanjangan", told)
    kantor.say("Rusdin", "/batal")

    back = kantor.again("Rusdin", told)
    assert (back.text, back.labels) == (told.text, told.labels)
    assert kantor.last("Rusdin").text == "Dibatalkan. Tidak ada yang berubah."


def test_a_request_stays_when_its_question_is_left(stage: Stage) -> None:
    kantor = filling(stage)
    kantor.say("Irma", "/perpanjangan")
    kantor.press("Irma", "tambah_hari")
    kantor.say("Irma", "Laporan 4 kecamatan baru masuk pagi ini.")
    asked = kantor.task("Rusdin", "mohon_perpanjangan")
    for button in ("ubah_waktu", "tolak"):
        kantor.press("Rusdin", button, kantor.again("Rusdin", asked))
        kantor.press("Rusdin", "batal", kantor.again("Rusdin", asked))
        back = kantor.again("Rusdin", asked)
        assert (back.text, back.labels) == (asked.text, asked.labels)
    kantor.press("Rusdin", "setujui", kantor.again("Rusdin", asked))

    assert "<b>disetujui</b>" in kantor.task("Irma", "hasil_perpanjangan").text


def test_a_reminder_stays_when_its_question_is_left(stage: Stage) -> None:
    kantor = filling(stage)
    kantor.wait_until(wita(25, "09.00"))
    reminded = kantor.task("Irma", "pengingat")
    kantor.press("Irma", "minta_perpanjangan", reminded)
    kantor.press("Irma", "batal", kantor.again("Irma", reminded))

    back = kantor.again("Irma", reminded)
    assert (back.text, back.labels) == (reminded.text, reminded.labels)


def test_a_concept_stays_until_it_is_issued_or_refused(stage: Stage) -> None:
    kantor = stage("open")
    kantor.say(KASUBAG, "/perintah pengumpulan TW III 2026 segera: Agar lengkap dengan bukti.")
    kantor.press(KASUBAG, "ajukan_konsep")
    concept = kantor.task(KADIS, "konsep_perintah")
    for _ in range(2):
        kantor.press(KADIS, "lihat_konsep", kantor.again(KADIS, concept))
        kantor.press(KADIS, "batal", kantor.again(KADIS, concept))
        back = kantor.again(KADIS, concept)
        assert (back.text, back.labels) == (concept.text, concept.labels)
    kantor.press(KADIS, "lihat_konsep", back)
    kantor.press(KADIS, "terbitkan", kantor.again(KADIS, concept))

    assert kantor.perintah(1).sifat == "Segera"
    kantor.press_data(KADIS, concept.id, concept.button("tolak").data)
    assert kantor.toasts[-1][0] == "permohonan_selesai"


def test_a_concept_left_can_still_be_refused(stage: Stage) -> None:
    kantor = stage("open")
    kantor.say(KASUBAG, "/perintah pengumpulan TW III 2026 segera: Agar lengkap dengan bukti.")
    kantor.press(KASUBAG, "ajukan_konsep")
    kantor.press(KADIS, "lihat_konsep")
    kantor.press(KADIS, "batal")
    kantor.press(KADIS, "tolak", kantor.task(KADIS, "konsep_perintah"))

    assert kantor.last(KASUBAG).text == (
        "↩ Konsep perintah dari Ibu Yusnita Bakari tidak digunakan atas keputusan Kepala Dinas."
    )
