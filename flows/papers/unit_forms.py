"""The form of a unit, issued and filled."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from flows.figures.unit_rows import form_of, indicators_of
from flows.forms.form import Form, Indicator, Isian, issued
from flows.forms.sheet_check import Expected, issue_meta
from flows.model.perintah import Dokumen
from flows.papers.filing import Json, add_paper, kop
from flows.turn.turn import Turn


def issue_form(
    turn: Turn, unit: str, kind: str = "form", filled_in: Iterable[Isian] = ()
) -> Dokumen:
    """A unit's workbook; kind "perbaikan" shows the figures as they stand, "isian" those given."""
    perintah = turn.perintah
    form = form_of(turn)
    data = perintah.latest(unit) if kind == "perbaikan" else None
    filled = {row.kode: row for row in (data.rows if data else filled_in)}
    rows = [
        _form_row(form, i, n, filled.get(i.kode), perintah.period.quarter)
        for n, i in enumerate(indicators_of(turn, unit), start=1)
    ]
    meta = issue_meta(
        form, Expected(unit, perintah.period.code, str(perintah.id), form.version, frozenset())
    )
    body = {
        "kop": kop(turn),
        "form": form.model_dump(mode="json", by_alias=True),
        "unit": unit,
        "unit_nama": turn.office.unit(unit).nama,
        "periode": perintah.period.label,
        "perintah": perintah.nomor,
        "rows": rows,
        "rules": rules(turn),
        "meta": meta,
        "dibuat": turn.now.isoformat(),
    }
    return add_paper(turn, kind, unit, 1, body)


def file_name(turn: Turn, kind: str, unit: str | None, version: int = 0) -> str:
    """What the official sees the file called, without its ending."""
    period = turn.perintah.period
    quarter = f"TW{period.quarter}-{period.year}" if period.quarter else f"Tahun-{period.year}"
    match kind:
        case "form":
            return f"Format_{unit}_{quarter}"
        case "perbaikan":
            return f"Perbaikan_{unit}_{quarter}"
        case "isian":
            return f"Data_{unit}_{quarter}"
        case _:
            return f"Rekap_{turn.office.instansi.singkatan}_{quarter}_v{version}"


def rules(turn: Turn) -> Json:
    office = turn.office
    return {
        "kategori": [k.model_dump(mode="json") for k in office.kategori],
        "rumus_negatif": office.rumus_negatif,
        "rata_rata": office.rata_rata,
    }


def _form_row(
    form: Form, indicator: Indicator, number: int, isian: Isian | None, quarter: int
) -> Json:
    row: Json = {"nomor": str(number)}
    for column in form.columns:
        value = issued(column.role, indicator, quarter)
        if value is not None:
            row[column.role] = _entry(value, indicator.desimal)
    if isian is not None:
        row |= _filled(isian, indicator.desimal)
    return row


def _filled(isian: Isian, desimal: int) -> Json:
    figure = "n/a" if isian.is_na else _entry(isian.realisasi, desimal)
    return {
        "realisasi": figure,
        "sumber": isian.sumber,
        "bukti": isian.bukti,
        "keterangan": isian.keterangan,
    }


def _entry(value: str | Decimal | None, desimal: int) -> Any:
    if isinstance(value, Decimal):
        return {"value": str(value), "desimal": desimal}
    return value
