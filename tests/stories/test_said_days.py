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
    asked = kantor.question(ADMIN).text.split("Contoh: ")[1]
    kantor.say(ADMIN, "kemarin")
    again = kantor.last(ADMIN).text.split("Contoh: ")[1].split(",")[0]
    kantor.say(ADMIN, asked)

    assert (asked, again) == ("30-12-2027", "30-12-2027")
    assert kantor.question(ADMIN).key == "tanya_libur_nama"
