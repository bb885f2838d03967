"""A unit's figures as messages show them: rows, averages, changes, files of evidence."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flows.figures.unit_rows import baseline, grading, indicators_of, rekap_units, unit_rows
from flows.forms.form import Isian
from flows.forms.grading import UnitRecap, office_recap, unit_recap
from flows.forms.numbers import format_number
from flows.model.messages import Attachment
from flows.turn.turn import Turn

MOST_NAMED = 3


def merged_rows(turn: Turn, unit: str) -> tuple[Isian, ...]:
    """The unit's present rows: its latest data, replaced by what its people filled in since."""
    data = turn.perintah.latest(unit)
    rows = {row.kode: row for row in (data.rows if data else ())}
    for part in turn.perintah.parts(unit):
        rows |= {row.kode: row for row in part.rows}
    order = [indicator.kode for indicator in indicators_of(turn, unit)]
    return tuple(rows[code] for code in order if code in rows)


def unit_figures(turn: Turn, unit: str, rows: Iterable[Isian] | None = None) -> dict[str, Any]:
    filled = tuple(rows) if rows is not None else merged_rows(turn, unit)
    return recap_args(unit_recap(unit_rows(turn, unit, filled), grading(turn)))


def office_figures(turn: Turn) -> dict[str, Any]:
    units = rekap_units(turn)
    recap = office_recap({unit: unit_rows(turn, unit) for unit in units}, grading(turn))
    return {
        **recap_args(recap.dinas),
        "unit": [{"kode": kode, **recap_args(figures)} for kode, figures in recap.units],
    }


def fillers(turn: Turn, unit: str) -> list[dict[str, Any]]:
    """Who filled which rows, and whether by workbook or in the chat."""
    groups: dict[tuple[int | None, bool], list[str]] = {}
    for row in merged_rows(turn, unit):
        groups.setdefault((row.filled_by, bool(row.berkas)), []).append(row.kode)
    return [
        {
            "nama": person.nama if (person := turn.view.roster.person(who or 0)) else "",
            "baris": codes,
            "berkas": is_file,
        }
        for (who, is_file), codes in groups.items()
    ]


def recap_args(figures: UnitRecap) -> dict[str, Any]:
    return {
        "terisi": figures.terisi,
        "jumlah": figures.jumlah,
        "na": figures.na,
        "mentah": str(figures.mentah) if figures.mentah is not None else None,
        "dibatasi": str(figures.dibatasi) if figures.dibatasi is not None else None,
        "kategori": figures.kategori.nama if figures.kategori else "",
        "singkat": figures.kategori.kode if figures.kategori else "-",
        "per_kategori": [[band.nama, count] for band, count in figures.per_kategori],
    }


def figure(turn: Turn, unit: str, isian: Isian | None) -> str:
    """A row's figure in official notation (1.234,56)."""
    if isian is None:
        return "kosong"
    if isian.is_na:
        return "n/a"
    places = next((i.desimal for i in indicators_of(turn, unit) if i.kode == isian.kode), 2)
    return format_number(isian.realisasi, places) if isian.realisasi is not None else "kosong"


def row_lines(turn: Turn, units: Mapping[str, Iterable[Isian]]) -> list[dict[str, Any]]:
    """The lines of all rows: code, figure, target, capaian and class.

    The lowest capaian of all units first; rows without one (n/a, empty) last.
    """
    filled = {row.kode: row for rows in units.values() for row in rows}
    graded = [(u, row) for u, rows in units.items() for row in unit_rows(turn, u, rows)]
    by_code = {indicator.kode: indicator for u in units for indicator in indicators_of(turn, u)}
    graded.sort(key=lambda pair: (pair[1].capaian is None, pair[1].capaian or 0))
    lines = []
    for unit, baris in graded:
        indicator = by_code[baris.kode]
        target = baris.target
        lines.append(
            {
                "unit": unit,
                "kode": baris.kode,
                "nama": indicator.indikator,
                "satuan": indicator.satuan,
                "nilai": figure(turn, unit, filled.get(baris.kode)),
                "target": format_number(target, indicator.desimal) if target is not None else "-",
                "capaian": format_number(baris.capaian, 2) if baris.capaian is not None else "n/a",
                "singkat": baris.kategori.kode if baris.kategori else "-",
            }
        )
    return lines


def changes(turn: Turn, unit: str, rows: Iterable[Isian] | None = None) -> list[dict[str, Any]]:
    """Semula-menjadi of a correction: rows whose figure differs from its initial data."""
    before = baseline(turn.perintah, unit)
    lines = {line["kode"]: line for line in row_lines(turn, {unit: before.values()})}
    after = tuple(rows) if rows is not None else merged_rows(turn, unit)
    now = {line["kode"]: line for line in row_lines(turn, {unit: after})}
    found = {t.kode for t in turn.perintah.temuan if t.verdict != "gugur"}
    result = []
    for row in after:
        old = before.get(row.kode)
        if old is None or (old.realisasi, old.is_na) == (row.realisasi, row.is_na):
            continue
        result.append(
            {
                **now[row.kode],
                "semula": lines[row.kode]["nilai"],
                "menjadi": now[row.kode]["nilai"],
                "capaian_semula": lines[row.kode]["capaian"],
                "temuan": row.kode in found,
                "bukti": row.bukti,
                "berkas": len(row.evidence),
                "alasan": row.keterangan,
            }
        )
    return result


def label_of(codes: Sequence[str]) -> str:
    """The name of evidence for these rows: "Bukti PPA-01, PPA-06"."""
    rest = len(codes) - MOST_NAMED
    named = ", ".join(codes[:MOST_NAMED])
    return f"Bukti {named} dan {rest} lainnya" if rest > 0 else f"Bukti {named}"


def attached(perintah_id: int, given: Iterable[tuple[str, str]]) -> tuple[Attachment, ...]:
    """The files of pairs of a row's code and a SHA-256: each once, named by all its rows."""
    rows: dict[str, list[str]] = {}
    for kode, sha256 in given:
        rows.setdefault(sha256, []).append(kode)
    return tuple(
        Attachment("berkas", label_of(codes), "", perintah_id, sha256=sha256)
        for sha256, codes in rows.items()
    )
