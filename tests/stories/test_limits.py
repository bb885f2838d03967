"""No limit in the past: neither offered nor taken nor granted, be it pressed late."""

from datetime import timedelta

import pytest

from bot.wording.wording import Wording
from tests.bot.screen import seen
from tests.conftest import Stage
from tests.kantor import Kantor, Seen, wita
from tests.officials import KADIS, KASUBAG, ORDER
from tests.stories.test_time import REASON, filling

WORDING = Wording()


def words(message: Seen) -> str:
    return seen(WORDING.say(message.key, message.args, message.rows).text)


def labels(message: Seen) -> list[str]:
    markup = WORDING.say(message.key, message.args, message.rows).markup or []
    return [button["text"] for row in markup for button in row]


def escalated(stage: Stage) -> tuple[Kantor, Seen]:
    """Irma's part was due on the 25th at 09.40; her head is asked on the same afternoon."""
    kantor = filling(stage)
    kantor.wait_until(wita(25, "14.48"), step=15)
    kantor.press("Rusdin", "beri_perpanjangan", kantor.task("Rusdin", "eskalasi", "DAL"))
    return kantor, kantor.question("Rusdin")


def test_a_late_task_is_offered_time_from_now_on(stage: Stage) -> None:
    kantor, asked = escalated(stage)
    kantor.press("Rusdin", "tambah_menit", asked)

    assert "telah lewat; waktu dihitung dari sekarang" in words(asked)
    assert labels(asked) == [
        "60 menit kerja: Rab 25 Nov 15.48",
        "Setengah hari: Kam 26 Nov 10.03",
        "Satu hari kerja: Kam 26 Nov 14.48",
        "Besok 10.00",
        "Batal",
    ]
    granted = words(kantor.task("Irma", "hasil_perpanjangan"))
    assert "Batas berlaku: Rabu, 25 November 2026 pukul 15.48" in granted
    assert kantor.tugas(1, "5", "DAL").due_at == wita(25, "15.48")


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("90 menit", wita(26, "07.48")),
        ("1 jam", wita(25, "15.48")),
        ("besok 10.00", wita(26, "10.00")),
        ("26-11-2026 09.15", wita(26, "09.15")),
    ],
)
def test_what_is_typed_counts_from_now_on(stage: Stage, said: str, due: object) -> None:
    kantor, _ = escalated(stage)
    kantor.say("Rusdin", said)
    kantor.press("Rusdin", "beri_perpanjangan", kantor.last("Rusdin"))

    assert kantor.tugas(1, "5", "DAL").due_at == due


@pytest.mark.parametrize(
    "said", ["25-11-2026 14.30", "25-11-2026 20.00", "24-11-2026", "10.00", "0 menit", "1 jam 5"]
)
def test_no_moment_of_the_past_is_taken(stage: Stage, said: str) -> None:
    kantor, _ = escalated(stage)
    if said == "25-11-2026 20.00":
        kantor.now = wita(25, "16.30")
    with kantor.nothing_moves():
        kantor.say("Rusdin", said)

    assert words(kantor.last("Rusdin")) == (
        f"“{said}” bukan lama waktu dan bukan saat sesudah sekarang."
        " Contoh: 90 menit, 2 jam, 1 hari, besok 10.00, Jumat jam 3 sore"
    )


def test_a_choice_gives_what_it_says_or_is_offered_anew(stage: Stage) -> None:
    kantor, asked = escalated(stage)
    kantor.now = wita(26, "08.30")
    kantor.press("Rusdin", "tambah_menit", asked)
    again = kantor.question("Rusdin")
    kantor.press("Rusdin", "sampai_pagi", again)

    assert kantor.again("Rusdin", asked).id == again.id
    assert words(again).startswith("Rab 25 Nov 15.48 telah lewat")
    assert labels(again)[0] == "60 menit kerja: Kam 26 Nov 09.30"
    assert labels(again)[3] == "Besok 10.00"
    assert kantor.tugas(1, "5", "DAL").due_at == wita(27, "10.00")


def test_before_a_weekend_the_next_working_day_is_offered(stage: Stage) -> None:
    kantor = filling(stage)
    kantor.now = wita(27, "09.00")
    kantor.say("Irma", "/perpanjangan")

    assert labels(kantor.question("Irma"))[3] == "Senin 10.00"


