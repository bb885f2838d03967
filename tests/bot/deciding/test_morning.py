"""The morning's messages through the real bot: to many people they are spread over minutes."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import col, select, update

from bot.alerts import HEARTBEAT
from bot.deciding.morning import DAY, DIGESTS_A_MINUTE, Morning
from bot.operations.admin import open_store
from bot.resources import Resources
from storage.rows.tables import OutboxRow, PerintahRow, TugasRow
from tests.bot.rooms import Street
from tests.bot.sending.test_dispatcher import sending, until_settled
from tests.faults.test_store import cripple
from tests.storage.world import NOW, bind_to, keep, listed, perintah, tugas

HOW_MANY = 2 * DIGESTS_A_MINUTE + 5
# 15 minutes after the opening: 07.45 WITA.
DIGEST_AT = datetime(2026, 11, 24, 23, 45, tzinfo=UTC)
OPENING = DIGEST_AT - timedelta(minutes=15)


def busy_people(resources: Resources, street: Street) -> list[int]:
    """Each has something to do; gives their accounts."""
    rows = [listed(f"Pegawai {n}", f"{n:018}", "pelaksana", "DAL") for n in range(1, HOW_MANY + 1)]
    with resources.store.transaction() as tx:
        tx.people.take_staff(rows, NOW)
    with resources.store.reading() as queries:
        ids = [person.id for person in queries.office.roster().people]
    accounts = {id: street.person() for id in ids}
    bind_to(resources.store, accounts)
    tasks = (tugas(id, act="5", role="pelaksana", unit="DAL", person_id=id) for id in ids)
    keep(resources.store, perintah(tugas=tuple(tasks)))
    return list(accounts.values())


def told(street: Street, people: list[int]) -> int:
    """How many have their day's line."""
    return sum(any("Tugas" in m["text"] for m in street.messages(person)) for person in people)


async def test_the_digest_to_many_is_spread_over_minutes(
    resources: Resources, street: Street
) -> None:
    people = busy_people(resources, street)
    morning = Morning(resources.store, resources.setting)
    counts = []

    async with sending(resources):
        for minute in range(4):
            for second in (0, 1, 59):
                morning.tick(DIGEST_AT + timedelta(minutes=minute, seconds=second))
            resources.signals.send.ring()
            await until_settled(resources)
            counts.append(told(street, people))

    assert counts == [DIGESTS_A_MINUTE, 2 * DIGESTS_A_MINUTE, HOW_MANY, HOW_MANY]
    assert [len(street.messages(person)) for person in people] == [1] * HOW_MANY


async def test_a_store_that_fails_for_a_while_costs_neither_outage_nor_opening(
    resources: Resources,
) -> None:
    with resources.store.transaction() as tx:
        tx.office.set_meta(HEARTBEAT, (DIGEST_AT - timedelta(hours=30)).isoformat())
    morning = Morning(resources.store, resources.setting)

    heal = cripple(resources, "PRAGMA query_only=ON")
    for _ in range(2):
        with pytest.raises(OperationalError, match="readonly"):
            morning.tick(DIGEST_AT)
    heal()
    morning.tick(DIGEST_AT)

    with resources.store.reading() as queries:
        assert queries.office.meta(HEARTBEAT) == DIGEST_AT.isoformat()
        assert queries.office.meta(DAY) == "2026-11-25"


async def test_a_day_is_opened_once_the_store_takes_it(resources: Resources) -> None:
    morning = Morning(resources.store, resources.setting)
    morning.tick(DIGEST_AT - timedelta(hours=1))

    heal = cripple(resources, "PRAGMA query_only=ON")
    with pytest.raises(OperationalError, match="readonly"):
        morning.tick(DIGEST_AT)
    heal()
    morning.tick(DIGEST_AT)

    with resources.store.reading() as queries:
        assert queries.office.meta(DAY) == "2026-11-25"


async def test_a_restart_on_the_way_tells_nobody_twice(
    resources: Resources, street: Street
) -> None:
    people = busy_people(resources, street)

    async with sending(resources):
        for minute in range(4):
            Morning(resources.store, resources.setting).tick(DIGEST_AT + timedelta(minutes=minute))
            resources.signals.send.ring()
            await until_settled(resources)

    assert [len(street.messages(person)) for person in people] == [1] * HOW_MANY


