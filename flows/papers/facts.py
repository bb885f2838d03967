"""What the papers are drawn from: the JSON a document carries, checked where it comes in."""

from decimal import Decimal
from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from flows.forms.form import Form, Role
from flows.office.sections import Kategori


class Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Amount(Data):
    """A figure and the number of decimals it is shown with."""

    value: Decimal
    desimal: int = Field(default=2, ge=0, le=6)


Entry = Amount | str | None
# `arah` is "+" or "-"; `capaian` and `kategori` stay empty in rows without a figure.
Row = dict[Role, Entry]


class Kop(Data):
    pemda: str
    nama: str
    singkatan: str
    alamat: str | None = None
    telepon: str | None = None


class Rules(Data):
    """How capaian, category and average are computed; the formulas follow it."""

    kategori: tuple[Kategori, ...] = Field(min_length=1)
    rumus_negatif: Literal["selisih", "rasio"] = "selisih"
    rata_rata: Literal["mentah", "dibatasi_100"] = "mentah"


class FormData(Data):
    """A unit's form. `meta` goes to the hidden sheet, which also gets the rows' checksum."""

    kop: Kop
    form: Form
    unit: str
    unit_nama: str
    periode: str
    perintah: str
    rows: tuple[Row, ...]
    rules: Rules
    meta: dict[str, str]
    dibuat: AwareDatetime


class Mark(Data):
    cell: str = Field(pattern=r"^[A-Z]{1,3}[1-9][0-9]{0,6}$")
    comment: str


class Correction(Data):
    """One line of the sheet Perbaikan, worded for the official."""

    sel: str
    kolom: str
    kode: str
    tertulis: str
    perbaikan: str
    contoh: str = ""


class MarkedData(Data):
    """A refused sheet written afresh.

    `sheet` is the official's sheet (sheetjson.sheet_to_dict), `letters` where his columns stand,
    both left empty (0 and {}) when no header was found.
    """

    sheet: dict[str, Any]
    form: Form
    header_row: int = 0
    letters: dict[Role, str] = Field(default_factory=dict)
    marks: tuple[Mark, ...]
    corrections: tuple[Correction, ...]
    catatan: str = ""
    rules: Rules
    dibuat: AwareDatetime


class Figures(Data):
    """One line of Ringkasan; `counts` holds the number of indicators of each category."""

    kode: str
    nama: str
    terisi: int
    jumlah: int
    mentah: Decimal | None
    dibatasi: Decimal | None
    kategori: str
    counts: dict[str, int]
    na: int
    keterangan: str = ""


class UnitData(Data):
    figures: Figures
    rows: tuple[Row, ...]


class TableColumn(Data):
    heading: str
    width: float = Field(default=16, gt=0, le=120)


class Table(Data):
    """A further sheet (Semula-Menjadi, Catatan, Jejak) as it is."""

    name: str = Field(min_length=1, max_length=31)
    columns: tuple[TableColumn, ...] = Field(min_length=1)
    rows: tuple[tuple[Entry, ...], ...]
    is_printed: bool = True


class SignatureBlock(Data):
    """Who signs, in the words of the tata naskah; `jabatan` one entry a line."""

    tempat_tanggal: str
    jabatan: tuple[str, ...]
    nama: str
    pangkat: str = ""
    nip: str = ""


class RekapData(Data):
    """The office's rekap: the workbook and the paper are drawn from this alone."""

    kop: Kop
    judul: str
    periode: str
    perintah: str
    versi: int = Field(ge=1)
    form: Form
    units: tuple[UnitData, ...] = Field(min_length=1)
    dinas: Figures
    rules: Rules
    analisis: str = ""
    tables: tuple[Table, ...] = ()
    tanda_tangan: SignatureBlock | None = None
    meta: dict[str, str] = Field(default_factory=dict)
    dibuat: AwareDatetime


class Paraf(Data):
    jabatan: str
    nama: str
    waktu: str
    kode: str


class Issue(Data):
    """What is known of a document only once its data stand: code, hash, and the acts upon it.

    `persetujuan` is the line of the internal approval, `tanda_tangan` who has really signed,
    `cap` the stamp across the page, `nomor` the paper's own number, `tautan` where its QR leads.
    """

    kode: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    paraf: tuple[Paraf, ...] = ()
    persetujuan: str = ""
    cap: str = ""
    catatan: tuple[str, ...] = ()
    nomor: str = ""
    tautan: str = ""
    tanda_tangan: SignatureBlock | None = None
