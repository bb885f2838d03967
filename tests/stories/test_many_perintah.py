"""Any number of perintah: tasks, morning lines, numbers and orders find the oldest one."""

from datetime import timedelta

import pytest

from bot.alerts import HEARTBEAT
from bot.deciding.morning import Morning
from bot.wording.wording import Wording
from flows.model.changes import Decision
from flows.model.commands import Digested
from flows.office.period import Period
from tests.bot.screen import seen
from tests.conftest import Stage
from tests.kantor import Kantor, Seen, wita
from tests.officials import KADIS

LATER = 60
WORDING = Wording()


def crowded(stage: Stage) -> Kantor:
    """001 runs; 60 later ones run too, of other periods, and one more is of a former year."""
    kantor = stage("working")
    first = kantor.perintah(1)._replace(tugas=(), bagian=(), data=(), temuan=(), dokumen=())
    former = first._replace(id=2, number=7, year=2024, period=Period(2024, 2), status="selesai")
    later = (
        first._replace(id=3 + n, number=2 + n, period=Period(2000 + n // 4, 1 + n % 4))
        for n in range(LATER)
    )
    with kantor.store.transaction() as tx:
        tx.apply(Decision(perintah=(former, *later)), "later", kantor.now)
    return kantor


def words(message: Seen) -> str:
    return seen(WORDING.say(message.key, message.args, message.rows).text)


def test_the_holder_finds_his_tasks_and_has_his_morning_line(stage: Stage) -> None:
    kantor = crowded(stage)
    kantor.say("Herlina", "/tugas")
    listed = words(kantor.last("Herlina"))
    kantor.now = wita(25, "07.45")
    kantor.do(Digested(kantor.people["Herlina"], "pagi"))

    assert "Tugas yang menunggu (1)" in listed
    assert "No. 001/2026, batas Rab 25 Nov 08.30" in listed
    assert words(kantor.last("Herlina")).startswith("Selamat pagi. Tugas hari ini (Rabu")


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("/status 1", "No. 001/2026"),
        ("/rekap 1", "Rekap No. 001/2026 belum tersedia."),
        ("/arsip 1", "Arsip perintah No. 001/2026 (belum selesai)."),
        ("/hentikan 1", "Perintah No. 001/2026 dihentikan."),
        ("/ubah 1", "Apa yang diubah pada perintah No. 001/2026?"),
        ("/status 7/2024", "No. 007/2024 · selesai"),
    ],
)
def test_a_perintah_is_found_by_its_number(stage: Stage, said: str, answered: str) -> None:
    kantor = crowded(stage)

    kantor.say(KADIS, said)

    assert words(kantor.last(KADIS)).startswith(answered)


def test_the_same_order_is_not_given_twice(stage: Stage) -> None:
    kantor = crowded(stage)
    kantor.say(KADIS, "/perintah pengumpulan TW III 2026")

    kantor.press(KADIS, "terbitkan")

    assert "sedang berjalan: No. 001/2026." in words(kantor.last(KADIS))


def test_an_outage_moves_the_limits_of_all_that_run(stage: Stage) -> None:
    kantor = crowded(stage)
    before = kantor.tugas(1, "7", "KBK").due_at
    with kantor.store.transaction() as tx:
        tx.office.set_meta(HEARTBEAT, kantor.now.isoformat())
    kantor.pass_minutes(60)

    Morning(kantor.store, kantor.setting).tick(kantor.now)

    after = kantor.tugas(1, "7", "KBK").due_at
    assert before is not None
    assert after == before + timedelta(hours=1)
