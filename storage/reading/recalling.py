"""What load() reads of the office and of a perintah, or recalls where its mark is unchanged."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, literal
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import Select

from flows.forms.form import Indicator, Isian
from flows.model.perintah import Perintah
from flows.model.view import Setting
from flows.office.incumbents import Incumbents
from flows.office.kantor import Office
from flows.office.people import Roster
from flows.office.period import Period
from storage.reading.memory import Facts, Memory, Recollection
from storage.reading.office_queries import (
    approvals,
    claims,
    downtimes,
    local_days,
    next_permohonan,
)
from storage.reading.queries import Queries
from storage.record.unit import columns, is_one_of, table_of
from storage.rows.office_tables import RECOUNT
from storage.rows.record_tables import ChainRow
from storage.rows.tables import DataRow, MetaRow, PerintahRow, PersonRow

OFFICE_MARK, DATA_MARK = "mark:office", "mark:data"

_META = table_of(MetaRow)
MARKS = Select[str, str](_META.c.key, _META.c.value).where(
    is_one_of(_META.c.key, (OFFICE_MARK, DATA_MARK))
)

Former = Mapping[str, Mapping[str, Isian]]


class Recalling(Queries):
    def __init__(self, session: Session, key: bytes | None, memory: Memory) -> None:
        super().__init__(session, key)
        self._known = Recollection(memory)
        self._marks: dict[str, str] = {}
        self._loaded: dict[int, Perintah] = {}

    def remember(self) -> None:
        """Once it is committed."""
        self._known.share()

    def facts(self) -> Facts:
        self._marks = dict(self._session.exec(MARKS).all())
        return self._known.recall("facts", self._marks[OFFICE_MARK], self._read_facts)

    def _read_facts(self) -> Facts:
        accounts = select(PersonRow.user_id, PersonRow.id)
        bound = self._session.exec(accounts.where(col(PersonRow.user_id).is_not(None)))
        return Facts(
            roster=self.roster(),
            accounts={user_id: person_id for user_id, person_id in bound if user_id and person_id},
            group=self.group(),
            heads=self.heads(),
            local_days=local_days(self._session),
            recount=self.meta(RECOUNT) or "",
            claims=claims(self._session),
            next_permohonan=next_permohonan(self._session),
            downtimes=downtimes(self._session),
            approvals=approvals(self._session),
        )

    def _incumbents(self, office: Office, roster: Roster, day: date) -> Incumbents:
        mark = (self._marks[OFFICE_MARK], day, office)
        return self._known.recall("incumbents", mark, lambda: Incumbents(office, roster, day))

    def _indicators_of(self, year: int) -> tuple[Indicator, ...]:
        mark = self._marks[OFFICE_MARK]
        return self._known.recall(("indicators", year), mark, lambda: self.indicators(year))

    def _former(self, perintah: Perintah) -> Former:
        """The period before and the same one a year ago; what corrects comes after the rest."""
        period = perintah.period
        codes = (period.former.code, Period(period.year - 1, period.quarter).code)
        marks = (self._marks[OFFICE_MARK], self._marks[DATA_MARK])
        about = ("former", perintah.form, codes)
        return self._known.recall(about, marks, lambda: self._read_former(perintah.form, codes))

    def _read_former(self, form: str, codes: tuple[str, ...]) -> Former:
        query = (
            select(PerintahRow.id, DataRow.version, PerintahRow.period, DataRow.rows)
            .join(DataRow, col(PerintahRow.id) == col(DataRow.perintah_id))
            .where(
                col(PerintahRow.period).in_(codes),
                col(PerintahRow.form) == form,
                col(PerintahRow.status) != "batal",
            )
            .order_by(col(PerintahRow.id))
        )
        found = sorted(self._session.exec(query), key=lambda row: (row[0], row[1]))
        former: dict[str, dict[str, Isian]] = {}
        for _, _, code, rows in found:
            former.setdefault(code, {}).update({isian.kode: isian for isian in rows})
        return former

    def _locked(self, perintah_id: int) -> Perintah | None:
        """With its parent, then the correction it waits for: always the older first, so that two
        workers never wait for each other. Nobody begins a correction without this lock."""
        child = aliased(PerintahRow)
        parent = select(child.parent_id).where(col(child.id) == perintah_id).scalar_subquery()
        self._lock(or_(col(PerintahRow.id) == perintah_id, col(PerintahRow.id) == parent))
        found = self._loaded.get(perintah_id)
        if found is not None and found.status == "menunggu":
            is_child = col(PerintahRow.parent_id) == perintah_id
            self._lock(and_(is_child, col(PerintahRow.status) == "berjalan"))
        return found

    def _lock(self, is_wanted: ColumnElement[bool]) -> None:
        query = (
            columns(PerintahRow, ChainRow)
            .join(ChainRow, col(ChainRow.chain) == literal("p") + cast(PerintahRow.id, String))
            .where(is_wanted)
            .order_by(col(PerintahRow.id))
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        rows: Sequence[Any] = self._session.exec(query).all()
        for row in rows:
            head: ChainRow = row.ChainRow
            self._chains[head.chain] = head
            whole = partial(self._whole, row)
            self._loaded[row.id] = self._known.recall(("perintah", row.id), head.revision, whole)

    def _next(self, setting: Setting, now: datetime) -> tuple[int, int]:
        names = ("perintah", f"nomor:{setting.calendar.day_of(now).year}")
        counted = self._counted(*names)
        following_id, following_number = (1 + counted.get(name, 0) for name in names)
        return following_id, following_number
