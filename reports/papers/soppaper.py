"""Template input of an SOP AP by PermenPAN-RB 35/2012: identity page and flowchart."""

from datetime import date
from typing import Any

from flows.office.calendar import MONTHS
from flows.papers.picture_facts import Ratified, SopData
from flows.text.plain import cut
from reports.papers.words import moment_of, nip

# Characters; a row of the flowchart is not broken, so no cell may exceed a page.
LONGEST = {
    "nomor": 6, "uraian": 600, "kelengkapan": 240, "waktu": 40, "keluar": 240, "keterangan": 100,
    "tambahan": 60,
}  # fmt: skip
LONGEST_HEADING, LONGEST_TITLE = 45, 150
TITLES = ("judul", "pemda", "perangkat", "kabupaten", "disahkan_oleh", "nomor_sop", "perintah")


def sop(data: SopData) -> dict[str, Any]:
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


def _ratified(found: Ratified, zone: str) -> dict[str, Any]:
    return {
        "jabatan": [cut(line, LONGEST_TITLE) for line in found.jabatan],
        "nama": cut(found.nama, LONGEST_TITLE),
        "nip": nip(found.nip),
        "waktu": moment_of(found.disetujui, zone),
    }


def _day(value: date | None) -> str:
    return "" if value is None else f"{value.day} {MONTHS[value.month - 1]} {value.year}"
