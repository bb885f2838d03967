"""Days and hours as officials say them, in every question for one; understood before it counts."""

from datetime import timedelta

import pytest

from tests.conftest import Stage
from tests.kantor import wita
from tests.officials import ADMIN, KADIS, meet
from tests.stories.test_meetings import read_buttons


@pytest.mark.parametrize(
    ("told", "understood"),
    [
        ("besok jam 3 sore", "Rabu, 25 November 2026 pukul 15.00"),
        ("lusa", "Kamis, 26 November 2026 pukul 16.00"),
        ("Jumat jam 10 pagi", "Jumat, 27 November 2026 pukul 10.00"),
        ("Senin depan", "Senin, 30 November 2026 pukul 16.00"),
    ],
)
def test_a_target_is_understood_as_it_is_said(stage: Stage, told: str, understood: str) -> None:
    kantor = stage("open")
    kantor.say(KADIS, "/perintah pengumpulan TW III 2026")
    kantor.press(KADIS, "ubah_isian")
    kantor.press(KADIS, "isian_tenggat")
    kantor.say(KADIS, told)

    assert understood in kantor.last(KADIS).text
    assert "Terbitkan" in read_buttons(kantor.last(KADIS))


@pytest.mark.parametrize("told", ["25-11-2026 s.d. 27-11-2026", "kemarin", "besok jam tiga"])
def test_a_target_that_is_no_moment_to_come_is_refused(stage: Stage, told: str) -> None:
    kantor = stage("open")
    kantor.say(KADIS, "/perintah pengumpulan TW III 2026")
    kantor.press(KADIS, "ubah_isian")
    kantor.press(KADIS, "isian_tenggat")
    kantor.say(KADIS, told)

    text = kantor.last(KADIS).text
    assert text.startswith(f"“{told}” bukan satu saat mendatang.")
    assert text.endswith("besok, atau Jumat jam 3 sore")


@pytest.mark.parametrize(
    ("told", "first", "last"),
    [
        ("25-11-2026 s.d. 27-11-2026", "Rab 25 Nov 2026", "Jum 27 Nov 2026"),
        ("besok sampai Jumat", "Rab 25 Nov 2026", "Jum 27 Nov 2026"),
    ],
)
def test_a_post_is_held_for_the_range_said(stage: Stage, told: str, first: str, last: str) -> None:
    kantor = stage("open")
    kantor.say(ADMIN, "/pejabat")
    kantor.press(ADMIN, "tetapkan_pejabat")
    kantor.press(ADMIN, "Kepala Dinas")
    kantor.say(ADMIN, "Ardin")
    kantor.press(ADMIN, "Plh.")
    kantor.say(ADMIN, told)
    kantor.say(ADMIN, "800/12/BKPSDM, 20 November 2026")

    assert first in kantor.last(ADMIN).text
    assert last in kantor.last(ADMIN).text


def test_a_request_for_more_time_tells_the_limit_understood(stage: Stage) -> None:
    kantor = stage("handed_out")
    kantor.now = wita(24, "09.10")
    meet(kantor, "DAL")
    kantor.say("Irma", "/perpanjangan")
    kantor.say("Irma", "Kamis jam 3 sore")

    assert kantor.last("Irma").text.startswith("Diminta sampai <b>Kam 26 Nov 15.00</b>.")


def test_the_examples_of_days_are_taken_on_any_day(stage: Stage) -> None:
    kantor = stage("open")
    kantor.now = wita(24, "09.00") + timedelta(days=400)
    kantor.say(ADMIN, "/libur")
    kantor.press(ADMIN, "ubah_libur")
    kantor.press(ADMIN, "tambah_libur")
    asked = kantor.question(ADMIN).text.split("Contoh: ")[1].split(", atau ")[0]
    kantor.say(ADMIN, "kemarin")
    again = kantor.last(ADMIN).text.split("Contoh: ")[1].split(",")[0]
    kantor.say(ADMIN, asked)

    assert (asked, again) == ("30-12-2027", "30-12-2027")
    assert kantor.question(ADMIN).key == "tanya_libur_nama"


@pytest.mark.parametrize(
    ("told", "answered"),
    [
        ("31-02-2026, 08.00-09.00, aula", "Tanggal “31-02-2026” tidak ada dalam kalender."),
        ("31 Februari, 08.00-09.00, aula", "Tanggal “31 Februari” tidak ada dalam kalender."),
        ("30-02, 08.00-09.00, aula", "Tanggal “30-02” tidak ada dalam kalender."),
        ("Jumat, 24-11-2026, 08.00-09.00", "Sel 24 Nov 2026 bukan hari Jumat."),
        ("24-11-2026, 08.00-25.00, aula", "“25.00” tidak ada; jam ditulis 00.00 sampai 23.59."),
        ("26-11-2026, 08.00-09.00, aula", "Kam 26 Nov 2026 belum tiba: rapat dicatat setelah"),
    ],
)
def test_a_meeting_on_a_day_that_cannot_be_is_refused_by_its_name(
    stage: Stage, told: str, answered: str
) -> None:
    kantor = stage("handed_out")
    kantor.pass_minutes(60)
    kantor.press("Herlina", "Catat rapat", kantor.task("Herlina", "tugas_rapat", "KBK"))
    kantor.say("Herlina", told)

    assert kantor.last("Herlina").text.startswith(answered)
    draft = kantor.draft("Herlina")
    assert draft is not None
    assert "waktu" not in draft.answers, "the question is still open"


