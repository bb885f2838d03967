"""Input of the paper templates: facts with figures and dates formatted as text."""

import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from flows.forms.form import Role
from flows.forms.numbers import format_number
from flows.papers import letter_facts, picture_facts
from flows.papers.catalogue import line_of
from flows.papers.facts import (
    Amount,
    Data,
    Entry,
    Figures,
    Issue,
    Json,
    RekapData,
    Row,
    SignatureBlock,
    Table,
    UnitData,
)
from reports.papers import letterpaper, picturepaper
from reports.papers.qr import qr_svg
from reports.papers.words import nip
from reports.workbooks.cells import printable

MISSING = "n/a"
EMPTY_CELL = "–"
DETAILS: tuple[Role, ...] = (
    "kode", "indikator", "satuan", "target", "realisasi", "capaian", "kategori"
)  # fmt: skip
LONGEST = 6000
# Longest text in characters of fields in a single line, the footer or an unbroken block.
SHORT = {
    **{"perintah": 40, "periode": 40, "nomor": 60, "unit": 20, "kode": 24},
    **{"langkah": 12, "sop": 120, "judul": 160, "unit_nama": 200, "bot": 40, "nip": 30},
    **{"jabatan": 250, "nama": 300, "tempat_tanggal": 100, "nomor_surat": 60, "pangkat": 80},
    **{"surat_dari": 400, "hal": 400, "jejak": 80, "bagian": 40, "ukuran": 20, "kepada": 300},
}
SHORT_IN_KOP = {"pemda": 100, "nama": 200, "singkatan": 24, "alamat": 150, "telepon": 40}


def paper(
    kind: str, data: Mapping[str, Any], issue: Mapping[str, Any], logo: bytes | None = None
) -> Json:
    """Validates the data of a paper and returns the input of its template."""
    facts = line_of(kind).facts.model_validate(data)
    return laid_out(facts, Issue.model_validate(issue), logo)


def laid_out(facts: Data, issue: Issue, logo: bytes | None = None) -> Json:
    """The template's input; facts without a layout of their own are laid out as a letter."""
    lay_out = _LAYOUTS.get(type(facts), letterpaper.letter)
    content = {
        **lay_out(facts),
        "penerbitan": {**issue.model_dump(mode="json"), "qr": qr_svg(issue.tautan)},
        "nomor": issue.nomor,
    }
    if issue.tanda_tangan is not None:
        content["tanda_tangan"] = _signature(issue.tanda_tangan)
    return {**_clean(content), "logo": list(logo) if logo else None}


def rekap_paper(data: RekapData) -> Json:
    created = data.dibuat
    return {
        "bentuk": data.bentuk,
        "kop": data.kop.model_dump(),
        "judul": data.judul,
        "periode": data.periode,
        "perintah": data.perintah,
        "versi": data.versi,
        "kelas": [level.nama for level in data.rules.kategori],
        "dasar": data.rules.rata_rata,
        "unit": [_line(unit.figures, data) for unit in data.units],
        "dinas": _line(data.dinas, data),
        "analisis": data.analisis,
        "rincian": _details(data),
        "tabel": [_table(table) for table in data.tables if table.is_printed],
        "tanda_tangan": _signature(data.tanda_tangan) if data.tanda_tangan else None,
        "tanggal": [created.year, created.month, created.day],
    }


def _signature(block: SignatureBlock) -> Json:
    return {**block.model_dump(), "nip": nip(block.nip)}


def _clean(value: Any, name: str = "") -> Any:
    """The value with all text normalized (NFC), without control characters, and cut to limits."""
    match value:
        case str() if value.startswith("<svg"):
            return value
        case str():
            if not (value.isascii() and value.isprintable()):
                value = unicodedata.normalize("NFC", printable(value))
            most = SHORT.get(name, LONGEST)
            return value if len(value) <= most else f"{value[: most - 1]}…"
        case dict():
            limits = SHORT_IN_KOP if name == "kop" else {}
            kept = {k: v[: limits[k]] for k, v in value.items() if k in limits and v}
            return {key: _clean(part, key) for key, part in {**value, **kept}.items()}
        case list() | tuple():
            return [_clean(part, name) for part in value]
    return value


def _line(figures: Figures, data: RekapData) -> Json:
    return {
        "kode": figures.kode,
        "nama": figures.nama,
        "isi": f"{figures.terisi}/{figures.jumlah}",
        "mentah": _mean(figures.mentah),
        "dibatasi": _mean(figures.dibatasi),
        "kategori": figures.kategori or "–",
        "hitungan": [str(figures.counts.get(level.nama, 0)) for level in data.rules.kategori],
        "na": str(figures.na),
        "keterangan": figures.keterangan,
    }


def _details(data: RekapData) -> Json:
    """Every row of every unit, for the shapes that print them."""
    columns = [c for role in DETAILS if (c := data.form.column(role)) is not None]
    roles = [column.role for column in columns] if data.bentuk > 1 else []
    return {
        "peran": roles,
        "kolom": [column.heading for column in columns],
        "unit": [
            {
                "nama": f"{unit.figures.kode} – {unit.figures.nama}",
                "baris": [_detail(unit, row, roles) for row in unit.rows],
            }
            for unit in data.units
            if roles
        ],
    }


def _detail(unit: UnitData, row: Row, roles: list[Role]) -> Json:
    code = _cell(row.get("kode"))
    former = _cell(unit.semula[code]) if code in unit.semula else None
    cells = [_cell(row.get(role)) or EMPTY_CELL for role in roles]
    return {"sel": cells, "diperbaiki": former is not None, "semula": former or ""}


def _mean(value: Decimal | None) -> str:
    return MISSING if value is None else format_number(value, 2)


def _table(table: Table) -> Json:
    return {
        "nama": table.name,
        "kolom": [column.heading for column in table.columns],
        "lebar": [column.width for column in table.columns],
        "baris": [[_cell(entry) for entry in row] for row in table.rows],
        "angka": [any(isinstance(e, Amount) for e in column) for column in _transposed(table)],
    }


def _transposed(table: Table) -> list[list[Entry]]:
    return [
        [row[index] for row in table.rows if index < len(row)]
        for index in range(len(table.columns))
    ]


def _cell(entry: Entry) -> str:
    if isinstance(entry, Amount):
        return format_number(entry.value, entry.desimal)
    return entry or ""


_LAYOUTS: Mapping[type[Data], Callable[[Any], Json]] = {
    RekapData: rekap_paper,
    letter_facts.Disposisi: letterpaper.disposisi,
    letter_facts.Pengantar: letterpaper.pengantar,
    letter_facts.Notulen: letterpaper.notulen,
    letter_facts.BeritaAcara: letterpaper.berita_acara,
    letter_facts.Undangan: letterpaper.undangan,
    letter_facts.DaftarPeriksa: letterpaper.daftar_periksa,
    picture_facts.SopData: picturepaper.sop,
    picture_facts.Papan: picturepaper.papan,
    picture_facts.Perjalanan: picturepaper.perjalanan,
    picture_facts.Capaian: picturepaper.capaian,
}
