"""The two lists an office keeps in Excel: who holds which post, and what each unit answers for."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import cast

from flows.form import Direction, Indicator
from flows.numbers import read_number
from flows.office import Office
from flows.people import Jenis, Post, is_nip, sapaan
from reports.tables import (
    MAX_LENGTH,
    Complaints,
    Field,
    Heading,
    Row,
    Table,
    key_of,
    read_table,
    write_table,
)

JENIS: Mapping[str, Jenis] = {
    "": "definitif",
    "definitif": "definitif",
    "plt": "Plt",
    "plh": "Plh",
}
NIP_DAMAGED = re.compile(r"[0-9][.,]?[0-9]*[eE]\+?[0-9]+")
DAY = re.compile(r"([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})")
KODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9./-]{0,29}")
RANGE = re.compile(r"(-?[0-9]+(?:[.,][0-9]+)?) ?[-–] ?(-?[0-9]+(?:[.,][0-9]+)?)")
FREQUENCIES = ("bulanan", "triwulan", "semester", "tahunan")
NATURES = ("kumulatif", "posisi")
QUARTERS = ("Target TW1", "Target TW2", "Target TW3", "Target TW4")


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One post of one person, as row `row` of the list names it."""

    row: int
    nama: str
    nip: str | None
    pangkat: str
    jabatan: str
    role: str
    unit: str | None
    jenis: Jenis
    mulai: date | None
    selesai: date | None
    surat: str

    @property
    def person(self) -> str:
        """What tells him from others: his NIP, or his name where none is needed."""
        return self.nip or key_of(self.nama)

    @property
    def sapaan(self) -> str:
        return sapaan(self.nip)

    @property
    def post(self) -> Post:
        return Post(self.role, self.unit)

    def overlaps(self, other: "StaffRow") -> bool:
        return (self.mulai or date.min) <= (other.selesai or date.max) and (
            other.mulai or date.min
        ) <= (self.selesai or date.max)


def read_staff(path: Path, office: Office) -> tuple[StaffRow, ...]:
    """Raises ListInvalid with every mistake; nothing is half taken."""
    complaints = Complaints()
    rows = [(r, _staff_row(r, office, complaints)) for r in read_table(path, _staff(office))]
    taken: list[StaffRow] = []
    for row, staff in rows:
        _check_against(taken, row, staff, office, complaints)
        taken.append(staff)
    complaints.raise_if_any(path)
    return tuple(taken)


def read_indicators(path: Path, office: Office) -> tuple[Indicator, ...]:
    """Raises ListInvalid with every mistake; nothing is half taken."""
    complaints = Complaints()
    taken: dict[str, int] = {}
    indicators = []
    for row in read_table(path, _indicators(office)):
        kode = row.text("Kode")
        if kode in taken:
            complaints.add("kode_twice", row["Kode"], detail=f"{taken[kode]}")
        taken.setdefault(kode, row.number)
        indicators.append(_indicator(row, office, complaints))
    complaints.raise_if_any(path)
    return tuple(indicators)


def write_staff(path: Path, rows: Iterable[StaffRow], office: Office) -> None:
    write_table(path, "Pegawai", _staff(office), [_staff_values(row) for row in rows])


def write_staff_template(path: Path, office: Office) -> None:
    """An empty list; its second sheet shows how rows look."""
    write_table(path, "Pegawai", _staff(office), (), STAFF_EXAMPLES)


def write_indicators(path: Path, indicators: Iterable[Indicator], office: Office) -> None:
    write_table(
        path, "Indikator", _indicators(office), [_indicator_values(one) for one in indicators]
    )


def write_indicators_template(path: Path, office: Office) -> None:
    """An empty list; its second sheet shows how rows look."""
    write_table(path, "Indikator", _indicators(office), (), INDICATOR_EXAMPLES)