@pytest.mark.parametrize("told", ["31-02-2026 15.00", "31 Februari", "30-02", "besok 25.00"])
def test_no_question_takes_a_day_or_an_hour_that_does_not_exist(stage: Stage, told: str) -> None:
    kantor = stage("handed_out")
    kantor.now = wita(24, "09.10")
    meet(kantor, "DAL")
    kantor.say("Irma", "/perpanjangan")
    kantor.say("Irma", told)
    kantor.say(KADIS, "/ubah 1")
    kantor.press(KADIS, "ubah_tenggat")
    kantor.say(KADIS, told)
    answers = [kantor.last("Irma").text, kantor.last(KADIS).text]
    kantor.press_data(ADMIN, 0, "menu:kgangguan:0")
    kantor.say(ADMIN, told)
    answers.append(kantor.last(ADMIN).text)
    kantor.press_data(ADMIN, 0, "menu:kubahlibur:0")
    kantor.press(ADMIN, "tambah_libur")
    kantor.say(ADMIN, told)
    answers.append(kantor.last(ADMIN).text)

    named = "“25.00” tidak ada;" if "25.00" in told else "tidak ada dalam kalender."
    assert all(named in answer for answer in answers), answers


def test_hours_and_minutes_are_added_to_one_span(stage: Stage) -> None:
    kantor = stage("handed_out")
    kantor.now = wita(24, "09.10")
    meet(kantor, "DAL")
    limit = kantor.tugas(1, "5", "DAL").due_at
    kantor.say("Irma", "/perpanjangan")
    kantor.say("Irma", "1 jam 15 menit")

    assert limit is not None
    until = (limit + timedelta(minutes=75)).astimezone(kantor.now.tzinfo)
    assert kantor.last("Irma").text.startswith(f"Diminta sampai <b>Rab 25 Nov {until:%H.%M}</b>.")


def test_a_superior_sees_what_his_words_mean_before_they_count(stage: Stage) -> None:
    kantor = stage("handed_out")
    kantor.now = wita(24, "09.10")
    meet(kantor, "DAL")
    kantor.say("Irma", "/perpanjangan")
    kantor.press("Irma", "tambah_hari")
    kantor.say("Irma", "Data balai belum terbit.")
    before = kantor.tugas(1, "5", "DAL").due_at
    kantor.press("Rusdin", "ubah_waktu")
    kantor.say("Rusdin", "1 jam 15 menit")
    asked = kantor.last("Rusdin")

    assert asked.text == (
        "“1 jam 15 menit”: batas menjadi <b>Rabu, 25 November 2026 pukul 10.55 WITA</b>."
        " Apakah diberikan?"
    )
    assert read_buttons(asked) == ["Beri perpanjangan", "Kembali", "Batal"]
    assert kantor.tugas(1, "5", "DAL").due_at == before
    kantor.press("Rusdin", "beri_perpanjangan", asked)
    assert kantor.tugas(1, "5", "DAL").due_at == wita(25, "10.55")


def test_a_target_before_the_standard_is_a_button(stage: Stage) -> None:
    kantor = stage("open")
    kantor.say(KADIS, "/perintah pengumpulan TW III 2026")
    kantor.press(KADIS, "ubah_isian")
    kantor.press(KADIS, "isian_tenggat")
    offered = [b for b in read_buttons(kantor.last(KADIS)) if b.startswith("Lebih cepat")]
    kantor.press(KADIS, "tenggat_lebih_cepat")

    assert offered == ["Lebih cepat: Kam 26 Nov 16.00", "Lebih cepat: Jum 27 Nov 16.30"]
    assert "Target: <b>Kamis, 26 November 2026 pukul 16.00" in kantor.last(KADIS).text


def test_days_off_are_added_as_a_range(stage: Stage) -> None:
    kantor = stage("open")
    kantor.say(ADMIN, "/libur")
    kantor.press(ADMIN, "ubah_libur")
    kantor.press(ADMIN, "tambah_libur")
    kantor.say(ADMIN, "27-11-2026 s.d. 30-11-2026")
    kantor.say(ADMIN, "HUT Kabupaten")
    kantor.say(ADMIN, "SE Bupati 800/15/2026")
    summary = kantor.last(ADMIN).text
    kantor.press(ADMIN, "simpan")
    kantor.say(ADMIN, "/libur")

    assert "Jum 27 Nov 2026 s.d. Sen 30 Nov 2026 (2 hari) HUT Kabupaten" in summary
    assert kantor.last(ADMIN).text.count("HUT Kabupaten") == 4, "in the year and as its own"
