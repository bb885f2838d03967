"""Rows to values and values to rows, side by side; columns are named as the fields are."""

import re
from collections.abc import Iterable
from dataclasses import fields
from typing import Any, TypeVar

from sqlmodel import SQLModel

from flows.form import Indicator
from flows.people import Penugasan, Person
from flows.perintah import Bagian, Data, Dokumen, Perintah, Period, Temuan, Tugas
from flows.view import Draft, Group, Head, Invite, Slot
from storage.tables import (
    BagianRow,
    DataRow,
    DokumenRow,
    DraftRow,
    GroupRow,
    IndicatorRow,
    InviteRow,
    PenugasanRow,
    PerintahRow,
    PersonRow,
    SlotRow,
    TemuanRow,
    TugasRow,
)

PARTS = ("tugas", "bagian", "data", "temuan", "dokumen")

V = TypeVar("V")


def fields_of(value: Any, *without: str) -> dict[str, Any]:
    return {f.name: getattr(value, f.name) for f in fields(value) if f.name not in without}


def filled(kind: type[V], row: SQLModel, **instead: Any) -> V:
    """The value whose fields are the row's columns of the same names."""
    names = (f.name for f in fields(kind) if f.name not in instead)  # type: ignore[arg-type]  # V is always a dataclass; typing has no bound for that
    return kind(**{name: getattr(row, name) for name in names}, **instead)


def perintah_row(perintah: Perintah) -> PerintahRow:
    return PerintahRow(**fields_of(perintah, "period", *PARTS), period=perintah.period.code)


def perintah_of(
    row: PerintahRow,
    tugas: Iterable[TugasRow],
    bagian: Iterable[BagianRow],
    data: Iterable[DataRow],
    temuan: Iterable[TemuanRow],
    dokumen: Iterable[DokumenRow],
) -> Perintah:
    return filled(
        Perintah,
        row,
        period=Period.parse(row.period),
        tugas=tuple(filled(Tugas, part) for part in tugas),
        bagian=tuple(filled(Bagian, part) for part in bagian),
        data=tuple(filled(Data, part) for part in data),
        temuan=tuple(filled(Temuan, part) for part in temuan),
        dokumen=tuple(filled(Dokumen, part) for part in dokumen),
    )


def head_of(row: PerintahRow) -> Head:
    nomor = f"{row.number:03d}/{row.year}"
    return filled(Head, row, nomor=nomor, period=Period.parse(row.period))


def tugas_row(tugas: Tugas) -> TugasRow:
    return TugasRow(**fields_of(tugas))


def tugas_of(row: TugasRow) -> Tugas:
    return filled(Tugas, row)


def bagian_row(perintah_id: int, bagian: Bagian) -> BagianRow:
    return BagianRow(**fields_of(bagian), perintah_id=perintah_id)


def data_row(perintah_id: int, data: Data) -> DataRow:
    return DataRow(**fields_of(data), perintah_id=perintah_id)


def temuan_row(perintah_id: int, temuan: Temuan) -> TemuanRow:
    return TemuanRow(**fields_of(temuan), perintah_id=perintah_id)


def dokumen_row(perintah_id: int, dokumen: Dokumen) -> DokumenRow:
    return DokumenRow(**fields_of(dokumen), perintah_id=perintah_id)


def draft_row(draft: Draft) -> DraftRow:
    return DraftRow(**fields_of(draft))


def draft_of(row: DraftRow) -> Draft:
    return filled(Draft, row)


def person_of(row: PersonRow) -> Person:
    return filled(Person, row, is_bound=row.user_id is not None)


def penugasan_of(row: PenugasanRow) -> Penugasan:
    return filled(Penugasan, row)


def group_of(row: GroupRow) -> Group:
    return filled(Group, row)


def invite_of(row: InviteRow) -> Invite:
    return filled(Invite, row)


def slot_of(row: SlotRow, *, is_asking: bool = False) -> Slot:
    return filled(Slot, row, to=row.recipient, is_asking=is_asking)


def indicator_row(year: int, position: int, indicator: Indicator) -> IndicatorRow:
    lowest, highest = indicator.limits or (None, None)
    first, second, third, fourth = indicator.targets
    return IndicatorRow(
        **fields_of(indicator, "limits", "targets"),
        year=year,
        position=position,
        lowest=lowest,
        highest=highest,
        target_1=first,
        target_2=second,
        target_3=third,
        target_4=fourth,
    )


def indicator_of(row: IndicatorRow) -> Indicator:
    has_limits = row.lowest is not None and row.highest is not None
    return filled(
        Indicator,
        row,
        limits=(row.lowest, row.highest) if has_limits else None,
        targets=(row.target_1, row.target_2, row.target_3, row.target_4),
    )


def perintah_of_ref(ref: str) -> int | None:
    """Which perintah "7-12", "p7" or "b7" is about."""
    found = re.fullmatch(r"[pb]?(\d+)(?:-\d+)?", ref, re.ASCII)
    return int(found[1]) if found else None