STAFF_EXAMPLES: Table = (
    ("Contoh Kepala Dinas, S.Sos., M.Si.", "197001011995031001", "Pembina Utama Muda, IV/c",
     "Kepala Dinas", "kepala_dinas", "", "definitif", date(2024, 1, 2), None, ""),
    ("Contoh Pelaksana, S.K.M.", "199002142015032002", "Penata, III/c",
     "Plt. Kepala Bidang", "kepala_unit", "PPR", "Plt", date(2026, 9, 1), None,
     "800.1.11/1/BKPSDM tanggal 31 Agustus 2026"),
)  # fmt: skip
INDICATOR_EXAMPLES: Table = (
    ("SEK-01", "SEK", "Akuntabilitas kinerja meningkat", "Nilai AKIP", "nilai", "+", "tahunan",
     "posisi", Decimal(2), "", Decimal(72), Decimal(72), Decimal(72), Decimal(72), Decimal(72)),
    ("SEK-02", "SEK", "Anggaran terserap", "Persentase realisasi anggaran", "%", "+", "triwulan",
     "kumulatif", Decimal(2), "0-100", Decimal(95), Decimal(20), Decimal(45), Decimal(70),
     Decimal(95)),
)  # fmt: skip


def _staff(office: Office) -> tuple[Heading, ...]:
    return (
        Heading("Nama", 36, "Contoh Pegawai, S.Sos."),
        Heading("NIP", 22, "198508172010012001 (text)"),
        Heading("Pangkat/Golongan", 26, "Penata Tingkat I, III/d"),
        Heading("Jabatan", 36, "Kepala Bidang KBK"),
        Heading("Peran", 22, "pelaksana", choices=tuple(office.roles)),
        Heading("Unit", 8, office.unit_codes[0], choices=office.unit_codes),
        Heading("Jenis", 11, "Plt", choices=("definitif", "Plt", "Plh")),
        Heading("Mulai", 12, "01-09-2026", is_text=False),
        Heading("Selesai", 12, "30-11-2026", is_text=False),
        Heading("Nomor Surat", 40, "800.1.11/57/BKPSDM tanggal 20 November 2026"),
    )


def _staff_row(row: Row, office: Office, complaints: Complaints) -> StaffRow:
    role = _role(row, office, complaints)
    jenis = JENIS.get(key_of(row.text("Jenis")).removesuffix("."))
    if jenis is None:
        complaints.add("unknown_jenis", row["Jenis"], row.text("Nama"))
    elif jenis != "definitif" and not row.text("Nomor Surat"):
        complaints.add("letter_required", row["Nomor Surat"], row.text("Nama"), jenis)
    mulai, selesai = _day(row, "Mulai", complaints), _day(row, "Selesai", complaints)
    if mulai and selesai and selesai < mulai:
        detail = f"{mulai:%d-%m-%Y}"
        complaints.add("end_before_start", row["Selesai"], row.text("Nama"), detail)
    label = office.role(role).label if role else ""
    return StaffRow(
        row=row.number,
        nama=_words(row, "Nama", complaints, is_required=True),
        nip=_nip(row, role, office, complaints),
        pangkat=_words(row, "Pangkat/Golongan", complaints),
        jabatan=_words(row, "Jabatan", complaints) or label,
        role=role,
        unit=_post_unit(row, role, office, complaints),
        jenis=jenis or "definitif",
        mulai=mulai,
        selesai=selesai,
        surat=_words(row, "Nomor Surat", complaints),
    )


def _words(row: Row, heading: str, complaints: Complaints, *, is_required: bool = False) -> str:
    field = row[heading]
    if field.cell.kind == "error":
        complaints.add("cell_error", field, _subject(row, field))
    elif is_required and not field.text:
        complaints.add("required", field, _subject(row, field))
    elif len(field.text) > MAX_LENGTH:
        complaints.add("too_long", field, _subject(row, field), f"{MAX_LENGTH}")
    return field.text


def _subject(row: Row, field: Field) -> str:
    """Whose or which row it is, for whoever cannot count rows."""
    name = row.fields.get("Nama") or row["Kode"]
    return "" if name is field else name.text


