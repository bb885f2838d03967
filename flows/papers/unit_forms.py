"""Workbooks of a unit: its empty form, as one person gets it, its filled rows, its corrections."""

from collections.abc import Collection, Iterable
from decimal import Decimal

from flows.figures.unit_rows import form_of, indicators_of
from flows.forms.form import Form, Indicator, Isian, issued
from flows.forms.sheet_check import Expected, issue_meta
from flows.model.messages import Attachment
from flows.model.perintah import Dokumen
from flows.papers.facts import Amount, Entry, FormData, Row, Rules
from flows.papers.filing import add_paper, files, kop, printed
from flows.turn.turn import Turn


def issue_form(
    turn: Turn, unit: str, kind: str = "form", filled_in: Iterable[Isian] = ()
) -> Dokumen:
    """Files a unit's workbook; "perbaikan" has the present figures, "isian" the rows given."""
    perintah = turn.perintah
    form = form_of(turn)
    data = perintah.latest(unit) if kind == "perbaikan" else None
    filled = {row.kode: row for row in (data.rows if data else filled_in)}
    rows = tuple(
        form_row(form, i, n, filled.get(i.kode), perintah.period.quarter)
        for n, i in enumerate(indicators_of(turn, unit), start=1)
    )
    meta = issue_meta(
        form, Expected(unit, perintah.period.code, str(perintah.id), form.version, frozenset())
    )
    facts = FormData(
        kop=kop(turn.office),
        form=form,
        unit=unit,
        unit_nama=turn.office.unit(unit).nama,
        periode=perintah.period.label,
        perintah=perintah.nomor,
        rows=rows,
        rules=rules(turn),
        meta=meta,
        dibuat=turn.now,
    )
    return add_paper(turn, kind, unit, 1, facts)


def persons_form(
    turn: Turn, form: Dokumen | None, others: Collection[str]
) -> tuple[Attachment, ...]:
    """The unit's filed form for one person: rows for which others answer are closed in it."""
    if form is None or not others:
        return files(turn, form)
    own = tuple(row["kode"] for row in form.data["isi"]["rows"] if row["kode"] not in others)
    facts = FormData.model_validate({**form.data["isi"], "milik": own})
    issue = {"kode": form.code, "sha256": form.sha256}
    return (printed(turn, form.kind, facts, issue, unit=form.unit, versi=form.version),)


def rules(turn: Turn) -> Rules:
    office = turn.office
    return Rules(
        kategori=office.kategori, rumus_negatif=office.rumus_negatif, rata_rata=office.rata_rata
    )


def form_row(
    form: Form, indicator: Indicator, number: int, isian: Isian | None, quarter: int
) -> Row:
    row: Row = {"nomor": str(number)}
    for column in form.columns:
        value = issued(column.role, indicator, quarter)
        if value is not None:
            row[column.role] = entry(value, indicator.desimal)
    if isian is not None:
        row["realisasi"] = "n/a" if isian.is_na else entry(isian.realisasi, indicator.desimal)
        row["sumber"] = isian.sumber
        row["bukti"] = isian.bukti
        row["keterangan"] = isian.keterangan
    return row


def entry(value: str | Decimal | None, desimal: int) -> Entry:
    return Amount(value=value, desimal=desimal) if isinstance(value, Decimal) else value
