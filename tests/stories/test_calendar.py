"""The office's calendar at work: Ramadan and Idulfitri, mornings, a bot that was down."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bot.config import holidays_around
from bot.morning import Morning
from bot.office import HEARTBEAT
from flows.commands import DayBegan
from tests.conftest import Stage
from tests.kantor import WITA, Kantor, wita
from tests.officials import KADIS, KASUBAG, forward, hand_out, meet


def march(day: int, clock: str) -> datetime:
    hour, minute = clock.split(".")
    return datetime(2026, 3, day, int(hour), int(minute), tzinfo=WITA)


def test_an_order_of_a_ramadan_friday_crosses_idulfitri(tmp_path: Path) -> None:
    kantor = Kantor.open(tmp_path, now=march(13, "15.20"))
    calendar = kantor.setting.office.calendar(holidays_around(2026))
    kantor.setting = replace(kantor.setting, calendar=calendar)
    kantor.say(KADIS, "/perintah pengumpulan TW I 2026")
    kantor.press(KADIS, "terbitkan")
    first = kantor.tugas(1, "2a").due_at
    kantor.now = march(16, "08.10")
    forward(kantor)
    hand_out(kantor)
    kantor.now = march(17, "09.00")
    meet(kantor, "DAL")
    quiet = len(kantor.chat("Irma"))
    kantor.wait_until(march(24, "23.00"), step=60)

    assert first == march(16, "08.20"), "ten minutes on Friday, twenty on Monday"
    assert kantor.tugas(1, "5", "DAL").due_at == march(25, "10.00")
    assert len(kantor.chat("Irma")) == quiet + 1, "the half was on the day itself"
    kantor.close()


def test_a_bot_down_from_thursday_to_monday_tells_once_and_moves_the_limits(stage: Stage) -> None:
    kantor = stage("handed_out")
    kantor.now = wita(26, "14.30")
    meet(kantor, "DAL")
    meet(kantor, "KBK")
    before = kantor.tugas(1, "5", "DAL").due_at
    with kantor.store.transaction() as tx:
        tx.set_meta(HEARTBEAT, wita(26, "15.00").isoformat())
    seen = {name: len(kantor.chat(name)) for name in kantor.people}
    kantor.now = wita(30, "09.00")
    morning = Morning(kantor.store, kantor.setting)
    morning.tick(kantor.now)
    morning.tick(kantor.now)
    kantor.tick()
    kantor.do(DayBegan("noon"))

    assert before == wita(27, "15.30")
    after = kantor.tugas(1, "5", "DAL").due_at
    assert after is not None
    assert kantor.setting.calendar.used(wita(30, "09.00"), after) == 450
    for name in ("Irma", "Rusdin", "Wahyuni"):
        new = [s.key for s in kantor.chat(name)[seen[name] :]]
        assert new.count("batas_bergeser") <= 1
        assert "lewat_batas" not in new
        assert "pengingat" not in new
    [word] = [s for s in kantor.chat("Irma") if s.key == "batas_bergeser"]
    assert (word.args["menit"], word.rings) == (600, False)


def test_every_morning_one_digest_a_person_and_only_once(stage: Stage) -> None:
    kantor = stage("handed_out")
    meet(kantor, "DAL")
    morning = Morning(kantor.store, kantor.setting)
    morning.tick(wita(24, "09.30"))
    kantor.now = wita(25, "07.44")
    early = morning.tick(kantor.now)
    kantor.now = wita(25, "07.46")
    said = morning.tick(kantor.now)
    again = morning.tick(kantor.now)
    kantor.tick()
    kantor.do(DayBegan("x"))

    assert (early, said, again) == (True, True, False)
    digests = [s for s in kantor.chat("Irma") if s.key == "ringkasan_pagi"]
    assert len([s for s in digests if s.args["tanggal"].startswith("2026-11-2")]) == len(digests)
    assert not any(s.rings for s in digests)


def test_after_a_quarter_the_next_order_is_one_tap_away(stage: Stage) -> None:
    kantor = stage("open")
    kantor.now = datetime(2027, 1, 1, 7, 30, tzinfo=WITA)
    kantor.do(DayBegan("q"))
    line = kantor.task(KADIS, "akhir_triwulan")
    kantor.press(KADIS, "siapkan_perintah", line)

    assert kantor.task(KASUBAG, "akhir_triwulan")
    assert kantor.before_him(KADIS).key == "ringkasan_perintah"
    assert kantor.before_him(KADIS).args["periode"] == "TW IV 2026"


def test_an_unknown_cuti_bersama_is_warned_of_from_october_on(stage: Stage) -> None:
    kantor = stage("open")
    kantor.do(DayBegan("a"))
    kantor.do(DayBegan("b"))

    assert len([s for s in kantor.chat("Rizal") if s.key == "kalender_belum"]) == 1
