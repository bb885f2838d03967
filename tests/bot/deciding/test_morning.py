"""The morning's messages through the real bot: to many people they are spread over minutes."""

from datetime import UTC, datetime, timedelta

from bot.deciding.morning import DIGESTS_A_MINUTE, Morning
from bot.resources import Resources
from tests.bot.rooms import Street
from tests.bot.sending.test_dispatcher import sending, until_settled
from tests.storage.world import NOW, bind_to, keep, listed, perintah, tugas

HOW_MANY = 2 * DIGESTS_A_MINUTE + 5
# 15 minutes after the opening: 07.45 WITA.
DIGEST_AT = datetime(2026, 11, 24, 23, 45, tzinfo=UTC)


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