def _role(row: Row, office: Office, complaints: Complaints) -> str:
    written = key_of(row.text("Peran"))
    for key, role in office.roles.items():
        if written and written in {key_of(name) for name in (key, role.label, *role.aliases)}:
            return key
    known = ", ".join(office.roles)
    complaints.add(
        "unknown_role" if written else "required", row["Peran"], row.text("Nama"), known
    )
    return ""


def _nip(row: Row, role: str, office: Office, complaints: Complaints) -> str | None:
    field = row["NIP"]
    text = field.text.replace(" ", "").removeprefix("'")
    is_needed = not role or office.role(role).acts_in_sop
    if field.cell.kind == "number" or NIP_DAMAGED.fullmatch(text):
        complaints.add("nip_number", field, row.text("Nama"))
    elif text and not is_nip(text):
        complaints.add("nip_invalid", field, row.text("Nama"))
    elif not text and is_needed:
        complaints.add("required", field, row.text("Nama"))
    return text or None


def _unit(row: Row, office: Office) -> str | None:
    written = key_of(row.text("Unit"))
    named = (u.kode for u in office.units if written in (key_of(u.kode), key_of(u.nama)))
    return next(named, None)


def _post_unit(row: Row, role: str, office: Office, complaints: Complaints) -> str | None:
    field, name = row["Unit"], row.text("Nama")
    unit = _unit(row, office)
    if field.text and unit is None:
        complaints.add("unknown_unit", field, name, ", ".join(office.unit_codes))
    if not role:
        return unit
    label = office.role(role).label
    if not office.is_per_unit(role):
        if unit is not None:
            complaints.add("unit_not_wanted", field, name, label)
        return None
    if not field.text:
        complaints.add("unit_required", field, name, label)
    if unit in office.role(role).special:
        holder = office.role(office.role(role).special[unit]).label
        complaints.add("seat_taken", field, name, holder)
    return unit


def _day(row: Row, heading: str, complaints: Complaints) -> date | None:
    field = row[heading]
    if not field.text:
        return None
    try:
        if field.cell.kind == "date":
            return date.fromisoformat(field.text[:10])
        if field.cell.kind == "text" and (found := DAY.fullmatch(field.text)):
            return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        pass
    complaints.add("bad_date", field, row.text("Nama"))
    return None


def _check_against(
    taken: Sequence[StaffRow], row: Row, staff: StaffRow, office: Office, complaints: Complaints
) -> None:
    """What this row says against those above it."""
    namesake = next((o for o in taken if staff.nip and o.nip == staff.nip), None)
    if namesake is not None and key_of(namesake.nama) != key_of(staff.nama):
        complaints.add("nip_two_names", row["NIP"], staff.nama, namesake.nama)
    if not staff.role:
        return
    same = [o for o in taken if o.post == staff.post and o.overlaps(staff)]
    same = [other for other in same if other.jenis == staff.jenis]
    twice = next((other for other in same if other.person == staff.person), None)
    limit = office.role(staff.role).limit
    if twice is not None:
        complaints.add("row_twice", row["Peran"], staff.nama, f"{twice.row}")
    elif limit is not None and len(same) >= limit:
        names = ", ".join(f"{other.nama} (row {other.row})" for other in same)
        complaints.add("two_holders", row["Peran"], staff.nama, names)


def _staff_values(row: StaffRow) -> Sequence[str | date | None]:
    head = (row.nama, row.nip, row.pangkat, row.jabatan, row.role, row.unit, row.jenis)
    return (*head, row.mulai, row.selesai, row.surat)


def _indicators(office: Office) -> tuple[Heading, ...]:
    targets = (Heading(name, 14, "70", is_text=False) for name in ("Target Tahun", *QUARTERS))
    return (
        Heading("Kode", 10, f"{office.unit_codes[0]}-01"),
        Heading("Unit", 8, office.unit_codes[0], choices=office.unit_codes),
        Heading("Sasaran", 40),
        Heading("Indikator", 60, "Persentase realisasi anggaran"),
        Heading("Satuan", 20, "%"),
        Heading("Arah (+/-)", 10, "+", choices=("+", "-")),
        Heading("Frekuensi", 12, "triwulan", choices=FREQUENCIES),
        Heading("Sifat", 12, "kumulatif", choices=NATURES),
        Heading("Desimal", 9, "0 or 2", is_text=False),
        Heading("Batas", 9, "0-100"),
        *targets,
    )


