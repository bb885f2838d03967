"""The record of a unit's meeting: what its dialog offers, changes and refuses."""

from tests import worded
from tests.conftest import Stage
from tests.kantor import Kantor, Seen, wita
from tests.officials import SENTENCE, take_findings

HEAD = "Herlina"


def read_buttons(seen: Seen) -> list[str]:
    """The labels as the person reads them."""
    keyboard = worded.words().say(seen.key, seen.args, seen.rows).markup
    return [button["text"] for row in keyboard or () for button in row]


def begun(stage: Stage) -> Kantor:
    kantor = stage("handed_out")
    kantor.now = wita(24, "09.30")
    kantor.press(HEAD, "Catat rapat", kantor.task(HEAD, "tugas_rapat", "KBK"))
    return kantor


def summary(kantor: Kantor) -> Seen:
    kantor.press(HEAD, "rapat_hari_ini")
    kantor.press(HEAD, "lanjut")
    kantor.press(HEAD, "bagi_rata")
    kantor.say(HEAD, SENTENCE)
    return kantor.last(HEAD)


def test_every_field_of_a_meeting_can_be_changed(stage: Stage) -> None:
    kantor = begun(stage)
    shared = summary(kantor).text
    kantor.press(HEAD, "ubah_isian")
    fields = read_buttons(kantor.last(HEAD))
    kantor.press(HEAD, "isian_bagian")
    asked = read_buttons(kantor.last(HEAD))
    kantor.press(HEAD, "semua_ke")
    kantor.press(HEAD, "ubah_isian")
    kantor.press(HEAD, "isian_hasil")
    kantor.say(HEAD, "Data September diambil dari laporan balai.")
    changed = kantor.last(HEAD).text

    assert fields == ["Waktu dan tempat", "Peserta", "Pembagian", "Hasil", "Kembali"]
    assert "Kembali" in asked
    assert "Dedi" in shared
    assert "Wahyuni" in changed
    assert "KBK-01 s.d. KBK-09" in changed
    assert "Hasil: “Data September diambil dari laporan balai.”" in changed
    assert SENTENCE not in changed


def test_rows_chosen_by_hand_are_chosen_again_with_another_distribution(stage: Stage) -> None:
    kantor = begun(stage)
    summary(kantor)
    for codes in ("KBK-01 KBK-02", "KBK-03"):
        kantor.press(HEAD, "ubah_isian")
        kantor.press(HEAD, "isian_bagian")
        kantor.press(HEAD, "pilih_sendiri")
        assert kantor.question(HEAD).text.splitlines()[1].startswith("Baris untuk Dedi")
        kantor.say(HEAD, codes)

    assert "Dedi Salangga: KBK-03" in kantor.last(HEAD).text


def test_each_question_of_a_meeting_leads_back_to_the_one_before(stage: Stage) -> None:
    kantor = begun(stage)
    first = read_buttons(kantor.question(HEAD))
    kantor.press(HEAD, "rapat_hari_ini")
    kantor.press(HEAD, "lanjut")
    kantor.press(HEAD, "pilih_sendiri")
    kantor.say(HEAD, "KBK-01")
    asked = []
    for _ in range(5):
        seen = kantor.question(HEAD)
        asked.append(seen.text.splitlines()[-1])
        if "kembali" in seen.labels:
            kantor.press(HEAD, "kembali", seen)

    assert "Kembali" not in first
    assert [line.split()[0] for line in asked] == [
        "Mohon",
        "Baris",
        "Pembagian",
        "Peserta",
        "Waktu",
    ]
    assert "Ringkasan rapat KBK" in summary(kantor).text


def test_a_correction_s_meeting_has_its_own_fields(stage: Stage) -> None:
    kantor = stage("coordinated")
    take_findings(kantor, "PPA")
    kantor.pass_minutes(30)
    kantor.press("Nurdiana", "Catat rapat", kantor.task("Nurdiana", "tugas_rapat", "PPA"))
    kantor.press("Nurdiana", "rapat_hari_ini")
    kantor.press("Nurdiana", "lanjut")
    kantor.say("Nurdiana", "Rekap DP3A/KUA s.d. 30 September")
    kantor.press("Nurdiana", "ubah_isian")
    fields = read_buttons(kantor.last("Nurdiana"))
    kantor.press("Nurdiana", "isian_bukti")
    kantor.say("Nurdiana", "Register UPTD bulan September")

    assert fields == ["Waktu dan tempat", "Peserta", "Bukti", "Kembali"]
    assert "Bukti yang sah: “Register UPTD bulan September”" in kantor.last("Nurdiana").text


