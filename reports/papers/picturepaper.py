"""Template input of SOP sheets and pictures: board, course over working days, capaian."""

from datetime import date
from decimal import Decimal
from typing import Any

from flows.forms.numbers import format_number
from flows.office.calendar import MONTHS
from flows.papers.picture_facts import (
    Capaian,
    Drawing,
    Papan,
    Perjalanan,
    Ratified,
    Reached,
    SopData,
)
from flows.text.durations import Spans
from flows.text.plain import cut
from reports.papers.words import brief, moment_of, nip

Json = dict[str, Any]
MOST_TICKS = 8
FULL = Decimal(100)
# Characters; a row of the flowchart is not broken, so no cell may exceed a page.
LONGEST = {
    "nomor": 6, "uraian": 600, "kelengkapan": 240, "waktu": 40, "keluar": 240, "keterangan": 100,
    "tambahan": 60,
}  # fmt: skip
LONGEST_HEADING, LONGEST_TITLE = 45, 150
TITLES = ("judul", "pemda", "perangkat", "kabupaten", "disahkan_oleh", "nomor_sop", "perintah")


def papan(data: Papan) -> Json:
    lines = [
        {
            **line.model_dump(mode="json"),
            "batas": brief(line.batas, data.zona) if line.batas else "",
        }
        for line in data.baris
    ]
    return {**_common(data), "baris": lines}


def perjalanan(data: Perjalanan) -> Json:
    ends = [bar.sampai or 0 for bar in data.bar] + [bar.standar_sampai for bar in data.bar]
    span = max(*ends, data.target, data.kini, 1)
    step = -(-len(data.hari) // MOST_TICKS)
    spans = Spans(data.sehari)
    return {
        **_common(data),
        "rentang": span,
        "hari": [tick.model_dump() for tick in data.hari[::step]],
        "lama": spans.menit(data.lama),
        "standar": spans.menit(data.standar),
    }


def capaian(data: Capaian) -> Json:
    known = [r.mentah for r in (*data.unit, data.dinas) if r.mentah is not None]
    widest = max([FULL, *known]) * Decimal("1.02")
    lines = [_reached(r, widest, data.kelas) for r in (*data.unit, data.dinas)]
    return {**_common(data), "baris": lines, "seratus": float(FULL / widest)}


def _reached(reached: Reached, widest: Decimal, levels: tuple[str, ...]) -> Json:
    value = reached.mentah
    share = 0.0 if value is None else float(max(value, Decimal(0)) / widest)
    return {
        "kode": reached.kode,
        "isi": reached.isi,
        "nilai": "n/a" if value is None else f"{format_number(value, 2)}%",
        "kategori": reached.kategori or "–",
        "kelas": levels.index(reached.kategori) if reached.kategori in levels else -1,
        "panjang": share,
    }


def _common(data: Drawing) -> Json:
    made = data.dibuat
    return {
        **data.model_dump(mode="json"),
        "saat": moment_of(made, data.zona),
        "tanggal": [made.year, made.month, made.day],
    }


def sop(data: SopData) -> Json:
    made, told = data.dibuat, data.model_dump(mode="json")
    return {
        **told,
        **{name: cut(told[name] or "", LONGEST_TITLE) for name in TITLES},
        "kolom": [cut(heading, LONGEST_HEADING) for heading in data.kolom],
        "baris": [
            row | {name: cut(str(row[name]), most) for name, most in LONGEST.items()}
            for row in told["baris"]
        ],
        "tanggal_pembuatan": _day(data.tanggal_pembuatan),
        "tanggal_revisi": _day(data.tanggal_revisi),
        "tanggal_efektif": _day(data.tanggal_efektif),
        "tanggal": [made.year, made.month, made.day],
        "disetujui": _ratified(data.disetujui, data.zona) if data.disetujui else None,
    }


def _ratified(found: Ratified, zone: str) -> Json:
    return {
        "jabatan": [cut(line, LONGEST_TITLE) for line in found.jabatan],
        "nama": cut(found.nama, LONGEST_TITLE),
        "nip": nip(found.nip),
        "waktu": moment_of(found.disetujui, zone),
    }


def _day(value: date | None) -> str:
    return "" if value is None else f"{value.day} {MONTHS[value.month - 1]} {value.year}"
