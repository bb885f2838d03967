"""Writes of people and posts: staff list, indicators, invitation codes."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import and_, col, delete, func, or_, select, union, update

from flows.forms.form import Indicator
from flows.model.addresses import to_chat, to_person
from flows.model.changes import TakeIndicators
from flows.model.events import Event, EventName
from flows.office.people import Penugasan, Person, Roster
from storage.reading.office import Office
from storage.record.proofs import FORGOTTEN
from storage.record.unit import Part, UnitOfWork
from storage.rows.mapping import fields_of, filled
from storage.rows.notation import code_hash
from storage.rows.office_tables import PaperCopyRow, WrongCodeRow
from storage.rows.tables import (
    DraftRow,
    GroupRow,
    InboxRow,
    InviteRow,
    OutboxRow,
    PenugasanRow,
    PerintahRow,
    PersonRow,
    SlotRow,
)
from storage.writing import changes

# Crockford's base 32: no I, L, O, U, so that a code can be read out on the telephone.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 10
CODE_LIFE = timedelta(days=14)
DAY = timedelta(days=1)
ENDED = ("done", "parked")
CLOSED = ("selesai", "batal")


@dataclass(frozen=True, slots=True)
class StaffDiff:
    """The persons and posts that a staff list has changed."""

    joined: tuple[Person, ...] = ()
    corrected: tuple[Person, ...] = ()
    posts_given: tuple[Penugasan, ...] = ()
    posts_corrected: tuple[Penugasan, ...] = ()
    posts_ended: tuple[Penugasan, ...] = ()

    @property
    def is_empty(self) -> bool:
        return self == StaffDiff()


DIFFERENCES = tuple(field.name for field in fields(StaffDiff))


class People(Part):
    def __init__(self, unit: UnitOfWork, office: Office) -> None:
        super().__init__(unit)
        self._office = office

    def take_staff(self, rows: Sequence[tuple[Person, Penugasan]], now: datetime) -> StaffDiff:
        """`rows`: one pair per row of the list; ids are ignored. Persons are matched by NIP, or
        without one by name; a listed post that is missing from the list ends."""
        before = self._office.roster()
        kept = {self._take_post(self._take_person(person), post) for person, post in rows}
        ended = self._end_posts(kept, now.date())
        diff = _difference(before, self._office.roster(), ended)
        if not diff.is_empty:
            ids = {name: [value.id for value in getattr(diff, name)] for name in DIFFERENCES}
            self._note("StaffTaken", now, **ids)
        return diff

    def take_indicators(
        self, year: int, indicators: Sequence[Indicator], now: datetime
    ) -> tuple[str, ...]:
        """Replaces the year's master list; returns the kode that are new, changed or gone."""
        former = {indicator.kode: indicator for indicator in self._office.indicators(year)}
        wanted = {indicator.kode: indicator for indicator in indicators}
        is_reordered = tuple(former) != tuple(wanted)
        changed = tuple(
            kode for kode in {**former, **wanted} if former.get(kode) != wanted.get(kode)
        )
        if changed or is_reordered:
            changes.make(self._session, TakeIndicators(year, tuple(wanted.values())), now)
            self._note("IndicatorsTaken", now, year=year, codes=changed)
        return changed

    def make_invites(
        self, now: datetime, only: frozenset[int] | None = None
    ) -> tuple[tuple[Person, str], ...]:
        """A code for each unbound person with a post now or later, or for those of them in `only`,
        bound or not; it voids earlier codes."""
        roster = self._office.roster()
        active = {p.person_id for p in roster.penugasan if _goes_on(p, now.date())}
        invited = [
            person
            for person in roster.people
            if person.id in active and (not person.is_bound if only is None else person.id in only)
        ]
        codes = tuple((person, self._invite(person.id, person.nama, now)) for person in invited)
        if codes:
            self._note("InvitesMade", now, people=[person.id for person in invited])
        return codes

    def make_admin_invite(self, nama: str, now: datetime) -> str:
        code = self._invite(None, nama, now)
        self._note("InvitesMade", now, people=[])
        return code

    def _take_person(self, person: Person) -> int:
        known = select(PersonRow).where(col(PersonRow.nip).is_not_distinct_from(person.nip))
        if person.nip is None:
            known = known.where(col(PersonRow.nama) == person.nama)
        row = self._session.exec(known).first() or PersonRow(
            nama=person.nama, nip=person.nip, pangkat="", sapaan=person.sapaan
        )
        row.nama, row.sapaan = person.nama, person.sapaan
        row.pangkat = person.pangkat or row.pangkat
        return self._kept(row)

    def _take_post(self, person_id: int, post: Penugasan) -> int:
        row = self._session.exec(
            select(PenugasanRow).where(
                col(PenugasanRow.person_id) == person_id,
                col(PenugasanRow.role) == post.role,
                col(PenugasanRow.unit).is_not_distinct_from(post.unit),
                col(PenugasanRow.jenis) == post.jenis,
                col(PenugasanRow.mulai).is_not_distinct_from(post.mulai),
            )
        ).first()
        row = row or PenugasanRow(
            person_id=person_id, **fields_of(post, "id", "person_id", "is_listed"), is_listed=True
        )
        row.jabatan, row.selesai, row.surat = post.jabatan, post.selesai, post.surat
        row.is_listed = True
        return self._kept(row)

    def _kept(self, row: PersonRow | PenugasanRow) -> int:
        self._session.add(row)
        self._session.flush()
        assert row.id is not None
        return row.id

    def _end_posts(self, kept: set[int], today: date) -> set[int]:
        query = select(PenugasanRow).where(col(PenugasanRow.is_listed))
        ended = {
            row.id: row
            for row in self._session.exec(query)
            if row.id not in kept and _goes_on(filled(Penugasan, row), today)
        }
        for row in ended.values():
            row.selesai = today - DAY
        self._session.flush()
        return {row_id for row_id in ended if row_id is not None}

    def _invite(self, person_id: int | None, nama: str, now: datetime) -> str:
        same = col(InviteRow.person_id).is_not_distinct_from(person_id)
        earlier = select(InviteRow).where(
            same, col(InviteRow.nama) == nama, col(InviteRow.voided_at).is_(None)
        )
        for row in self._session.exec(earlier).all():
            row.voided_at = now
        code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
        self._session.add(
            InviteRow(
                person_id=person_id,
                nama=nama,
                code_hash=code_hash(code),
                made_at=now,
                expires_at=now + CODE_LIFE,
            )
        )
        self._session.flush()
        return code

    def _note(self, name: EventName, now: datetime, **data: object) -> None:
        self._unit.record(now, Event(name, mandate="sistem", data=data))


