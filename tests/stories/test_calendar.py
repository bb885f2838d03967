"""The office's calendar at work: Ramadan and Idulfitri, mornings, a bot that was down."""

from datetime import datetime, timedelta
from pathlib import Path

from bot.alerts import HEARTBEAT
from bot.deciding.morning import Morning
from bot.runtime.config import holidays_around
from flows.model.commands import DayBegan
from tests.conftest import Stage
from tests.kantor import WITA, Kantor, wita
from tests.officials import (
    ADMIN,
    KADIS,
    KASUBAG,
    UNITS,
    accept,
    approve,
    conclude,
    fill,
    forward,
    hand_out,
    meet,
    put_forward,
)


def march(day: int, clock: str) -> datetime:
    hour, minute = clock.split(".")
    return datetime(2026, 3, day, int(hour), int(minute), tzinfo=WITA)


def test_an_order_of_a_ramadan_friday_crosses_idulfitri(tmp_path: Path) -> None:
    kantor = Kantor.open(tmp_path, now=march(13, "15.20"))
    calendar = kantor.setting.office.calendar(holidays_around(2026))
    kantor.setting = kantor.setting._replace(calendar=calendar)
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

    kantor.now = march(25, "09.00")
    fill(kantor, 1, "DAL")
    put_forward(kantor, "DAL")
    approve(kantor, "DAL")
    accept(kantor, "DAL")
    conclude(kantor, [unit for unit in UNITS if unit != "DAL"])

    assert kantor.perintah(1).status == "selesai"
    part = kantor.tugas(1, "5", "DAL")
    assert part.finished_at is not None
    assert part.due_at is not None
    assert part.finished_at < part.due_at, "a week of Idulfitri is nobody's delay"
    kantor.close()


def test_a_bot_down_from_thursday_to_monday_tells_once_and_moves_the_limits(stage: Stage) -> None:
    kantor = stage("handed_out")
    kantor.now = wita(26, "14.30")
    meet(kantor, "DAL")
    meet(kantor, "KBK")
    before = kantor.tugas(1, "5", "DAL").due_at
    with kantor.store.transaction() as tx:
        tx.office.set_meta(HEARTBEAT, wita(26, "15.00").isoformat())
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


def declare(kantor: Kantor, begin: str, end: str) -> None:
    """Nyatakan gangguan, from the button beneath /sehat to its last question."""
    kantor.press_data(ADMIN, 0, "menu:kgangguan:0")
    kantor.say(ADMIN, begin)
    kantor.say(ADMIN, end)
    kantor.say(ADMIN, "Listrik kantor padam.")


def test_the_admin_declares_an_outage_and_every_open_limit_moves(stage: Stage) -> None:
    kantor = stage("handed_out")
    meet(kantor, "DAL")
    kantor.now = wita(24, "14.00")
    meet(kantor, "KBK")
    before = {unit: kantor.tugas(1, "5", unit).due_at for unit in ("DAL", "KBK")}
    declare(kantor, "24-11-2026 10.00", "24-11-2026 10.50")
    summary = kantor.before_him(ADMIN)
    kantor.press(ADMIN, "nyatakan_gangguan")
    morning = Morning(kantor.store, kantor.setting)
    morning.tick(kantor.now)
    morning.tick(kantor.now)
    kantor.tick()

    assert (summary.args["menit"], summary.args["tugas"]) == (50, 1)
    after = {unit: kantor.tugas(1, "5", unit).due_at for unit in before}
    assert after["DAL"] == before["DAL"] + timedelta(minutes=50)
    assert after["KBK"] == before["KBK"], "what was opened afterwards has lost nothing"
    [word] = [s for s in kantor.chat("Irma") if s.key == "batas_bergeser"]
    assert (word.rings, word.args["alasan"]) == (False, "Listrik kantor padam.")
    shown = kantor.task("Irma", "tugas_isi", "DAL")
    assert shown.args["batas"] == after["DAL"].isoformat(), "the task itself shows the new limit"


def test_an_outage_that_cannot_have_been_is_named_and_not_taken(stage: Stage) -> None:
    kantor = stage("handed_out")
    kantor.now = wita(24, "14.00")
    with kantor.nothing_moves():
        kantor.press_data(KASUBAG, 0, "menu:kgangguan:0")
    assert kantor.last(KASUBAG).key == "bukan_kewenangan"
    declare(kantor, "24-11-2026 10.00", "24-11-2026 10.50")
    kantor.press(ADMIN, "nyatakan_gangguan")
    declare(kantor, "24-11-2026 10.30", "24-11-2026 11.00")
    overlapping = kantor.press(ADMIN, "nyatakan_gangguan")
    assert (overlapping.is_refused, kantor.last(ADMIN).key) == (True, "gangguan_tumpang_tindih")
    declare(kantor, "24-11-2026 18.00", "24-11-2026 12.00")
    assert kantor.last(ADMIN).key == "gangguan_keliru", "a start that is yet to come"
    kantor.say(ADMIN, "24-11-2026 12.00")
    for wrong in ("24-11-2026 11.30", "24-11-2026 18.00", "tadi siang"):
        kantor.say(ADMIN, wrong)
        assert kantor.last(ADMIN).key == "gangguan_keliru"
    kantor.say(ADMIN, "24-11-2026 12.30")
    kantor.say(ADMIN, "Listrik kantor padam.")
    during_lunch = kantor.press(ADMIN, "nyatakan_gangguan")

    assert (during_lunch.is_refused, kantor.last(ADMIN).key) == (True, "gangguan_tanpa_jam_kerja")


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
