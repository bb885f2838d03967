"""Kembali in dialogs of several questions: to the question before, by button or by word."""

import pytest

from tests.conftest import Stage
from tests.kantor import Kantor, wita
from tests.officials import ADMIN, KADIS, meet
from tests.stories.test_meetings import read_buttons

BACK = "Kembali"


def back_to(kantor: Kantor, name: str, *, by_word: bool) -> str:
    """The question that Kembali leads to, as it is read."""
    assert BACK in read_buttons(kantor.last(name))
    if by_word:
        kantor.say(name, "kembali")
    else:
        kantor.press(name, "kembali", kantor.last(name))
    return kantor.last(name).text


@pytest.mark.parametrize("by_word", [False, True])
def test_a_hindrance_goes_back(stage: Stage, by_word: bool) -> None:
    kantor = stage("handed_out")
    kantor.now = wita(24, "09.10")
    meet(kantor, "DAL")
    kantor.say("Irma", "/kendala")
    first = kantor.last("Irma").text
    assert BACK not in read_buttons(kantor.last("Irma"))
    kantor.press("Irma", "kendala_data")
    second = kantor.last("Irma").text
    kantor.say("Irma", "Data balai belum terbit.")

    assert back_to(kantor, "Irma", by_word=by_word) == second
    assert back_to(kantor, "Irma", by_word=by_word) == first
    kantor.press("Irma", "kendala_jaringan")
    kantor.say("Irma", "Jaringan kantor terputus.")
    kantor.press("Irma", "pihak_luar")
    assert "Jaringan kantor terputus." in kantor.task("Rusdin", "kendala_disampaikan").text


def test_a_request_for_more_time_goes_back(stage: Stage) -> None:
    kantor = stage("handed_out")
    kantor.now = wita(24, "09.10")
    meet(kantor, "DAL")
    kantor.say("Irma", "/perpanjangan")
    first = kantor.last("Irma").text
    kantor.say("Irma", "2 hari")

    assert back_to(kantor, "Irma", by_word=False) == first
    kantor.say("Irma", "1 hari")
    assert kantor.last("Irma").text.startswith("Diminta sampai <b>Kam 26 Nov 09.40</b>.")


def test_an_appointment_goes_back_from_its_summary(stage: Stage) -> None:
    kantor = stage("open")
    kantor.say(ADMIN, "/pejabat")
    kantor.press(ADMIN, "tetapkan_pejabat")
    kantor.press(ADMIN, "Kepala Dinas")
    kantor.say(ADMIN, "Ardin")
    kantor.press(ADMIN, "Plh.")
    kantor.say(ADMIN, "25-11-2026 s.d. 27-11-2026")
    kantor.say(ADMIN, "800/12/BKPSDM, 20 November 2026")
    asked = [back_to(kantor, ADMIN, by_word=False).split(" Contoh")[0] for _ in range(4)]

    assert asked[0].startswith("Mohon menuliskan nomor dan tanggal surat perintah.")
    assert asked[1] == "Mohon menuliskan tanggal mulai."
    assert asked[2].startswith("Plh. (berhalangan sementara)")
    assert asked[3] == "Mohon memilih pejabatnya, atau mengetik namanya."
    kantor.say(ADMIN, "Nurdiana")
    kantor.press(ADMIN, "Plh.")
    kantor.say(ADMIN, "besok sampai Jumat")
    kantor.say(ADMIN, "800/12/BKPSDM, 20 November 2026")
    assert "Nurdiana" in kantor.last(ADMIN).text
    assert "mulai Rab 25 Nov 2026 s.d. Jum 27 Nov 2026" in kantor.last(ADMIN).text


def test_a_day_off_goes_back(stage: Stage) -> None:
    kantor = stage("open")
    kantor.say(ADMIN, "/libur")
    kantor.press(ADMIN, "ubah_libur")
    kantor.press(ADMIN, "tambah_libur")
    kantor.say(ADMIN, "besok")
    kantor.say(ADMIN, "HUT Kabupaten")

    assert "nama harinya" in back_to(kantor, ADMIN, by_word=True)
    assert "tanggal" in back_to(kantor, ADMIN, by_word=True)


def test_findings_go_back_to_the_rows_and_the_unit(stage: Stage) -> None:
    kantor = stage("closing")
    kantor.press(KADIS, "ada_kesalahan")
    kantor.press(KADIS, "KBK")
    rows = kantor.last(KADIS).text
    kantor.say(KADIS, "KBK-01")
    assert "KBK-01" in kantor.last(KADIS).text

    assert back_to(kantor, KADIS, by_word=False) == rows
    kantor.say(KADIS, "KBK-02")
    kantor.say(KADIS, "Angka berbeda dari laporan balai.")
    assert "KBK-02" in kantor.last(KADIS).text
    assert "KBK-01" not in kantor.last(KADIS).text


def test_an_objection_goes_back(stage: Stage) -> None:
    kantor = stage("coordinated")
    task = kantor.task("Nurdiana", "tugas_terima", "PPA")
    kantor.press("Nurdiana", "sanggah", task)
    first = kantor.last("Nurdiana").text
    kantor.say("Nurdiana", "PPA-06")

    assert back_to(kantor, "Nurdiana", by_word=True) == first