def _goes_on(post: Penugasan, today: date) -> bool:
    return post.selesai is None or post.selesai >= today


def _difference(before: Roster, after: Roster, ended: set[int]) -> StaffDiff:
    known = {person.id: person for person in before.people}
    held = {post.id: post for post in before.penugasan}
    changed = [p for p in after.people if p != known.get(p.id)]
    moved = [p for p in after.penugasan if p != held.get(p.id)]
    return StaffDiff(
        joined=tuple(p for p in changed if p.id not in known),
        corrected=tuple(p for p in changed if p.id in known),
        posts_given=tuple(p for p in moved if p.id not in held),
        posts_corrected=tuple(p for p in moved if p.id in held and p.id not in ended),
        posts_ended=tuple(p for p in moved if p.id in ended),
    )


class Privacy(Part):
    def forget_bodies(self, before: datetime) -> int:
        """Empties finished updates received before that moment; id and chat stay."""
        result = self._session.exec(
            update(InboxRow)
            .where(
                col(InboxRow.state).in_(ENDED),
                col(InboxRow.received_at) < before,
                col(InboxRow.error) != FORGOTTEN,
            )
            .values(raw={}, extra={}, error=FORGOTTEN)
        )
        return result.rowcount

    def forget_messages(self, before: datetime) -> int:
        """Empties what was delivered before that moment and will not change any more: its message
        is edited no more, its perintah has ended, and it is no copy of a rekap."""
        slot = select(SlotRow.name).where(
            col(SlotRow.name) == OutboxRow.slot,
            col(SlotRow.recipient) == OutboxRow.recipient,
            col(SlotRow.is_live),
        )
        going = select(PerintahRow.id).where(
            col(PerintahRow.id) == OutboxRow.perintah_id,
            col(PerintahRow.status).not_in(CLOSED),
        )
        first = aliased(OutboxRow)
        copied = (
            select(PaperCopyRow.id)
            .join(first, col(first.id) == PaperCopyRow.outbox_id)
            .where(
                or_(
                    col(first.id) == OutboxRow.id,
                    and_(
                        col(first.slot) != "",
                        col(first.slot) == OutboxRow.slot,
                        col(first.recipient) == OutboxRow.recipient,
                    ),
                )
            )
        )
        result = self._session.exec(
            update(OutboxRow)
            .where(
                col(OutboxRow.state) == "sent",
                col(OutboxRow.sent_at) < before,
                col(OutboxRow.error) != FORGOTTEN,
                ~slot.exists(),
                ~going.exists(),
                ~copied.exists(),
            )
            .values(body={}, error=FORGOTTEN)
        )
        return result.rowcount

    def forget_strangers(self, before: datetime) -> int:
        """Deletes finished updates of chats that are nobody's, and wrong codes, received before
        that moment. The newest row stays: its id must not be given to another update."""
        known: Any = union(
            select(PersonRow.user_id).where(col(PersonRow.user_id).is_not(None)),
            select(PersonRow.chat_id).where(col(PersonRow.chat_id).is_not(None)),
            select(GroupRow.chat_id),
        )
        result = self._session.exec(
            delete(InboxRow).where(
                col(InboxRow.state).in_(ENDED),
                col(InboxRow.received_at) < before,
                col(InboxRow.chat_id).is_not(None),
                col(InboxRow.chat_id).not_in(known),
                col(InboxRow.id) < select(func.max(InboxRow.id)).scalar_subquery(),
            )
        )
        self._session.exec(delete(WrongCodeRow).where(col(WrongCodeRow.at) < before))
        return result.rowcount

    def erase(self, person_id: int, now: datetime) -> None:
        """Erases name, NIP, rank, account and messages of a person, not what he signed."""
        person = self._session.get_one(PersonRow, person_id)
        accounts = [account for account in (person.user_id, person.chat_id) if account]
        self._erase_talk(to_person(person_id), accounts)
        for draft in self._session.exec(select(DraftRow).where(DraftRow.person_id == person_id)):
            self._session.delete(draft)
        self._session.exec(
            update(InviteRow)
            .where(col(InviteRow.person_id) == person_id)
            .values(nama=FORGOTTEN, voided_at=now, claimed_user=None, claimed_chat=None)
        )
        person.nama, person.nip, person.pangkat = f"{FORGOTTEN} {person_id}", None, ""
        person.sapaan, person.user_id, person.chat_id = "Bapak/Ibu", None, None
        self._unit.proofs.empties(person)
        self._unit.record(now, Event("PersonErased", mandate="sistem", data={"person": person_id}))
        self._session.flush()

    def _erase_talk(self, recipient: str, accounts: list[int]) -> None:
        """Erases messages to and from the person; waiting ones are dropped unsent."""
        chats = [recipient, *(to_chat(account) for account in accounts)]
        outbox = col(OutboxRow.recipient).in_(chats)
        waiting = col(OutboxRow.state).in_(("pending", "uncertain"))
        self._session.exec(update(OutboxRow).where(outbox, waiting).values(state="dropped"))
        self._session.exec(update(OutboxRow).where(outbox).values(body={}))
        if not accounts:
            return
        his = or_(*(col(InboxRow.chat_id) == account for account in accounts))
        self._session.exec(
            update(InboxRow)
            .where(his, col(InboxRow.state).in_(ENDED))
            .values(raw={}, extra={}, error=FORGOTTEN)
        )
        self._session.exec(delete(WrongCodeRow).where(col(WrongCodeRow.user_id).in_(accounts)))
