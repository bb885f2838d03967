"""Models of the sections of kantor.yaml."""

import re
from decimal import Decimal
from string import Formatter
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StrictBool, StrictInt

from flows.office.capabilities import capability
from flows.office.hours import Minute, Part

OFFSET = re.compile(r"(?:buka)?\+?([0-9]{1,5})m")
MOMENT = re.compile(r"([1-9][0-9]?)%|-([1-9][0-9]{0,4})m")
NUMBER_FIELDS = frozenset({"urut", "tahun", "bulan_romawi", "klas", "singkatan"})
# Sheet names of the rekap workbook, which no unit's kode may take: it names the unit's sheet.
RESERVED_CODES = frozenset({"RINGKASAN", "CATATAN", "JEJAK", "PERBAIKAN", "PETUNJUK"})


def _offset(value: Any) -> int:
    found = OFFSET.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError(f'{value!r} is no span of working minutes; write it like "+60m"')
    return int(found[1])


def _moment(value: str) -> str:
    if not MOMENT.fullmatch(value):
        raise ValueError(f'{value!r} is no moment of a reminder; write it like "50%" or "-60m"')
    return value


def _number(value: str) -> str:
    try:
        fields = [name for _, name, _, _ in Formatter().parse(value) if name is not None]
        value.format(**dict.fromkeys(NUMBER_FIELDS, 1))
    except (ValueError, KeyError, IndexError, AttributeError) as error:
        known = ", ".join(sorted(NUMBER_FIELDS))
        raise ValueError(f"{value!r} is no number template; it may hold {{{known}}}") from error
    if "urut" not in fields:
        raise ValueError(f"{value!r} lacks {{urut}}, so all papers would bear one number")
    return value


def _unit_code(value: str) -> str:
    if value in RESERVED_CODES:
        raise ValueError(f"{value!r} is the name of another sheet of the rekap")
    return value


# The fields in the head of a Lembar Disposisi, in their usual order.
HEAD = (
    "surat_dari", "nomor_surat", "tanggal_surat", "diterima_tanggal", "nomor_agenda", "sifat",
    "hal",
)  # fmt: skip

Span = Annotated[int, BeforeValidator(_offset)]
NumberTemplate = Annotated[str, AfterValidator(_number)]
Name = Annotated[str, Field(min_length=1)]
Capability = Annotated[str, AfterValidator(capability)]


class Instansi(Part):
    """Address, phone and logo are None until the office fills them in; none is invented."""

    pemda: Name
    nama: Name
    singkatan: Name
    tempat: Name
    alamat: str | None = None
    telepon: str | None = None
    logo: str | None = None


class Unit(Part):
    kode: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]{1,9}$"), AfterValidator(_unit_code)]
    nama: Name


class Role(Part):
    """A role of the office. `escalation` is whom a delay goes to, where that is not the superior;
    `special` names the role whose own post this one is in a unit; `fallback` the roles of the same
    unit whose holder fills it while nobody is named; `capabilities` what it may beside the SOPs,
    None: what its name may by default."""

    label: Name
    count: StrictInt | Literal["banyak"] = Field(1, alias="jumlah")
    is_per_unit: StrictBool = Field(False, alias="per_unit")
    superior: str | None = Field(None, alias="atasan")
    escalation: str | None = Field(None, alias="eskalasi")
    special: dict[str, str] = Field(default_factory=dict, alias="khusus")
    fallback: tuple[str, ...] = Field((), alias="bawaan")
    aliases: tuple[str, ...] = Field((), alias="alias")
    acts_in_sop: StrictBool = Field(True, alias="langkah_sop")
    capabilities: tuple[Capability, ...] | None = Field(None, alias="boleh")
    note: str | None = Field(None, alias="ket")

    @property
    def reports_to(self) -> str | None:
        return self.escalation or self.superior

    @property
    def limit(self) -> int | None:
        """The greatest number of holders at one time; None for any number."""
        return None if self.count == "banyak" else self.count


class Reminding(Part):
    """For standards of at least `min_minutes` working minutes: reminders before the end."""

    min_minutes: StrictInt = Field(alias="untuk_menit_min", ge=0)
    moments: tuple[Annotated[str, AfterValidator(_moment)], ...] = Field(alias="kirim_pada")


class LewatBatas(Part):
    """After the end, in working minutes; `tanda_terima`: how long a receipt may be awaited;
    `keberatan`: how long an official may object to what was recorded in his name."""

    ke_pelaku: Span = 0
    eskalasi_1: Span = 60
    eskalasi_2: Span = 450
    ulang_harian: Span = 15
    tanda_terima: Span = 60
    keberatan: Span = 900


class Kategori(Part):
    min: Decimal | None
    nama: Name

    @property
    def kode(self) -> str:
        """Sangat Tinggi: ST."""
        return "".join(word[0] for word in self.nama.split()).upper()


class Nomor(Part):
    """Number templates of papers; None: the paper has no number of its own."""

    agenda: NumberTemplate = "{urut:03d}/{tahun}"
    disposisi: NumberTemplate | None = None
    notulen: NumberTemplate | None = None
    rekap: NumberTemplate | None = None
    klas_bawaan: dict[Literal["disposisi", "notulen", "rekap"], str] = Field(default_factory=dict)


class IsianDisposisi(Part):
    surat_dari: str
    nomor_surat: str = "-"
    hal: str
    harap: tuple[str, ...] = ()
    arahan: str


class LembarDisposisi(Part):
    """`kepala`: which fields its head shows, in two columns of equal length, `hal` below them."""

    kertas: Literal["setengah_F4_potret", "A5"] = "setengah_F4_potret"
    kepala: tuple[str, ...]
    sifat: Annotated[tuple[Name, ...], Field(min_length=1)]
    harap: tuple[Name, ...]
    isian_bawaan: IsianDisposisi
    rantai_paraf: tuple[str, ...]


class Penutup(Part):
    """Whether the closing of SOPs that have one is active."""

    aktif: StrictBool = True


class Cadangan(Part):
    """Time of the daily backup (office time), and the number kept."""

    pukul: Minute = 450
    simpan_harian: StrictInt = Field(7, ge=1)
    simpan_mingguan: StrictInt = Field(4, ge=0)
    simpan_bulanan: StrictInt = Field(12, ge=0)
