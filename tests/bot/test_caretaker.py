"""The house keeps itself in order, and tells the administrator in time and not too often."""

import shutil
from collections import namedtuple
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.alerts import raise_alarm, tell_admins
from bot.operations import maintenance as module
from bot.operations.maintenance import Caretaker
from bot.resources import House
from storage.maintenance.rotation import backups
from tests.bot.rooms import bound
from tests.bot.test_office import arrive

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


class Wall:
    """A clock the test moves, in place of the house's own."""

    def __init__(self, now: datetime) -> None:
        self.time = now

    def now(self) -> datetime:
        return self.time


def at(house: House, monkeypatch: pytest.MonkeyPatch, now: datetime = NOW) -> Wall:
    wall = Wall(now)
    monkeypatch.setattr(house.clock, "now", wall.now)
    return wall


def said(house: House) -> list[tuple[str, str]]:
    """Recipient and key of what waits to be said, which is then sent."""
    found = []
    with house.store.transaction() as tx:
        while parcels := tx.claim(100, frozenset(), NOW + timedelta(days=400)):
            for parcel in parcels:
                found.append((parcel.to, parcel.body["key"]))
                tx.delivered(parcel, NOW, message_id=len(found))
    return found


async def test_once_a_day_a_backup_is_made(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    wall = at(house, monkeypatch)
    caretaker = Caretaker(house)

    for hours in (0, 1, 8, 24, 25):
        wall.time = NOW + timedelta(hours=hours)
        await caretaker.round()

    made = [path.name for path in backups(house.settings.data_dir / "backups")]
    assert made == ["sigap-20261124-0900.tar.gz", "sigap-20261125-0900.tar.gz"]


async def test_a_new_backup_makes_room_as_kantor_yaml_says(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(house, monkeypatch)
    folder = house.settings.data_dir / "backups"
    folder.mkdir()
    for day in range(1, 24):
        (folder / f"sigap-202611{day:02}-0730.tar.gz").touch()

    await Caretaker(house).round()

    # The days from the 18th on, the Sundays before, the month's last.
    left = [path.name[12:14] for path in backups(folder)]
    assert left == ["08", "15", "18", "19", "20", "21", "22", "23", "24"]


async def test_a_stored_file_that_is_damaged_is_told(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = bound(house, 70)
    at(house, monkeypatch)
    house.store.files.path(house.store.files.keep(b"rekap")).write_bytes(b"rusak")

    await Caretaker(house).round()

    assert (admin, "gangguan_berkas") in said(house)


async def test_bodies_of_updates_are_kept_ninety_days(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    wall = at(house, monkeypatch)
    arrive(house, 1, text="lama")
    with house.store.transaction() as tx:
        tx.finish(1, NOW)
    kept = []
    for days in (89, 91):
        wall.time = NOW + timedelta(days=days)
        await Caretaker(house).round()
        with house.store.reading() as queries:
            kept.append(bool(queries.pending("done", 9)[0].raw))

    assert kept == [True, False]


async def test_before_the_hour_there_is_none(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(house, monkeypatch, NOW.replace(hour=23) - timedelta(days=1))  # 07.00 WITA

    await Caretaker(house).round()

    assert backups(house.settings.data_dir / "backups") == []


async def test_a_failing_backup_is_told_once_an_hour_and_tried_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin, wall = bound(house, 70), at(house, monkeypatch)
    blocked = house.settings.data_dir / "backups"
    blocked.write_text("no folder")
    caretaker = Caretaker(house)

    for minutes in (0, 20, 40, 70):
        wall.time = NOW + timedelta(minutes=minutes)
        await caretaker.round()
    told = said(house)
    blocked.unlink()
    wall.time = NOW + timedelta(minutes=140)
    await caretaker.round()

    assert told == [(admin, "gangguan_cadangan")] * 2
    assert len(backups(blocked)) == 1


async def test_a_full_disk_is_told(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    admin = bound(house, 70)
    at(house, monkeypatch)
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(100, 93, 7))

    await Caretaker(house).round()

    assert (admin, "gangguan_disk") in said(house)


@pytest.mark.parametrize(("seconds", "is_told"), [(-300.0, True), (90.0, False)])
async def test_a_clock_far_from_telegrams_is_told(
    house: House, monkeypatch: pytest.MonkeyPatch, seconds: float, is_told: bool
) -> None:
    admin = bound(house, 70)
    at(house, monkeypatch)
    house.skew.seconds = seconds

    await Caretaker(house).round()

    assert ((admin, "gangguan_jam") in said(house)) == is_told


async def test_what_is_put_aside_is_told_at_once_and_the_rest_together_after_an_hour(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    bound(house, 70)
    wall = at(house, monkeypatch)
    caretaker = Caretaker(house)
    for number in (1, 2, 3):
        arrive(house, number, text="x")
        park(house, number)
    await caretaker.round()
    first = said(house)
    wall.time = NOW + timedelta(minutes=61)
    await caretaker.round()
    second = said(house)
    wall.time = NOW + timedelta(minutes=125)
    await caretaker.round()

    assert [key for _, key in first].count("gangguan_admin") == 1
    assert [key for _, key in second].count("gangguan_admin") == 1
    assert [key for _, key in said(house)].count("gangguan_admin") == 0


def park(house: House, item_id: int) -> None:
    with house.store.transaction() as tx:
        for _ in range(5):
            tx.postpone(item_id, "fault", NOW)
        tell_admins(tx, f"i{item_id}", NOW)


async def test_an_alarm_is_not_held_back_by_a_clock_set_back(house: House) -> None:
    bound(house, 70)
    with house.store.transaction() as tx:
        later = raise_alarm(tx, "gangguan_disk", {"persen": 5}, NOW + timedelta(days=300))
        now = raise_alarm(tx, "gangguan_disk", {"persen": 5}, NOW)

    assert (later, now) == (True, True)


@pytest.mark.parametrize(("hours", "is_told"), [(22, False), (24, True)])
async def test_a_gap_longer_than_telegrams_memory_is_told(
    house: House, monkeypatch: pytest.MonkeyPatch, hours: int, is_told: bool
) -> None:
    admin = bound(house, 70)
    at(house, monkeypatch)

    Caretaker(house, NOW - timedelta(hours=hours))._greet()
    Caretaker(house, NOW - timedelta(hours=hours))._greet()

    assert said(house) == ([(admin, "jeda_panjang")] if is_told else [])


async def test_after_a_restore_people_are_told_once(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = bound(house, 70)
    at(house, monkeypatch)
    with house.store.transaction() as tx:
        tx.set_meta("restored", '{"made_at": "2026-11-23T01:00:00+00:00"}')

    Caretaker(house, NOW - timedelta(hours=2))._greet()
    Caretaker(house, NOW)._greet()

    assert said(house) == [(admin, "dipulihkan")]


async def test_a_duty_that_fails_keeps_no_other(
    house: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    at(house, monkeypatch)

    def broken(_: Path) -> float:
        raise OSError("no such disk")

    monkeypatch.setattr(module, "free_share", broken)
    await Caretaker(house).round()

    assert len(backups(house.settings.data_dir / "backups")) == 1