def _indicator(row: Row, office: Office, complaints: Complaints) -> Indicator:
    kode = _words(row, "Kode", complaints, is_required=True)
    if kode and not KODE.fullmatch(kode):
        complaints.add("bad_kode", row["Kode"])
    unit = _unit(row, office)
    if unit is None:
        rule = "unknown_unit" if row.text("Unit") else "required"
        complaints.add(rule, row["Unit"], kode, ", ".join(office.unit_codes))
    arah = cast(Direction, _one_of(row, "Arah (+/-)", ("+", "-"), complaints))
    desimal = int(_one_of(row, "Desimal", ("0", "2"), complaints))
    year, *quarters = (
        _target(row, heading, desimal, arah, complaints) for heading in ("Target Tahun", *QUARTERS)
    )
    if not row.text("Target Tahun"):
        complaints.add("required", row["Target Tahun"], kode)
    return Indicator(
        kode=kode,
        unit=unit or "",
        sasaran=_words(row, "Sasaran", complaints),
        indikator=_words(row, "Indikator", complaints, is_required=True),
        satuan=_words(row, "Satuan", complaints, is_required=True),
        arah=arah,
        frekuensi=_one_of(row, "Frekuensi", FREQUENCIES, complaints),
        sifat=_one_of(row, "Sifat", NATURES, complaints),
        desimal=desimal,
        limits=_limits(row, complaints),
        target_tahun=year or Decimal(0),
        targets=(quarters[0], quarters[1], quarters[2], quarters[3]),
    )


def _one_of(row: Row, heading: str, known: Sequence[str], complaints: Complaints) -> str:
    """Where it is none of them, the one that gives no cause for further complaints."""
    written = row.text(heading).casefold().replace("−", "-").replace("–", "-")
    if written in known:
        return written
    rule = "not_one_of" if written else "required"
    complaints.add(rule, row[heading], row.text("Kode"), ", ".join(known))
    return known[-1]


def _target(
    row: Row, heading: str, desimal: int, arah: Direction, complaints: Complaints
) -> Decimal | None:
    """A figure in the grammar of the forms, so that both read alike."""
    field, kode = row[heading], row.text("Kode")
    reading = read_number(field.cell, desimal, None)
    if reading.kind == "empty":
        return None
    if reading.kind == "ambiguous":
        is_fraction = len(reading.candidates) == 1 or field.cell.kind == "number"
        detail = " or ".join(f"{candidate}" for candidate in reading.candidates)
        complaints.add("fraction" if is_fraction else "ambiguous", field, kode, detail)
    elif reading.value is None:
        complaints.add("not_a_number", field, kode)
    elif reading.value < 0:
        complaints.add("negative", field, kode)
    elif reading.value == 0 and arah == "+":
        complaints.add("target_zero", field, kode)
    return reading.value


def _limits(row: Row, complaints: Complaints) -> tuple[Decimal, Decimal] | None:
    field = row["Batas"]
    if field.text in ("", "-"):
        return None
    found = RANGE.fullmatch(field.text)
    low, high = (Decimal(found[n].replace(",", ".")) if found else Decimal(0) for n in (1, 2))
    if low >= high:
        complaints.add("bad_limits", field, row.text("Kode"))
        return None
    return low, high


def _indicator_values(one: Indicator) -> Sequence[str | Decimal | None]:
    limits = f"{one.limits[0]}-{one.limits[1]}" if one.limits else None
    head = (one.kode, one.unit, one.sasaran, one.indikator, one.satuan, one.arah)
    return (*head, one.frekuensi, one.sifat, Decimal(one.desimal), limits, one.target_tahun,
            *one.targets)  # fmt: skip
