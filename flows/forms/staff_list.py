"""The staff list: one row a post of a person, as the administrator keeps it in Excel."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flows.forms.form import Sheet
from flows.forms.lists import Complaints, Heading, Row, key_of, table_rows, unit_of, words
from flows.office.kantor import Office
from flows.office.people import Jenis, Penugasan, Person, Post, is_nip, sapaan

JENIS: Mapping[str, Jenis] = {
    "": "definitif",
    "definitif": "definitif",
    "plt": "Plt",
    "plh": "Plh",
}
NIP_DAMAGED = re.compile(r"[0-9][.,]?[0-9]*[eE]\+?[0-9]+")
DAY = re.compile(r"([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})")


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
        """The person's identity: his NIP, or his name where none is needed."""
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

    def pair(self) -> tuple[Person, Penugasan]:
        """Person and post without ids: the store assigns them."""
        person = Person(0, self.nama, self.nip, self.pangkat, self.sapaan)
        post = Penugasan(
            id=0,
            person_id=0,
            role=self.role,
            unit=self.unit,
            jabatan=self.jabatan,
            jenis=self.jenis,
            mulai=self.mulai,
            selesai=self.selesai,
            surat=self.surat,
        )
        return person, post


def read_staff_sheet(sheet: Sheet, office: Office, source: str) -> tuple[StaffRow, ...]:
    """Raises ListInvalid with every mistake; accepted whole or not at all."""
    complaints = Complaints()
    read = table_rows(sheet, staff_headings(office), source)
    rows = [(r, _staff_row(r, office, complaints)) for r in read]
    taken: list[StaffRow] = []
    for row, staff in rows:
        _check_against(taken, row, staff, office, complaints)
        taken.append(staff)
    complaints.raise_if_any(source)
    return tuple(taken)


def staff_headings(office: Office) -> tuple[Heading, ...]:
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
        nama=words(row, "Nama", complaints, is_required=True),
        nip=_nip(row, role, office, complaints),
        pangkat=words(row, "Pangkat/Golongan", complaints),
        jabatan=words(row, "Jabatan", complaints) or label,
        role=role,
        unit=_postunit_of(row, role, office, complaints),
        jenis=jenis or "definitif",
        mulai=mulai,
        selesai=selesai,
        surat=words(row, "Nomor Surat", complaints),
    )


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


def _postunit_of(row: Row, role: str, office: Office, complaints: Complaints) -> str | None:
    field, name = row["Unit"], row.text("Nama")
    unit = unit_of(row, office)
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
