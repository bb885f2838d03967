"""The SOP AP as PermenPAN-RB 35/2012 wants it: identity page and flowchart."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from pydantic import Field

from reports.data import Data
from reports.letters import Letter
from reports.words import MONTHS

Rupa = Literal["mulai", "proses", "keputusan", "selesai"]


class Shape(Data):
    kolom: int = Field(ge=0)
    rupa: Rupa


class FlowRow(Data):
    """`kembali` is the row a "Tidak" leads back to; `tambahan` what the paper itself lacks."""

    nomor: str
    uraian: str
    rupa: tuple[Shape, ...] = ()
    kelengkapan: str
    waktu: str
    keluar: str
    keterangan: str = ""
    tambahan: str = ""
    kembali: int | None = None
    keadaan: str = ""


class SopData(Letter):
    varian: Literal["asli", "rekonstruksi", "langsung"]
    judul: str
    pemda: str
    perangkat: str
    kabupaten: str
    nomor_sop: str | None = None
    tanggal_pembuatan: date | None = None
    tanggal_revisi: date | None = None
    tanggal_efektif: date | None = None
    disahkan_oleh: str
    dasar_hukum: tuple[str, ...] = ()
    kualifikasi: tuple[str, ...] = ()
    keterkaitan: tuple[str, ...] = ()
    peralatan: tuple[str, ...] = ()
    peringatan: tuple[str, ...] = ()
    pencatatan: tuple[str, ...] = ()
    kolom: tuple[str, ...] = Field(min_length=1, max_length=7)
    baris: tuple[FlowRow, ...] = Field(min_length=1)
    perintah: str = ""


def sop(content: Mapping[str, Any]) -> dict[str, Any]:
    data = SopData.model_validate(content)
    made = data.dibuat
    return {
        **data.model_dump(mode="json"),
        "tanggal_pembuatan": _day(data.tanggal_pembuatan),
        "tanggal_revisi": _day(data.tanggal_revisi),
        "tanggal_efektif": _day(data.tanggal_efektif),
        "tanggal": [made.year, made.month, made.day],
    }


def _day(value: date | None) -> str:
    return "" if value is None else f"{value.day} {MONTHS[value.month - 1]} {value.year}"
