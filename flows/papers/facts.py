"""Typed facts of papers: made by builders, stored as JSON in documents, drawn by layouts."""

from datetime import UTC
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, PlainSerializer

from flows.forms.form import Form, Role
from flows.office.sections import Kategori

Json = dict[str, Any]


def _whole(form: Form) -> Json:
    """Every key, also those its YAML omits; sets are sorted, as their order changes the hash."""
    told = form.model_dump(mode="json", by_alias=True)
    return {**told, **{name: sorted(told[name]) for name in ("aturan", "beralasan")}}


_AS_ISO = PlainSerializer(lambda moment: moment.isoformat(), when_used="json")
# An aware datetime, serialized in the zone it was given in.
Moment = Annotated[AwareDatetime, _AS_ISO]
# Serialized in UTC: two spellings of one moment would give the same facts two hashes.
UtcMoment = Annotated[AwareDatetime, AfterValidator(lambda m: m.astimezone(UTC)), _AS_ISO]
# Whole numbers are serialized without decimals, as stored bodies have them.
Width = Annotated[
    float, PlainSerializer(lambda w: int(w) if w.is_integer() else w, when_used="json")
]
IssuedForm = Annotated[Form, PlainSerializer(_whole, when_used="json")]


class Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    def body(self) -> Json:
        """The JSON that is hashed and stored: only the fields that were given."""
        return self.model_dump(mode="json", exclude_unset=True)


class Amount(Data):
    """A figure and the number of decimals it is shown with."""

    value: Decimal
    desimal: int = Field(default=2, ge=0, le=6)


Entry = Amount | str | None
# `arah` is "+" or "-"; `capaian` and `kategori` stay empty in rows without a figure.
Row = dict[Role, Entry]


class Shaped(Data):
    """Facts whose template has changed: `bentuk` is the number of the shape they are drawn in."""

    bentuk: int = Field(default=1, ge=1)


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
    """A unit's form. `meta` goes to the hidden sheet, which also gets the rows' checksum. `milik`
    are the rows open to the person who gets it; left out, all are."""

    kop: Kop
    form: IssuedForm
    unit: str
    unit_nama: str
    periode: str
    perintah: str
    rows: tuple[Row, ...]
    rules: Rules
    meta: dict[str, str]
    dibuat: Moment
    milik: tuple[str, ...] | None = None


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
    """A refused sheet, written again with its mistakes marked.

    `sheet` is the official's sheet (sheetjson.sheet_to_dict), `letters` those of his columns,
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
    dibuat: Moment


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
    """`semula` holds the former realisasi of each corrected row, None where that is unchanged."""

    figures: Figures
    rows: tuple[Row, ...]
    semula: dict[str, Entry] = Field(default_factory=dict)


class TableColumn(Data):
    heading: str
    width: Width = Field(default=16, gt=0, le=120)


class Table(Data):
    """Content of a further sheet (Semula-Menjadi, Catatan, Jejak)."""

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


class RekapData(Shaped):
    """The office's rekap: workbook and paper are drawn from these facts only."""

    kop: Kop
    judul: str
    periode: str
    perintah: str
    versi: int = Field(ge=1)
    form: IssuedForm
    units: tuple[UnitData, ...] = Field(min_length=1)
    dinas: Figures
    rules: Rules
    analisis: str = ""
    tables: tuple[Table, ...] = ()
    tanda_tangan: SignatureBlock | None = None
    meta: dict[str, str] = Field(default_factory=dict)
    dibuat: Moment


class Paraf(Data):
    jabatan: str
    nama: str
    waktu: str
    kode: str


class Pengesahan(Data):
    """The acts upon a document: stored beside its body and not hashed.

    `persetujuan` is the line of the internal approval, `tanda_tangan` who has really signed,
    `cap` the stamp across the page, `nomor` the paper's own number.
    """

    paraf: tuple[Paraf, ...] = ()
    persetujuan: str = ""
    cap: str = ""
    catatan: tuple[str, ...] = ()
    nomor: str = ""
    tanda_tangan: SignatureBlock | None = None


class Issue(Pengesahan):
    """Adds what is known only after the data are final: code, hash, and the link of its QR."""

    kode: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    tautan: str = ""
