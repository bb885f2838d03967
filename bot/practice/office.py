"""The office of /latihan: one unit of invented people, all played by one person."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from flows.forms.form import Indicator
from flows.model.addresses import GROUP as TO_GROUP
from flows.model.addresses import person_of, to_person
from flows.model.changes import BindGroup, BindPerson, Decision
from flows.model.events import Event
from flows.model.messages import Button
from flows.office.kantor import Office
from flows.office.people import Penugasan, Person
from storage.store import Store
from storage.transaction import Transaction

# Account ids that Telegram does not use: those of persons are larger, of groups negative.
GUIDE = 1
GROUP = -1
ACCOUNTS = 1000
ACTIVE = "latihan_peran"
SHIFT = "latihan_geser"
MEASURES = (
    ("Jumlah peserta pelatihan (contoh)", "orang", 0, (100, 200, 300, 400)),
    ("Persentase kelompok binaan yang aktif (contoh)", "%", 2, (20, 45, 70, 95)),
    ("Jumlah laporan tepat waktu (contoh)", "laporan", 0, (3, 6, 9, 12)),
    ("Persentase realisasi kegiatan (contoh)", "%", 2, (25, 50, 75, 100)),
)
NAMES = (
    ("Bapak", "Latifun Marada"),
    ("Ibu", "Salwa Rampai"),
    ("Ibu", "Noni Tandura"),
    ("Bapak", "Ridho Palimba"),
    ("Bapak", "Gilang Sorame"),
    ("Ibu", "Tiara Dolombo"),
    ("Bapak", "Hamzah Lindu"),
    ("Ibu", "Mega Paloloe"),
)


def small(office: Office) -> Office:
    """The real office's rules with one unit: the first whose head holds no other post."""
    special = {kode for role in office.roles.values() for kode in role.special}
    unit = next((u for u in office.units if u.kode not in special), office.units[0])
    return office.model_copy(update={"units": (unit,)})


def furnish(store: Store, office: Office, now: datetime, shift: timedelta) -> None:
    """Everybody invented, registered and in the group; the master list of the unit taken.

    Its clock is ahead of the real one by `shift`. All of it, or nothing.
    """
    with store.transaction() as tx:
        tx.people.take_staff(list(_staff(office)), now)
        for year in (now.year - 1, now.year):  # in January the period is last year's
            tx.people.take_indicators(year, _indicators(office), now)
        tx.people.make_invites(now)
        _register(tx, now)
        tx.office.set_meta(SHIFT, str(shift.total_seconds()))
        tx.office.set_meta(
            ACTIVE, to_person(min(person.id for person in tx.office.roster().people))
        )


def account_of(recipient: str) -> int:
    """The invented account behind "p3", "g" or "c1": the chat its messages go to."""
    person_id = person_of(recipient)
    if person_id is not None:
        return ACCOUNTS + person_id
    return GROUP if recipient == TO_GROUP else GUIDE


def played(store: Store, office: Office, now: datetime) -> dict[str, str]:
    """The roles to play, as recipient and role; first the one who gives the order."""
    with store.reading() as queries:
        roster = queries.office.roster()
    named = {to_person(person.id): roster.posts(person.id, now.date()) for person in roster.people}
    return {recipient: posts[0].jabatan for recipient, posts in named.items() if posts}


def roles_keyboard(roles: dict[str, str]) -> Iterator[tuple[Button, ...]]:
    yield (
        Button("latihan_jam", "latihan", "jam"),
        Button("latihan_tenggat", "latihan", "tenggat"),
        Button("latihan_hari", "latihan", "hari"),
    )
    yield from (
        (Button("latihan_peran", "latihan", recipient, label=f"Saya sebagai {jabatan}"),)
        for recipient, jabatan in roles.items()
    )
    yield (Button("latihan_selesai", "latihan", "selesai"),)


def _staff(office: Office) -> Iterator[tuple[Person, Penugasan]]:
    """One for each role that acts; who is named by another post or fills in is not invented."""
    unit = office.units[0].kode
    posts = [
        (key, role.label, unit if role.is_per_unit else None)
        for key, role in office.roles.items()
        if role.acts_in_sop
        and (role.limit is None or not role.fallback)
        and unit not in role.special
    ]
    for number, (key, label, of_unit) in enumerate(posts):
        sapaan, nama = NAMES[number % len(NAMES)]
        jabatan = f"{label} {of_unit}" if of_unit else label
        nip = f"19800101200501{number % 2 + 1}{number + 1:03d}"
        yield Person(0, nama, nip, "", sapaan), Penugasan(0, 0, key, of_unit, jabatan)


def _indicators(office: Office) -> list[Indicator]:
    """Four indicators of its own: the example's belong to units this office may not have."""
    unit = office.units[0].kode
    return [
        Indicator(
            kode=f"{unit}-{number:02d}",
            unit=unit,
            sasaran="Sasaran contoh untuk latihan",
            indikator=indikator,
            satuan=satuan,
            arah="+",
            frekuensi="triwulan",
            sifat="kumulatif",
            desimal=desimal,
            limits=(Decimal(0), Decimal(100)) if satuan == "%" else None,
            target_tahun=Decimal(last),
            targets=(Decimal(first), Decimal(second), Decimal(third), Decimal(last)),
        )
        for number, (indikator, satuan, desimal, (first, second, third, last)) in enumerate(
            MEASURES, 1
        )
    ]


def _register(tx: Transaction, now: datetime) -> None:
    bound = tuple(
        BindPerson(invite.person_id, *(account_of(to_person(invite.person_id)),) * 2, invite.id)
        for invite in tx.office.invites()
        if invite.person_id is not None
    )
    group = BindGroup(GROUP, None, "Grup latihan", can_pin=False)
    tx.apply(Decision(changes=(*bound, group), events=(Event("GroupBound"),)), "latihan", now)
