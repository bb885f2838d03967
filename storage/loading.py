"""What a command refers to, found and locked: the view decide() is given."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, and_, col, or_, select

from flows.commands import Clocked, Command, Digested, Outage, Pressed, Said, Sent, Ticked
from flows.form import Isian, Sheet
from flows.people import Person, Post, Roster
from flows.perintah import Perintah, Period, Tugas
from flows.sop import Act
from flows.view import Draft, Invite, Setting, Slot, Use, View
from storage.mapping import invite_of, slot_of, tugas_of
from storage.officechanges import RECOUNT
from storage.officequeries import (
    former_state,
    local_days,
    of_the_office,
    questions,
    with_days,
)
from storage.people import code_hash
from storage.queries import OPEN, Queries
from storage.tables import (
    BerkasRow,
    CounterRow,
    DataRow,
    InviteRow,
    PerintahRow,
    PersonRow,
    RefusalRow,
    SlotRow,
    TugasRow,
)

# Ids of nine digits at most: what is typed or forged must not be larger than a column.
REFERENCE = re.compile(r"(?:([pbd])(\d{1,9})|(\d{1,9})-(\d{1,9}))", re.ASCII)
INVITE = re.compile(r"i(\d{1,9})", re.ASCII)
CODE_GIVEN = re.compile(r"/(?:start|daftar)(?:@\w+)?\s+(\S+)", re.IGNORECASE)
NUMBER_GIVEN = re.compile(r"/[a-z]+(?:@\w+)?\s+(\d{1,9})(?:/(\d{4}))?", re.ASCII | re.IGNORECASE)
PERIOD_CODE = re.compile(r"\d{4}-(?:TW[1-4]|TAHUN)", re.ASCII)
SHOWING = re.compile(
    r"/(?:status|rekap|disposisi|notulen|sop|arsip|hentikan|ubah)\b", re.IGNORECASE
)
NUMBERING = ("rapat", "tanda_tangan")
ISSUING = ("perintah", "temuan")


@dataclass(frozen=True, slots=True)
class Reference:
    """What is meant: a tugas of a perintah, or the perintah alone."""

    perintah_id: int
    seq: int | None = None


class Loading(Queries):
    def __init__(self, session: Session, key: bytes | None) -> None:
        super().__init__(session, key)
        self._loaded: dict[int, Perintah] = {}
        self._actor: Person | None = None

    def load(self, command: Command, setting: Setting, now: datetime) -> View:
        """Locks the perintah meant (and its parent), then reads all that stands around it."""
        days = local_days(self._session)
        view = View(
            replace(setting, calendar=with_days(setting.calendar, days)),
            self.roster(),
            group=self.group(),
            heads=self.heads(),
            local_days=days,
            recount=self.meta(RECOUNT) or "",
        )
        if isinstance(command, Clocked):
            return self._clocked(command, view, now)
        day = setting.calendar.day_of(now)
        actor = self._actor = self._person_by(command.origin.user_id, view.roster, day)
        view = replace(
            view,
            actor=actor,
            slot=self._slot_meant(command),
            draft=self.draft(actor.id) if actor else None,
            todo=self._todo(actor, view, now) if actor else (),
            invite=self._invite_meant(command),
            proof=self.proof_asked(command, self.draft(actor.id) if actor else None, actor),
            open_tasks=self.open_tugas() if actor else (),
            **of_the_office(self._session, command, actor is not None, now),
            uses=self._uses(command) if isinstance(command, Sent) and command.sha256 else (),
        )
        return self._around(view, self._meant(command, view), now)

    def _clocked(self, command: Clocked, view: View, now: datetime) -> View:
        match command:
            case Ticked(perintah_id=perintah_id) | Outage(perintah_id=perintah_id):
                return self._around(view, Reference(perintah_id), now)
            case Digested(person_id=person_id):
                actor = view.roster.person(person_id)
                todo = self._todo(actor, view, now) if actor else ()
                view = replace(view, actor=actor, todo=todo)
        return replace(view, open_tasks=self.open_tugas())

    def _around(self, view: View, meant: Reference | None, now: datetime) -> View:
        perintah = self._locked(meant.perintah_id) if meant else None
        seq = meant.seq if meant else None
        is_issuing = view.draft is not None and view.draft.dialog in ISSUING
        next_id, next_number = self._next(view.setting, now) if is_issuing else (0, 0)
        tugas = perintah.task(f"{perintah.id}-{seq}") if perintah else None
        return replace(
            view,
            perintah=perintah,
            parent=self._loaded.get(perintah.parent_id or 0) if perintah else None,
            tugas=tugas,
            paper_numbers=self.numbers_given(view.setting.calendar.day_of(now).year)
            if tugas is not None and self._kind(view.setting, tugas) in NUMBERING
            else {},
            slots=self._live_slots(perintah, view.draft),
            indicators=self.indicators(_year(perintah, view, now)),
            former=self._former(perintah) if perintah else {},
            next_id=next_id,
            next_number=next_number,
            refused=self._refused(meant),
            before=former_state(self._session, tugas),
        )

    def _person_by(self, user_id: int, roster: Roster, day: date) -> Person | None:
        """Whoever holds no post any more is a stranger, whatever stands in his chat."""
        query = select(PersonRow.id).where(col(PersonRow.user_id) == user_id)
        found = self._session.exec(query).first()
        posts = (post for post in roster.penugasan if post.person_id == found)
        is_here = any(post.selesai is None or post.selesai >= day for post in posts)
        return roster.person(found) if found and is_here else None

    def _slot_meant(self, command: Command) -> Slot | None:
        """The message under the button, or the one replied to."""
        match command:
            case Pressed(origin=origin):
                message_id: int | None = origin.message_id
            case Said(origin=origin) | Sent(origin=origin):
                message_id = origin.reply_to
            case _:
                return None
        if not message_id:
            return None
        query = select(SlotRow).where(
            col(SlotRow.chat_id) == origin.chat_id, col(SlotRow.message_id) == message_id
        )
        row = self._session.exec(query).first()
        if row is None and isinstance(command, Pressed):
            row = self._invitation(command)
        return slot_of(row) if row else None

    def _invitation(self, press: Pressed) -> SlotRow | None:
        """An invitation that came twice: either copy proves that the code was given here."""
        ref = _ref(press.data)
        if not INVITE.fullmatch(ref):
            return None
        query = select(SlotRow).where(
            col(SlotRow.recipient) == f"c{press.origin.chat_id}", col(SlotRow.about) == ref
        )
        return self._session.exec(query).first()

    def _meant(self, command: Command, view: View) -> Reference | None:
        match command:
            case Pressed(data=data):
                return _pressed(data, view) or _of_slot(view)
            case Said(text=text):
                return self._asked(text.strip(), view)
            case Sent():
                fills = tuple(t for t in view.todo if self._kind(view.setting, t) == "isi")
                return (
                    _tugas_of_slot(view)
                    or _of_sheet(command, fills)
                    or _of_draft(view)
                    or _only(fills)
                    or _of_slot(view)
                    or _named(command)
                )
        return None

    def _asked(self, text: str, view: View) -> Reference | None:
        numbered = NUMBER_GIVEN.fullmatch(text)
        if numbered:
            return self._numbered(int(numbered[1]), numbered[2])
        found = _tugas_of_slot(view) or _of_draft(view) or _only(view.todo) or _of_slot(view)
        if found is None and SHOWING.match(text):
            running = [head for head in view.heads if head.status == "berjalan"]
            found = next((Reference(head.id) for head in (*running, *view.heads)), None)
        return found

    def _numbered(self, number: int, year: str | None) -> Reference | None:
        query = select(PerintahRow.id).where(col(PerintahRow.number) == number)
        if year:
            query = query.where(col(PerintahRow.year) == int(year))
        found = self._session.exec(query.order_by(col(PerintahRow.year).desc())).first()
        return Reference(found) if found else None

    def _locked(self, perintah_id: int) -> Perintah | None:
        """With its parent, the older first, so that two workers never wait for each other."""
        row = self._session.exec(
            select(PerintahRow.id, PerintahRow.parent_id).where(PerintahRow.id == perintah_id)
        ).first()
        if row is None:
            return None
        ids = sorted(known for known in row if known is not None)
        lock = select(PerintahRow.id).where(col(PerintahRow.id).in_(ids))
        self._session.exec(lock.order_by(col(PerintahRow.id)).with_for_update()).all()
        self._loaded |= {known: self.board(known) for known in ids}
        return self._loaded[perintah_id]

    def _todo(self, actor: Person, view: View, now: datetime) -> tuple[Tugas, ...]:
        """The open tugas of all running perintah that the person may act on."""
        setting = view.setting
        day = setting.calendar.day_of(now)
        posts = frozenset(setting.office.posts_of(view.roster, actor.id, day))
        query = (
            select(TugasRow, PerintahRow.sop, PerintahRow.sop_version)
            .join(PerintahRow, col(PerintahRow.id) == col(TugasRow.perintah_id))
            .where(col(TugasRow.state) == OPEN, col(PerintahRow.status) == "berjalan")
            .order_by(col(TugasRow.perintah_id), col(TugasRow.seq))
        )
        found = []
        for row, sop, version in self._session.exec(query):
            tugas = tugas_of(row)
            act = setting.book.sop(sop, version).act(tugas.act)
            if _may_act(setting, actor, posts, tugas, act):
                found.append(tugas)
        return tuple(found)

    def _kind(self, setting: Setting, tugas: Tugas) -> str:
        row = self._session.get_one(PerintahRow, tugas.perintah_id)
        return setting.book.sop(row.sop, row.sop_version).act(tugas.act).kind

    def _live_slots(self, perintah: Perintah | None, draft: Draft | None) -> tuple[Slot, ...]:
        """Those about the perintah, and the one the person's own draft stands in."""
        wanted = []
        if perintah:
            wanted.append(col(SlotRow.perintah_id) == perintah.id)
        if draft:
            is_his = col(SlotRow.recipient) == f"p{draft.person_id}"
            wanted.append(and_(is_his, col(SlotRow.name) == draft.slot))
        if not wanted:
            return ()
        query = select(SlotRow).where(col(SlotRow.is_live), or_(*wanted))
        rows = self._session.exec(query.order_by(col(SlotRow.name), col(SlotRow.recipient)))
        open_in = questions(self._session)
        return tuple(slot_of(row, is_asking=(row.name, row.recipient) in open_in) for row in rows)

    def _former(self, perintah: Perintah) -> Mapping[str, Mapping[str, Isian]]:
        """The period before and the same one a year ago; what corrects comes after the rest."""
        period = perintah.period
        codes = (period.former.code, Period(period.year - 1, period.quarter).code)
        query = (
            select(PerintahRow.period, DataRow)
            .join(PerintahRow, col(PerintahRow.id) == col(DataRow.perintah_id))
            .where(
                col(PerintahRow.period).in_(codes),
                col(PerintahRow.form) == perintah.form,
                col(PerintahRow.status) != "batal",
            )
            .order_by(col(DataRow.perintah_id), col(DataRow.version))
        )
        former: dict[str, dict[str, Isian]] = {}
        for code, data in self._session.exec(query):
            former.setdefault(code, {}).update({isian.kode: isian for isian in data.rows})
        return former

    def _refused(self, meant: Reference | None) -> tuple[Mapping[str, Any], ...]:
        if meant is None or meant.seq is None:
            return ()
        row = self._session.get(RefusalRow, (meant.perintah_id, meant.seq))
        return row.findings if row else ()

    def _uses(self, sent: Sent) -> tuple[Use, ...]:
        """Where this very file, or one of the same album, already serves as evidence."""
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
            Use(
                perintah_id=perintah.id,
                nomor=f"{perintah.number:03d}/{perintah.year}",
                period=perintah.period,
                unit=berkas.unit,
                kode=berkas.kode,
                is_same=berkas.sha256 == sent.sha256,
            )
            for berkas, perintah in self._session.exec(query)
        )

    def _next(self, setting: Setting, now: datetime) -> tuple[int, int]:
        names = ("perintah", f"nomor:{setting.calendar.day_of(now).year}")
        rows = (self._session.get(CounterRow, name, with_for_update=True) for name in names)
        following_id, following_number = (1 + (row.value if row else 0) for row in rows)
        return following_id, following_number

    def _invite_meant(self, command: Command) -> Invite | None:
        """By the code typed, or by the invite's id under a button."""
        query = select(InviteRow).where(col(InviteRow.voided_at).is_(None))
        match command:
            case Said(text=text) if given := CODE_GIVEN.fullmatch(text.strip()):
                query = query.where(col(InviteRow.code_hash) == code_hash(given[1]))
            case Pressed(data=data) if given := INVITE.fullmatch(_ref(data)):
                query = query.where(col(InviteRow.id) == int(given[1]))
            case _:
                return None
        row = self._session.exec(query).first()
        return invite_of(row) if row else None