def a_line_each(resources: Resources, count: int) -> list[int]:
    """Persons with something to do, without Telegram; gives their ids."""
    rows = [listed(f"Pegawai {n}", f"{n:018}", "pelaksana", "DAL") for n in range(1, count + 1)]
    rows.append(listed("Ibu Admin", None, "admin", None))
    with resources.store.transaction() as tx:
        tx.people.take_staff(rows, NOW)
    with resources.store.reading() as queries:
        ids = [person.id for person in queries.office.roster().people]
    bind_to(resources.store, {id: 1000 + id for id in ids})
    clock = {"minutes": 450, "clock_from": OPENING - timedelta(hours=23)}
    due = {**clock, "due_at": DIGEST_AT + timedelta(hours=9)}
    tasks = (
        tugas(id, act="5", role="pelaksana", unit="DAL", person_id=id, **due) for id in ids[:-1]
    )
    keep(resources.store, perintah(tugas=tuple(tasks)))
    return ids[:-1]


def waiting(resources: Resources, key: str) -> list[str]:
    """The recipients of what waits to be sent with that key."""
    with resources.store.reading() as queries:
        rows = queries._unit.session.exec(select(OutboxRow).order_by(col(OutboxRow.id))).all()
        return [row.recipient for row in rows if row.body.get("key") == key]


def spoil(resources: Resources, act: str) -> None:
    """An act that no SOP has makes every digest fail; the former one makes them succeed."""
    with resources.store.transaction() as tx:
        tx._unit.session.exec(update(TugasRow).values(act=act))


def test_a_digest_that_failed_is_sent_later(resources: Resources) -> None:
    people = a_line_each(resources, 2)
    morning = Morning(resources.store, resources.setting)
    morning.tick(OPENING)
    spoil(resources, "tak-ada")
    morning.tick(DIGEST_AT)
    before = waiting(resources, "ringkasan_pagi")
    spoil(resources, "5")

    for minute in (0, 1, 2):
        morning.tick(DIGEST_AT + timedelta(minutes=minute, seconds=30))

    assert (before, waiting(resources, "ringkasan_pagi")) == ([], [f"p{id}" for id in people])


def test_the_admin_is_told_of_a_digest_that_fails_five_times(resources: Resources) -> None:
    a_line_each(resources, 1)
    morning = Morning(resources.store, resources.setting)
    morning.tick(OPENING)
    spoil(resources, "tak-ada")

    told = []
    for minute in range(20):
        morning.tick(DIGEST_AT + timedelta(minutes=minute))
        told.append(len(waiting(resources, "gangguan_admin")))

    assert told == [0] * 10 + [1] * 10
    with resources.store.reading() as queries:
        assert queries.office.meta("day_digested") == "2026-11-25"


def test_a_day_whose_opening_failed_is_opened_later(resources: Resources) -> None:
    a_line_each(resources, 1)
    morning = Morning(resources.store, resources.setting)
    opened = []
    for minute, act in ((0, "tak-ada"), (2, "5"), (3, "5")):
        spoil(resources, act)
        opened.append(morning.tick(OPENING + timedelta(minutes=minute)))

    assert opened == [False, True, False]


def test_an_outage_whose_counting_failed_is_counted_later(resources: Resources) -> None:
    people = a_line_each(resources, 1)
    with resources.store.transaction() as tx:
        tx.office.set_meta(HEARTBEAT, (OPENING - timedelta(hours=10)).isoformat())
    rename_sop(resources, "TIADA")
    began = OPENING + timedelta(minutes=20)
    started_anew(resources, began)
    before = waiting(resources, "batas_bergeser")
    with resources.store.transaction() as tx:
        tx.office.set_meta(HEARTBEAT, began.isoformat())
    rename_sop(resources, "PENGUMPULAN")

    started_anew(resources, began + timedelta(minutes=1))

    with resources.store.reading() as queries:
        [downtime] = queries.office.downtimes()
    assert (before, waiting(resources, "batas_bergeser")) == ([], [f"p{id}" for id in people])
    assert (downtime.end, downtime.is_counted) == (began, True)


def rename_sop(resources: Resources, code: str) -> None:
    with resources.store.transaction() as tx:
        tx._unit.session.exec(update(PerintahRow).values(sop=code))


def started_anew(resources: Resources, moment: datetime) -> None:
    """The first tick of a process, which has read nothing before."""
    store = open_store(resources.settings)
    Morning(store, resources.setting).tick(moment)
    store.close()