def offered(kantor: Kantor) -> str:
    kantor.press(HEAD, "Catat rapat", kantor.task(HEAD, "tugas_rapat", "KBK"))
    return read_buttons(kantor.question(HEAD))[0]


def test_the_last_half_hour_is_offered_as_the_time_of_the_meeting(stage: Stage) -> None:
    kantor = begun(stage)
    label = read_buttons(kantor.question(HEAD))[0]
    kantor.pass_minutes(20)
    told = summary(kantor).text
    kantor.say(HEAD, "Batal")
    kantor.now = wita(25, "07.50")

    assert label == "Hari ini 09.00-09.30, ruang rapat"
    assert "24-11-2026, 09.00-09.30, ruang rapat" in told, "what the button said, pressed later"
    assert offered(kantor) == "Hari ini 07.30-07.50, ruang rapat", "not before the office opened"


def test_before_the_office_opens_no_time_is_offered(stage: Stage) -> None:
    kantor = stage("handed_out")
    kantor.now = wita(25, "07.10")

    assert offered(kantor) == "Batal"


def test_a_meeting_of_a_few_minutes_is_asked_about(stage: Stage) -> None:
    kantor = stage("handed_out")
    kantor.now = kantor.tugas(1, "4", "KBK").opened_at.astimezone(kantor.now.tzinfo)
    kantor.pass_minutes(6)
    offered(kantor)
    kantor.press(HEAD, "rapat_hari_ini")
    asked = kantor.question(HEAD)
    kantor.press(HEAD, "ubah_waktu_rapat")
    again = kantor.question(HEAD).text
    kantor.press(HEAD, "rapat_hari_ini")
    kantor.press(HEAD, "benar")

    assert asked.text.endswith("Rapat 6 menit, benar?")
    assert read_buttons(asked)[0] == "Benar"
    assert "Waktu dan tempat?" in again
    assert kantor.question(HEAD).text.endswith("Peserta rapat?")


def test_a_meeting_not_yet_held_is_refused(stage: Stage) -> None:
    kantor = begun(stage)
    refused = []
    for told in ("24-11-2026, 09.20-09.40, aula", "besok jam 8 sampai 9", "09.20-09.10, aula"):
        kantor.say(HEAD, told)
        refused.append(kantor.last(HEAD).text)
    kantor.say(HEAD, "tadi jam 8 sampai setengah 9 di ruang bidang")
    kantor.press(HEAD, "lanjut")
    kantor.press(HEAD, "bagi_rata")
    kantor.say(HEAD, SENTENCE)

    assert all("waktu selesai rapat harus sudah lewat" in text for text in refused[::2])
    assert refused[1].startswith("Rab 25 Nov 2026 belum tiba: rapat dicatat setelah selesai")
    assert "24-11-2026, 08.00-08.30, ruang bidang" in kantor.last(HEAD).text


def test_notulen_are_not_corrected_to_a_time_to_come(stage: Stage) -> None:
    kantor = begun(stage)
    kantor.press(HEAD, "Catat rapat", summary(kantor))
    kantor.say(HEAD, "/notulen 1")
    shown = kantor.last(HEAD)
    kantor.say(HEAD, "waktu: 24-11-2026, 09.00-11.00, aula", reply_to=shown)

    assert "waktu selesai rapat harus sudah lewat" in kantor.last(HEAD).text
    paper = kantor.perintah(1).paper("notulen", "KBK")
    assert paper is not None
    assert paper.data["isi"]["waktu"] == "09.00-09.30"


def test_the_example_of_a_meeting_is_one_that_is_taken(stage: Stage) -> None:
    kantor = stage("handed_out")
    kantor.now = wita(24, "07.45")
    kantor.press(HEAD, "Catat rapat", kantor.task(HEAD, "tugas_rapat", "KBK"))
    asked = kantor.question(HEAD).text
    kantor.say(HEAD, "besok 08.00-09.00, ruang rapat")
    refused = kantor.last(HEAD).text
    kantor.say(HEAD, asked.split("Contoh: ")[1])
    kantor.press(HEAD, "lanjut")

    assert refused.split("Contoh: ")[1] == asked.split("Contoh: ")[1]
    assert "23-11-2026, 08.30-08.55, ruang bidang" in str(kantor.draft(HEAD))
