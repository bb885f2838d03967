"""Maintenance runs by itself, and alerts the administrator in time and not too often."""

import shutil
from collections import namedtuple
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.alerts import raise_alarm, tell_admins
from bot.operations import maintenance as module
from bot.operations.maintenance import Maintenance
from bot.resources import Resources
from bot.wording.wording import Wording
from storage.maintenance.backup import backups
from storage.queues.inbox import ATTEMPTS
from tests.bot.deciding.test_decider import arrive
from tests.bot.rooms import bound

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


class Wall:
    """A clock the test moves, in place of the house's own."""

    def __init__(self, now: datetime) -> None:
        self.time = now

    def now(self) -> datetime:
        return self.time


def at(resources: Resources, monkeypatch: pytest.MonkeyPatch, now: datetime = NOW) -> Wall:
    wall = Wall(now)
    monkeypatch.setattr(resources.clock, "now", wall.now)
    return wall


def said(resources: Resources) -> list[tuple[str, str]]:
    """Recipient and key of what waits to be said, which is then sent."""
    found = []
    with resources.store.transaction() as tx:
        while items := tx.outbox.claim(100, frozenset(), NOW + timedelta(days=400)):
            for item in items:
                found.append((item.to, item.body["key"]))
                tx.outbox.delivered(item, NOW, message_id=len(found))
    return found


async def test_once_a_day_a_backup_is_made(
    resources: Resources, monkeypatch: pytest.MonkeyPatch
) -> None:
    wall = at(resources, monkeypatch)
    maintenance = Maintenance(resources)

    for hours in (0, 1, 8, 24, 25):
        wall.time = NOW + timedelta(hours=hours)
        await maintenance.round()

    made = [path.name for path in backups(resources.settings.data_dir / "backups")]
    assert made == ["sigap-20261124-0900.tar.gz", "sigap-20261125-0900.tar.gz"]


