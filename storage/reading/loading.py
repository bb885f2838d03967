"""Loading of the view for decide(): finds and locks what a command refers to."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import String, cast, literal
from sqlmodel import and_, col, func, or_, select

from flows.model.addresses import PERSON, Ref, is_slot, ref_to, slot_name, to_chat, to_person
from flows.model.commands import (
    Asked,
    Clocked,
    Command,
    Digested,
    Outage,
    Pressed,
    Said,
    Sent,
    Ticked,
    Unreached,
)
from flows.model.conversation import CONCEPT, Draft, Slot
from flows.model.meaning import Nomor, guessed, may_name_row, meant_by
from flows.model.perintah import Perintah, Tugas
from flows.model.view import Invite, Permohonan, Setting, Use, View
from flows.office.people import Person
from storage.reading.cached import CachedReads
from storage.reading.locked import LockedOrders
from storage.reading.office import holding
from storage.reading.queries import Queries
from storage.record.unit import Part, UnitOfWork, columns
from storage.rows.mapping import filled, invite_of, nomor_of, slot_of
from storage.rows.notation import code_hash
from storage.rows.office_tables import FormerRow, PermohonanRow, WrongCodeRow
from storage.rows.tables import (
    BagianRow,
    BerkasRow,
    DraftRow,
    InviteRow,
    PerintahRow,
    PersonRow,
    RefusalRow,
    SlotRow,
    TugasRow,
)

CODE_MEMORY = timedelta(hours=1)
PERIOD_CODE = re.compile(r"\d{4}-(?:TW[1-4]|TAHUN)", re.ASCII)
ISSUING = ("perintah", "temuan")
# Built once: made anew, the join takes longer than its execution. `asked`: whose question it is.
_READER = literal(PERSON) + cast(DraftRow.person_id, String)
_IS_ASKED = and_(col(DraftRow.slot) == col(SlotRow.name), col(SlotRow.recipient) == _READER)
_SLOTS = columns(SlotRow, col(DraftRow.person_id).label("asked")).outerjoin(DraftRow, _IS_ASKED)


class Loading(Part):
    """`actor`: the person whose command was loaded, None for a stranger or the clock."""

    def __init__(self, unit: UnitOfWork, locked: LockedOrders, queries: Queries) -> None:
        super().__init__(unit)
        self._locked = locked
        self._queries = queries
        self._cached = CachedReads(unit, queries.office, queries.orders)
        self._fillings: frozenset[str] = frozenset()
        self.actor: Person | None = None

    def load(self, command: Command, setting: Setting, now: datetime) -> View:
        facts = self._cached.facts()
        day = setting.calendar.day_of(now)
        view = View(
            setting._replace(calendar=self._cached.calendar(setting.calendar, facts.local_days)),
            facts.roster,
            self._cached.incumbents(setting.office, facts.roster, day),
            group=facts.group,
            heads=facts.heads,
            local_days=facts.local_days,
            recount=facts.recount,
            next_permohonan=facts.next_permohonan,
            approvals=facts.approvals,
        )
        if isinstance(command, Clocked):
            return self._clocked(command, view, now)
        actor = holding(view.roster, facts.accounts.get(command.origin.user_id), day)
        if actor is not None:
            self.actor = actor
            draft, paused = self._queries.office.drafts(actor.id)
            view = self._with_tasks(view, actor, now)
            view = view._replace(draft=draft, paused=paused)
            view = view._replace(claims=facts.claims, downtimes=facts.downtimes)
        return self._around_what_is_meant(self._asking(view, command, now), command, now)

    def _clocked(self, command: Clocked, view: View, now: datetime) -> View:
        match command:
            case Ticked(perintah_id=perintah_id) | Outage(perintah_id=perintah_id):
                meant = Ref.read(ref_to("perintah", perintah_id))
                return self._around(view, meant, self._slots(meant, None), now)
        person_id = command.person_id if isinstance(command, Digested | Unreached) else 0
        return self._with_tasks(view, view.roster.person(person_id), now)

    def _asking(self, view: View, command: Asked, now: datetime) -> View:
        """The view with what only some commands need."""
        is_guess = isinstance(command, Said) and command.code != ""
        user_id = command.origin.user_id
        proof = self._queries.record.proof_asked(command, view.draft, view.actor)
        entry = None if proof else self._queries.record.entry_asked(command, view.draft)
        return view._replace(
            invite=self._invite_meant(command),
            wrong_codes=self._wrong_codes(user_id, now) if is_guess else 0,
            proof=proof,
            entry=entry,
            permohonan=self._permohonan(command, view.draft),
            uses=self._uses(command) if isinstance(command, Sent) and command.sha256 else (),
        )

    def _around_what_is_meant(self, view: View, command: Command, now: datetime) -> View:
        guess = guessed(command, view)
        near = self._slots(guess, view.draft, _place(command))
        view = view._replace(slot=self._slot_meant(command, near))
        meant = self._meant(command, view)
        if meant is not None and (guess is None or guess.perintah_id != meant.perintah_id):
            near = self._slots(meant, view.draft)
        view = self._around(view, meant, near, now)
        is_refusable = isinstance(command, Sent) and view.tugas is not None
        return view._replace(refused=self._refused(view.tugas)) if is_refusable else view

    def _meant(self, command: Command, view: View) -> Ref | None:
        """What the command is about; a perintah named by number is looked up."""
        fills = tuple(t for t in view.todo if t.ref in self._fillings)
        sent = self._sent_parts(view) if may_name_row(command, view) else ()
        found = meant_by(command, view, fills, sent)
        if not isinstance(found, Nomor):
            return found
        query = select(PerintahRow.id).where(col(PerintahRow.number) == found.number)
        if found.year:
            query = query.where(col(PerintahRow.year) == found.year)
        newest = self._session.exec(query.order_by(col(PerintahRow.year).desc())).first()
        return Ref.read(ref_to("perintah", newest)) if newest else None

    def _sent_parts(self, view: View) -> tuple[Tugas, ...]:
        """The last finished tugas of each of the person's parts in running perintah, with all
        codes of the part."""
        running = [head.id for head in view.heads if head.status == "berjalan"]
        if view.actor is None or not running:
            return ()
        is_its = and_(
            col(TugasRow.perintah_id) == col(BagianRow.perintah_id),
            col(TugasRow.unit) == col(BagianRow.unit),
            col(TugasRow.person_id) == col(BagianRow.person_id),
        )
        query = (
            select(TugasRow, BagianRow.codes)
            .select_from(BagianRow)
            .join(TugasRow, is_its)
            .where(
                col(BagianRow.perintah_id).in_(running),
                col(BagianRow.person_id) == view.actor.id,
                col(TugasRow.state) == "selesai",
            )
        )
        rows = sorted(self._session.exec(query).all(), key=lambda row: row[0].seq)
        last = {(row.perintah_id, row.unit): (row, codes) for row, codes in rows}
        return tuple(filled(Tugas, row, codes=tuple(codes)) for row, codes in last.values())

    def _around(self, view: View, meant: Ref | None, near: Sequence[Any], now: datetime) -> View:
        perintah = self._locked.lock(meant.id) if meant else None
        child = self._locked.correction_of(perintah) if perintah else None
        tugas = perintah.task(meant.text) if perintah and meant else None
        is_numbering = _numbers_paper(view.setting, perintah, tugas)
        is_issuing = view.draft is not None and view.draft.dialog in ISSUING
        next_id, next_number = self._next(view.setting, now) if is_issuing else (0, 0)
        year = view.setting.calendar.day_of(now).year
        return view._replace(
            perintah=perintah,
            parent=self._locked.find(perintah.parent_id or 0) if perintah else None,
            child=child,
            tugas=tugas,
            paper_numbers=self._paper_numbers(year) if is_numbering else {},
            slots=(*_standing(near, perintah, view.draft), *self._live_slots(child)),
            indicators=self._cached.indicators(_year(perintah, view, year)),
            former=self._cached.former(perintah) if perintah else {},
            next_id=next_id,
            next_number=next_number,
            before=self._former_state(tugas),
        )

    def _with_tasks(self, view: View, actor: Person | None, now: datetime) -> View:
        """The view with all open tugas of running perintah, and those the person may act on."""
        setting = view.setting
        opened = tuple(
            (filled(Tugas, row), row.sop, row.sop_version)
            for row in self._queries.orders.open_rows()
        )
        acts = {t.ref: setting.book.sop(sop, version).act(t.act) for t, sop, version in opened}
        view = view._replace(actor=actor, open_tasks=tuple(tugas for tugas, _, _ in opened))
        if actor is None:
            return view
        todo = (
            t
            for t in view.open_tasks
            if t.recorded_by == actor.id or view.may_act(actor.id, t, acts[t.ref])
        )
        self._fillings = frozenset(ref for ref, act in acts.items() if act.traits.fills)
        return view._replace(todo=tuple(todo))

    def _slots(
        self, meant: Ref | None, draft: Draft | None, place: tuple[int, int] | None = None
    ) -> Sequence[Any]:
        """Rows of the live slots of perintah and own draft, with the refusals of its answers, and
        of the slot at `place`."""
        wanted = []
        if place:
            chat_id, message_id = place
            is_there = col(SlotRow.message_id) == message_id
            wanted.append(and_(col(SlotRow.chat_id) == chat_id, is_there))
        if meant:
            is_about = col(SlotRow.perintah_id) == meant.perintah_id
            wanted.append(and_(col(SlotRow.is_live), is_about))
        if draft:
            is_his = col(SlotRow.recipient) == to_person(draft.person_id)
            wanted.append(and_(col(SlotRow.is_live), is_his, col(SlotRow.name) == draft.slot))
            # A range of names, which the primary key finds.
            refused, name = slot_name("tolak", draft.ref, ""), col(SlotRow.name)
            is_refusal = and_(name >= refused, name < f"{refused}~")
            wanted.append(and_(col(SlotRow.is_live), is_his, is_refusal))
        if not wanted:
            return ()
        rows: Sequence[Any] = self._session.exec(_SLOTS.where(or_(*wanted))).all()
        self._unit.abouts.update({(row.name, row.recipient): row.about for row in rows})
        # Sorted here: with ORDER BY, SQLite would scan every slot ever stored.
        return sorted(rows, key=lambda row: (row.name, row.recipient))

    def _live_slots(self, perintah: Perintah | None) -> tuple[Slot, ...]:
        if perintah is None:
            return ()
        meant = Ref.read(ref_to("perintah", perintah.id))
        return _standing(self._slots(meant, None), perintah, None)

    def _slot_meant(self, command: Command, near: Sequence[Any]) -> Slot | None:
        """The slot of the message with the button, or of the one replied to."""
        place = _place(command)
        if place is None:
            return None
        row = next((row for row in near if (row.chat_id, row.message_id) == place), None)
        if row is None and isinstance(command, Pressed):
            row = self._invitation(command)
        return slot_of(row) if row else None

    def _invitation(self, press: Pressed) -> SlotRow | None:
        """The slot of an invitation sent twice: either message proves the code was given here."""
        if press.ref.target != "invite":
            return None
        query = select(SlotRow).where(
            col(SlotRow.recipient) == to_chat(press.origin.chat_id),
            col(SlotRow.about) == press.ref.text,
        )
        return self._session.exec(query).first()

    def _next(self, setting: Setting, now: datetime) -> tuple[int, int]:
        """The id and number of the next perintah; locks the counters until the commit."""
        names = ("perintah", f"nomor:{setting.calendar.day_of(now).year}")
        counted = self._locked.counters(*names)
        following_id, following_number = (1 + counted.get(name, 0) for name in names)
        return following_id, following_number

    def _paper_numbers(self, year: int) -> dict[str, int]:
        """The last number of each kind of paper; locked, so that no number is given twice."""
        counted = self._locked.counters(*(f"{kind}:{year}" for kind in ("notulen", "rekap")))
        return {name.partition(":")[0]: value for name, value in counted.items()}

    def _former_state(self, tugas: Tugas | None) -> Mapping[str, Any]:
        """The state before the last act on the tugas; empty where there was none."""
        place = (tugas.perintah_id, tugas.seq) if tugas and tugas.revision else None
        row = self._session.get(FormerRow, place) if place else None
        return row.body if row else {}

    def _permohonan(self, command: Command, draft: Draft | None) -> Permohonan | None:
        """The one pressed, or the concept with which the draft was begun."""
        meant = command.ref if isinstance(command, Pressed) else Ref()
        begun = draft.answers.get(CONCEPT) if draft else None
        number = meant.id if meant.target == "permohonan" else begun
        row = self._session.get(PermohonanRow, number) if number else None
        return filled(Permohonan, row) if row else None

    def _wrong_codes(self, user_id: int, now: datetime) -> int:
        """The number of unknown codes from this account within CODE_MEMORY."""
        query = select(func.count()).where(
            col(WrongCodeRow.user_id) == user_id, col(WrongCodeRow.at) > now - CODE_MEMORY
        )
        return self._session.exec(query).one()

    def _refused(self, tugas: Tugas | None) -> tuple[Mapping[str, Any], ...]:
        place = (tugas.perintah_id, tugas.seq) if tugas else None
        row = self._session.get(RefusalRow, place) if place else None
        return row.findings if row else ()

    def _uses(self, sent: Sent) -> tuple[Use, ...]:
        """Existing uses as evidence of this file or of one of the same album."""
        is_wanted = col(BerkasRow.sha256) == sent.sha256
        if sent.album:
            is_wanted = or_(is_wanted, col(BerkasRow.album) == sent.album)
        query = (
            select(BerkasRow, PerintahRow)
            .join(PerintahRow, col(PerintahRow.id) == col(BerkasRow.perintah_id))
            .where(is_wanted, col(BerkasRow.kode) != "")
            .order_by(col(BerkasRow.id))
        )
        return tuple(
            filled(
                Use,
                berkas,
                nomor=nomor_of(perintah),
                period=perintah.period,
                is_same=berkas.sha256 == sent.sha256,
            )
            for berkas, perintah in self._session.exec(query)
        )

    def _invite_meant(self, command: Command) -> Invite | None:
        """The invite of the code typed, or of the id in a button."""
        match command:
            case Said(code=code) if code:
                is_meant = col(InviteRow.code_hash) == code_hash(code)
            case Pressed(ref=Ref(target="invite", id=number)):
                is_meant = col(InviteRow.id) == number
            case _:
                return None
        query = select(InviteRow).where(col(InviteRow.voided_at).is_(None), is_meant)
        row = self._session.exec(query).first()
        if row is None:
            return None
        person = self._session.get(PersonRow, row.person_id) if row.person_id else None
        return invite_of(row, person.chat_id if person else None)


def _place(command: Command) -> tuple[int, int] | None:
    """Chat id and message id of the message pressed or replied to."""
    match command:
        case Pressed(origin=origin):
            message_id: int | None = origin.message_id
        case Said(origin=origin) | Sent(origin=origin):
            message_id = origin.reply_to
        case _:
            return None
    return (origin.chat_id, message_id) if message_id else None


def _standing(
    near: Sequence[Any], perintah: Perintah | None, draft: Draft | None
) -> tuple[Slot, ...]:
    """The live slots about the perintah, and those of the person's own draft."""
    about = perintah.id if perintah else None
    his = (draft.slot, to_person(draft.person_id)) if draft else None
    live = (row for row in near if row.is_live)
    return tuple(
        slot_of(row, is_asking=row.asked is not None)
        for row in live
        if (about and row.perintah_id == about)
        or (row.name, row.recipient) == his
        or (draft is not None and is_slot(row.name, "tolak", draft.ref))
    )


def _numbers_paper(setting: Setting, perintah: Perintah | None, tugas: Tugas | None) -> bool:
    if perintah is None or tugas is None:
        return False
    sop = setting.book.sop(perintah.sop, perintah.sop_version)
    return sop.act(tugas.act).traits.numbers_paper


def _year(perintah: Perintah | None, view: View, this_year: int) -> int:
    """The year of the master list: of the perintah, of the draft, else this year."""
    if perintah:
        return perintah.period.year
    answers = view.draft.answers.values() if view.draft else ()
    codes = (a for a in answers if isinstance(a, str) and PERIOD_CODE.fullmatch(a))
    return next((int(code[:4]) for code in codes), this_year)