def test_a_reason_given_too_late_asks_for_the_time_once_more(stage: Stage) -> None:
    kantor = filling(stage)
    kantor.say("Irma", "/perpanjangan")
    kantor.press("Irma", "tambah_menit")
    kantor.now = wita(25, "14.48")
    kantor.say("Irma", REASON)
    again = kantor.question("Irma")
    kantor.press("Irma", "tambah_menit", again)

    assert words(again).startswith("Rab 25 Nov 10.40 telah lewat")
    asked = words(kantor.task("Rusdin", "mohon_perpanjangan"))
    assert "Rab 25 Nov 09.40 → Rab 25 Nov 15.48" in asked
    assert REASON in asked


def test_a_wish_that_has_passed_is_not_granted(stage: Stage) -> None:
    kantor = filling(stage)
    kantor.say("Irma", "/perpanjangan")
    kantor.press("Irma", "tambah_menit")
    kantor.say("Irma", REASON)
    kantor.now = wita(25, "14.48")
    kantor.press("Rusdin", "setujui")
    again = kantor.question("Rusdin")
    kantor.press("Rusdin", "tambah_menit", again)

    assert words(again).startswith("Rab 25 Nov 10.40 telah lewat")
    assert "disetujui dengan perubahan oleh Kepala Bidang Dalduk" in words(
        kantor.task("Irma", "hasil_perpanjangan")
    )
    assert kantor.tugas(1, "5", "DAL").due_at == wita(25, "15.48")


def test_an_order_published_too_late_shows_its_new_target_first(stage: Stage) -> None:
    kantor = stage("open")
    kantor.say(KADIS, ORDER)
    shown = kantor.question(KADIS)
    kantor.now = wita(24, "08.00") + timedelta(days=30)
    kantor.press(KADIS, "terbitkan", shown)
    with kantor.store.reading() as queries:
        assert queries.orders.heads() == ()
    again = kantor.question(KADIS)
    kantor.press(KADIS, "terbitkan", again)

    assert "telah lewat. Mohon memeriksa target yang baru." in words(again)
    assert kantor.perintah(1).target_at > kantor.now


def test_a_target_of_an_order_may_pass_before_it_is_published(stage: Stage) -> None:
    kantor = stage("open")
    kantor.say(KADIS, ORDER)
    kantor.press(KADIS, "ubah_isian")
    kantor.press(KADIS, "isian_tenggat")
    kantor.say(KADIS, "besok 10.00")
    kantor.now = wita(26, "09.00")
    kantor.press(KADIS, "terbitkan")

    assert "Target Rab 25 Nov 10.00 telah lewat." in words(kantor.question(KADIS))
    kantor.press(KADIS, "terbitkan")
    assert kantor.perintah(1).target_at > kantor.now


def test_a_concept_taken_up_late_has_a_target_ahead(stage: Stage) -> None:
    kantor = stage("open")
    kantor.say(KASUBAG, ORDER)
    kantor.press(KASUBAG, "ubah_isian")
    kantor.press(KASUBAG, "isian_tenggat")
    kantor.say(KASUBAG, "25-11-2026 10.00")
    kantor.press(KASUBAG, "ajukan_konsep")
    kantor.now = wita(26, "09.00")
    kantor.press(KADIS, "lihat_konsep")

    assert "Target Rab 25 Nov 10.00 telah lewat." in words(kantor.question(KADIS))


def test_a_changed_target_that_passes_before_it_is_saved_is_asked_anew(stage: Stage) -> None:
    kantor = stage("ordered")
    before = kantor.perintah(1).target_at
    kantor.say(KADIS, "/ubah 1")
    kantor.press(KADIS, "ubah_tenggat")
    kantor.say(KADIS, "25-11-2026 10.00")
    kantor.now = before + timedelta(days=1)
    kantor.press(KADIS, "simpan")
    asked = words(kantor.question(KADIS))
    example = asked.split("Contoh: ")[1].split(",")[0]
    kantor.say(KADIS, example)
    kantor.press(KADIS, "simpan")

    assert asked.startswith("Rab 25 Nov 10.00 telah lewat")
    assert before < kantor.now < kantor.perintah(1).target_at


def test_a_correction_ordered_too_late_shows_its_new_target_first(stage: Stage) -> None:
    kantor = stage("closing")
    kantor.press(KADIS, "ada_kesalahan")
    kantor.say(KADIS, "PPA-06")
    kantor.say(KADIS, "Angka tidak sesuai laporan bidang.")
    shown = kantor.question(KADIS)
    kantor.now += timedelta(days=30)
    kantor.press(KADIS, "terbitkan", shown)
    again = kantor.question(KADIS)
    kantor.press(KADIS, "terbitkan", again)

    assert "telah lewat. Mohon memeriksa target yang baru." in words(again)
    assert kantor.perintah(2).target_at > kantor.now