def _ref(data: str) -> str:
    """Of callback data `verb:ref:revision`, which anybody may have made up."""
    parts = data.split(":")
    return parts[1] if len(parts) == 3 else ""


def _pressed(data: str, view: View) -> Reference | None:
    return _reference(_ref(data), view)


def _of_slot(view: View) -> Reference | None:
    return _reference(view.slot.about, view) if view.slot else None


def _tugas_of_slot(view: View) -> Reference | None:
    """A reply to the board of the group means the perintah, but no tugas of it."""
    found = _of_slot(view)
    return found if found is not None and found.seq is not None else None


def _of_draft(view: View) -> Reference | None:
    return _reference(view.draft.about, view) if view.draft else None


def _reference(ref: str, view: View) -> Reference | None:
    found = REFERENCE.fullmatch(ref)
    if found is None:
        return None
    if found[3]:
        return Reference(int(found[3]), int(found[4]))
    if found[1] in "pb":
        return Reference(int(found[2]))
    if view.draft and ref == view.draft.ref and view.draft.about != ref:
        return _of_draft(view)
    return None


def _of_sheet(command: Sent, fills: tuple[Tugas, ...]) -> Reference | None:
    """His own filling that the sheet was made for."""
    meta = command.sheet.meta if isinstance(command.sheet, Sheet) else {}
    made_for = (meta.get("perintah"), meta.get("unit"))
    return _only(tuple(t for t in fills if (str(t.perintah_id), t.unit) == made_for))