async def test_a_new_backup_makes_room_as_kantor_yaml_says(
    resources: Resources, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(resources, monkeypatch)
    folder = resources.settings.data_dir / "backups"
    folder.mkdir()
    for day in range(1, 24):
        (folder / f"sigap-202611{day:02}-0730.tar.gz").touch()

    await Maintenance(resources).round()

    # The days from the 18th on, the Sundays before, the month's last.
    left = [path.name[12:14] for path in backups(folder)]
    assert left == ["08", "15", "18", "19", "20", "21", "22", "23", "24"]


async def test_a_stored_file_that_is_damaged_is_told(
    resources: Resources, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = bound(resources, 70)
    at(resources, monkeypatch)
    resources.store.files.path(resources.store.files.keep(b"rekap")).write_bytes(b"rusak")

    await Maintenance(resources).round()

    assert (admin, "gangguan_berkas") in said(resources)


async def test_bodies_of_updates_are_kept_ninety_days(
    resources: Resources, monkeypatch: pytest.MonkeyPatch
) -> None:
    wall = at(resources, monkeypatch)
    arrive(resources, 1, text="lama")
    with resources.store.transaction() as tx:
        tx.inbox.finish(1, NOW)
    kept = []
    for days in (89, 91):
        wall.time = NOW + timedelta(days=days)
        await Maintenance(resources).round()
        with resources.store.reading() as queries:
            kept.append(bool(queries.inbox.pending("done", 9)[0].raw))

    assert kept == [True, False]


async def test_before_the_hour_there_is_none(
    resources: Resources, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(resources, monkeypatch, NOW.replace(hour=23) - timedelta(days=1))  # 07.00 WITA

    await Maintenance(resources).round()

    assert backups(resources.settings.data_dir / "backups") == []


async def test_a_failing_backup_is_told_once_an_hour_and_tried_again(
    resources: Resources, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin, wall = bound(resources, 70), at(resources, monkeypatch)
    blocked = resources.settings.data_dir / "backups"
    blocked.write_text("no folder")
    maintenance = Maintenance(resources)

    for minutes in (0, 20, 40, 70):
        wall.time = NOW + timedelta(minutes=minutes)
        await maintenance.round()
    told = said(resources)
    blocked.unlink()
    wall.time = NOW + timedelta(minutes=140)
    await maintenance.round()

    assert told == [(admin, "gangguan_cadangan")] * 2
    assert len(backups(blocked)) == 1


async def test_a_full_disk_is_told(resources: Resources, monkeypatch: pytest.MonkeyPatch) -> None:
    admin = bound(resources, 70)
    at(resources, monkeypatch)
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(100, 93, 7))

    await Maintenance(resources).round()

    assert (admin, "gangguan_disk") in said(resources)


@pytest.mark.parametrize(("seconds", "is_told"), [(-300.0, True), (90.0, False)])
async def test_a_clock_far_from_telegrams_is_told(
    resources: Resources, monkeypatch: pytest.MonkeyPatch, seconds: float, is_told: bool
) -> None:
    admin = bound(resources, 70)
    at(resources, monkeypatch)
    resources.skew.seconds = seconds

    await Maintenance(resources).round()

    assert ((admin, "gangguan_jam") in said(resources)) == is_told


async def test_what_is_put_aside_is_told_at_once_and_the_rest_together_after_an_hour(
    resources: Resources, monkeypatch: pytest.MonkeyPatch
) -> None:
    bound(resources, 70)
    wall = at(resources, monkeypatch)
    maintenance = Maintenance(resources)
    for number in (1, 2, 3):
        arrive(resources, number, text="x")
        park(resources, number)
    await maintenance.round()
    first = said(resources)
    wall.time = NOW + timedelta(minutes=61)
    await maintenance.round()
    second = said(resources)
    wall.time = NOW + timedelta(minutes=125)
    await maintenance.round()

    assert [key for _, key in first].count("gangguan_admin") == 1
    assert [key for _, key in second].count("gangguan_admin") == 1
    assert [key for _, key in said(resources)].count("gangguan_admin") == 0


def park(resources: Resources, item_id: int) -> None:
    with resources.store.transaction() as tx:
        for _ in range(5):
            tx.inbox.postpone(item_id, "fault", NOW)
        tell_admins(tx, f"i{item_id}", NOW)


async def test_an_alarm_is_not_held_back_by_a_clock_set_back(resources: Resources) -> None:
    bound(resources, 70)
    with resources.store.transaction() as tx:
        later = raise_alarm(tx, "gangguan_disk", {"persen": 5}, NOW + timedelta(days=300))
        now = raise_alarm(tx, "gangguan_disk", {"persen": 5}, NOW)

    assert (later, now) == (True, True)


@pytest.mark.parametrize(("hours", "is_told"), [(22, False), (24, True)])
async def test_a_gap_longer_than_telegrams_memory_is_told(
    resources: Resources, monkeypatch: pytest.MonkeyPatch, hours: int, is_told: bool
) -> None:
    admin = bound(resources, 70)
    at(resources, monkeypatch)

    greet(resources, NOW - timedelta(hours=hours))
    greet(resources, NOW - timedelta(hours=hours))

    assert said(resources) == ([(admin, "jeda_panjang")] if is_told else [])


async def test_after_a_restore_people_are_told_once(
    resources: Resources, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = bound(resources, 70)
    at(resources, monkeypatch)
    with resources.store.transaction() as tx:
        tx.office.set_meta("restored", '{"made_at": "2026-11-23T01:00:00+00:00"}')

    greet(resources, NOW - timedelta(hours=2))
    greet(resources, NOW)

    assert said(resources) == [(admin, "dipulihkan")]


async def test_a_duty_that_fails_keeps_no_other(
    resources: Resources, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    at(resources, monkeypatch)

    def broken(_: Path) -> float:
        raise OSError("no such disk")

    monkeypatch.setattr(module, "free_share", broken)
    await Maintenance(resources).round()

    assert len(backups(resources.settings.data_dir / "backups")) == 1


def greet(resources: Resources, beat: datetime) -> None:
    with resources.store.transaction() as tx:
        Maintenance(resources, beat)._greet(tx)


async def test_any_number_of_parked_items_is_told(
    resources: Resources, monkeypatch: pytest.MonkeyPatch
) -> None:
    bound(resources, 70)
    at(resources, monkeypatch)
    for number in range(1, 31):
        arrive(resources, number, text="rusak")
    with resources.store.transaction() as tx:
        for item in tx.inbox.pending("ready", 100):
            for _ in range(ATTEMPTS):
                tx.inbox.postpone(item.id, "fault", NOW)

    await Maintenance(resources).round()

    with resources.store.transaction() as tx:
        [alert] = tx.outbox.claim(100, frozenset(), NOW + timedelta(days=1))
    words = Wording().say(alert.body["key"], alert.body["args"]).text
    assert "(kode i30, i29, i28, i27, i26, i25, i24, i23, i22, i21 … dan 20 lainnya)" in words
