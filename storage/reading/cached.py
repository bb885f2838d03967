"""Reads of the office for load(), from the cache where their mark is unchanged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import col, select
from sqlmodel.sql.expression import Select

from flows.forms.form import Indicator, Isian
from flows.model.perintah import Perintah
from flows.model.proof import SopApproval
from flows.model.view import Downtime, Group, Heads, Invite, LocalDay
from flows.office.calendar import WorkCalendar
from flows.office.kantor import Incumbents
from flows.office.kantor import Office as Kantor
from flows.office.people import Roster
from flows.office.period import Period
from storage.reading.office import Office
from storage.reading.orders import Orders
from storage.record.unit import Part, UnitOfWork, is_one_of, table_of
from storage.rows.office_tables import RECOUNT
from storage.rows.tables import DataRow, MetaRow, PerintahRow

OFFICE_MARK, DATA_MARK = "mark:office", "mark:data"

_META = table_of(MetaRow)
MARKS = Select[str, str](_META.c.key, _META.c.value).where(
    is_one_of(_META.c.key, (OFFICE_MARK, DATA_MARK))
)

Former = Mapping[str, Mapping[str, Isian]]


@dataclass(frozen=True, slots=True)
class Facts:
    """Office data that every command needs. `accounts`: person id by Telegram user id."""

    roster: Roster
    accounts: Mapping[int, int]
    group: Group | None
    heads: Heads
    local_days: tuple[LocalDay, ...]
    recount: str
    claims: tuple[Invite, ...]
    next_permohonan: int
    downtimes: tuple[Downtime, ...]
    approvals: tuple[SopApproval, ...]


class CachedReads(Part):
    """`facts` must be called first: it reads the marks that the other methods compare."""

    def __init__(self, unit: UnitOfWork, office: Office, orders: Orders) -> None:
        super().__init__(unit)
        self._office = office
        self._orders = orders
        self._marks: dict[str, str] = {}

    def facts(self) -> Facts:
        self._marks = dict(self._session.exec(MARKS).all())
        return self._unit.cache.get("facts", self._marks[OFFICE_MARK], self._read_facts)

    def calendar(self, calendar: WorkCalendar, days: Sequence[LocalDay]) -> WorkCalendar:
        """The calendar with the local days of the office."""
        if not days:
            return calendar
        mark = (self._marks[OFFICE_MARK], calendar)
        return self._unit.cache.get("calendar", mark, lambda: _with_days(calendar, days))

    def incumbents(self, kantor: Kantor, roster: Roster, day: date) -> Incumbents:
        mark = (self._marks[OFFICE_MARK], day, kantor)
        return self._unit.cache.get("incumbents", mark, lambda: Incumbents(kantor, roster, day))

    def indicators(self, year: int) -> tuple[Indicator, ...]:
        mark = self._marks[OFFICE_MARK]
        return self._unit.cache.get(
            ("indicators", year), mark, lambda: self._office.indicators(year)
        )

    def former(self, perintah: Perintah) -> Former:
        """Isian by period code and kode, of the period before and the same one a year ago."""
        period = perintah.period
        codes = (period.former.code, Period(period.year - 1, period.quarter).code)
        marks = (self._marks[OFFICE_MARK], self._marks[DATA_MARK])
        about = ("former", perintah.form, codes)
        return self._unit.cache.get(about, marks, lambda: self._read_former(perintah.form, codes))

    def _read_facts(self) -> Facts:
        office = self._office
        return Facts(
            accounts=office.accounts(),
            roster=office.roster(),
            group=office.group(),
            heads=self._orders.heads(),
            local_days=office.local_days(),
            recount=office.meta(RECOUNT) or "",
            claims=office.claims(),
            next_permohonan=office.next_permohonan(),
            downtimes=office.downtimes(),
            approvals=office.sop_approvals(),
        )

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


def _with_days(calendar: WorkCalendar, days: Sequence[LocalDay]) -> WorkCalendar:
    free = {day.day: day.nama for day in days if not day.is_workday}
    worked = {day.day for day in days if day.is_workday}
    return replace(
        calendar,
        holidays={**calendar.holidays, **free},
        extra_days=(calendar.extra_days | worked) - set(free),
    )