def _named(command: Sent) -> Reference | None:
    """The perintah the sheet names, where the sender has nothing of his own to fill in."""
    meta = command.sheet.meta if isinstance(command.sheet, Sheet) else {}
    found = REFERENCE.fullmatch(f"p{meta.get('perintah')}")
    return Reference(int(found[2])) if found else None


def _only(todo: tuple[Tugas, ...]) -> Reference | None:
    return Reference(todo[0].perintah_id, todo[0].seq) if len(todo) == 1 else None


def _may_act(
    setting: Setting, actor: Person, posts: frozenset[Post], tugas: Tugas, act: Act
) -> bool:
    """A part is its Pelaksana's own; else the post decides, or that of an alternate."""
    if tugas.person_id == actor.id:
        return True
    roles = act.alternates if tugas.person_id else (tugas.role, *act.alternates)
    office = setting.office
    return any(
        Post(role, tugas.unit if office.is_per_unit(role) else None) in posts for role in roles
    )


def _year(perintah: Perintah | None, view: View, now: datetime) -> int:
    """Whose master list is wanted: the perintah's, the draft's, else this year's."""
    if perintah:
        return perintah.period.year
    answers = view.draft.answers.values() if view.draft else ()
    codes = (a for a in answers if isinstance(a, str) and PERIOD_CODE.fullmatch(a))
    return next((int(code[:4]) for code in codes), view.setting.calendar.day_of(now).year)
