"""Typed facts of drawings: pictures of a perintah, flowcharts of an SOP."""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from flows.papers.facts import Data, Kop, Moment
from flows.text.durations import ORDINARY_DAY

Rupa = Literal["mulai", "proses", "keputusan", "selesai"]
Variant = Literal["asli", "rekonstruksi", "langsung"]


class Drawing(Data):
    """`zona` is the zone in which moments are printed; `dibuat` when the facts were read."""

    kop: Kop
    zona: str
    dibuat: Moment


class Picture(Drawing):
    judul: str
    perintah: str


class Cell(Data):
    nama: str
    tanda: str


class BoardLine(Data):
    """A unit: its steps, its state in a word, the present holder and the limit."""

    kode: str
    sel: tuple[Cell, ...]
    keadaan: str
    siapa: str = ""
    batas: Moment | None = None
    lewat: bool = False


class Papan(Picture):
    baris: tuple[BoardLine, ...]
    kantor: tuple[Cell, ...] = ()
    kolom: tuple[str, ...] = ()
    jejak: str = ""


class Bar(Data):
    """Offsets in working minutes from the beginning; `sampai` of an unfinished bar is now."""

    nama: str
    dari: int | None = None
    sampai: int | None = None
    standar_dari: int
    standar_sampai: int
    keadaan: str = "belum"


class Tick(Data):
    menit: int
    label: str


class Perjalanan(Picture):
    """`sehari`: working minutes of an ordinary day of the office."""

    bar: tuple[Bar, ...] = Field(min_length=1)
    hari: tuple[Tick, ...]
    target: int
    kini: int
    lama: int
    standar: int
    sehari: int = ORDINARY_DAY


class Reached(Data):
    kode: str
    mentah: Decimal | None
    kategori: str = ""
    isi: str = ""


class Capaian(Picture):
    unit: tuple[Reached, ...]
    dinas: Reached
    kelas: tuple[str, ...]


class Shape(Data):
    kolom: int = Field(ge=0)
    rupa: Rupa


class FlowRow(Data):
    """`kembali` is the row a "Tidak" leads back to; `tambahan` an addition to the paper."""

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


class Ratified(Data):
    jabatan: tuple[str, ...]
    nama: str
    nip: str
    disetujui: Moment


class SopData(Drawing):
    varian: Variant
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
    disetujui: Ratified | None = None
