"""Mapping of rows to values and back; columns have the names of the fields."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

from flows.forms.form import Indicator
from flows.model.conversation import Slot
from flows.model.perintah import Bagian, Data, Dokumen, Perintah, Temuan, Tugas
from flows.model.view import Head, Invite
from flows.office.people import Person
from flows.office.period import Period
from storage.rows.notation import read, written
from storage.rows.tables import IndicatorRow

PARTS: dict[str, type[Any]] = {
    "tugas": Tugas,
    "bagian": Bagian,
    "data": Data,
    "temuan": Temuan,
    "dokumen": Dokumen,
}

V = TypeVar("V")


def names_of(value: Any) -> tuple[str, ...]:
    """The field names of a dataclass or named tuple, given as value or as type."""
    names: tuple[str, ...] = value.__match_args__
    return names


def fields_of(value: Any, *without: str) -> dict[str, Any]:
    return {name: getattr(value, name) for name in names_of(value) if name not in without}


def settled(value: V) -> V:
    """The value in the form in which it will be read: lists as tuples, moments in UTC."""
    return type(value)(**{name: _settled(held) for name, held in fields_of(value).items()})


def _settled(held: Any) -> Any:
    if isinstance(held, Mapping | list | tuple):
        return read(written(held))
    return held.astimezone(UTC) if isinstance(held, datetime) else held


def filled(kind: type[V], row: Any, **instead: Any) -> V:
    """A value of `kind` from the row's columns of the same names, except `instead`."""
    names = (name for name in names_of(kind) if name not in instead)
    return kind(**{name: getattr(row, name) for name in names}, **instead)


def perintah_columns(perintah: Perintah) -> dict[str, Any]:
    return {**fields_of(perintah, "period", *PARTS), "period": perintah.period.code}


def perintah_of(row: Any, **parts: Iterable[Any]) -> Perintah:
    """`parts`: their rows, by the names of PARTS."""
    whole = {name: tuple(filled(PARTS[name], part) for part in parts[name]) for name in PARTS}
    return filled(Perintah, row, period=Period.parse(row.period), **whole)


def nomor_of(row: Any) -> str:
    """ "007/2026", of a row of the table `perintah`."""
    return f"{row.number:03d}/{row.year}"


def head_of(row: Any) -> Head:
    return filled(Head, row, nomor=nomor_of(row), period=Period.parse(row.period))


def person_of(row: Any) -> Person:
    return filled(Person, row, is_bound=row.user_id is not None)


def invite_of(row: Any, former_chat: int | None = None) -> Invite:
    return filled(Invite, row, former_chat=former_chat)


def slot_of(row: Any, *, is_asking: bool = False) -> Slot:
    return filled(Slot, row, to=row.recipient, is_asking=is_asking)


def indicator_row(year: int, position: int, indicator: Indicator) -> IndicatorRow:
    lowest, highest = indicator.limits or (None, None)
    targets: dict[str, Any] = {f"target_{n}": one for n, one in enumerate(indicator.targets, 1)}
    return IndicatorRow(
        **fields_of(indicator, "limits", "targets"),
        year=year,
        position=position,
        lowest=lowest,
        highest=highest,
        **targets,
    )


def indicator_of(row: Any) -> Indicator:
    has_limits = row.lowest is not None and row.highest is not None
    return filled(
        Indicator,
        row,
        limits=(row.lowest, row.highest) if has_limits else None,
        targets=(row.target_1, row.target_2, row.target_3, row.target_4),
    )
