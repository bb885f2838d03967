"""The master list: indicators and targets, as the Kasubag keeps it in Excel."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import cast

from flows.forms.form import Direction, Indicator, Sheet
from flows.forms.lists import Complaints, Heading, Row, table_rows, unit_of, words
from flows.forms.numbers import read_number
from flows.office.kantor import Office

KODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9./-]{0,29}")
RANGE = re.compile(r"(-?[0-9]+(?:[.,][0-9]+)?) ?[-–] ?(-?[0-9]+(?:[.,][0-9]+)?)")
FREQUENCIES = ("bulanan", "triwulan", "semester", "tahunan")
NATURES = ("kumulatif", "posisi")
QUARTERS = ("Target TW1", "Target TW2", "Target TW3", "Target TW4")


def read_master(sheet: Sheet, office: Office, source: str) -> tuple[Indicator, ...]:
    """Raises ListInvalid with every mistake; accepted whole or not at all."""
    complaints = Complaints()
    taken: dict[str, int] = {}
    indicators = []
    for row in table_rows(sheet, indicator_headings(office), source):
        kode = row.text("Kode")
        if kode in taken:
            complaints.add("kode_twice", row["Kode"], detail=f"{taken[kode]}")
        taken.setdefault(kode, row.number)
        indicators.append(_indicator(row, office, complaints))
    complaints.raise_if_any(source)
    return tuple(indicators)


def indicator_headings(office: Office) -> tuple[Heading, ...]:
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
        Heading("Boleh Negatif", 9, "ya", is_optional=True, choices=("ya",)),
    )


def _indicator(row: Row, office: Office, complaints: Complaints) -> Indicator:
    kode = words(row, "Kode", complaints, is_required=True)
    if kode and not KODE.fullmatch(kode):
        complaints.add("bad_kode", row["Kode"])
    unit = unit_of(row, office)
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
        sasaran=words(row, "Sasaran", complaints),
        indikator=words(row, "Indikator", complaints, is_required=True),
        satuan=words(row, "Satuan", complaints, is_required=True),
        arah=arah,
        frekuensi=_one_of(row, "Frekuensi", FREQUENCIES, complaints),
        sifat=_one_of(row, "Sifat", NATURES, complaints),
        desimal=desimal,
        limits=_limits(row, complaints),
        target_tahun=year or Decimal(0),
        targets=(quarters[0], quarters[1], quarters[2], quarters[3]),
        boleh_negatif=_may_be_negative(row, complaints),
    )


def _one_of(row: Row, heading: str, known: Sequence[str], complaints: Complaints) -> str:
    """The choice; where the cell has none, one that causes no further mistakes."""
    written = row.text(heading).casefold().replace("−", "-").replace("–", "-")
    if written in known:
        return written
    rule = "not_one_of" if written else "required"
    complaints.add(rule, row[heading], row.text("Kode"), ", ".join(known))
    return known[-1]


def _may_be_negative(row: Row, complaints: Complaints) -> bool:
    written = words(row, "Boleh Negatif", complaints).casefold()
    if written not in ("", "ya"):
        complaints.add("not_one_of", row["Boleh Negatif"], row.text("Kode"), "ya")
    return written == "ya"


def _target(
    row: Row, heading: str, desimal: int, arah: Direction, complaints: Complaints
) -> Decimal | None:
    """A figure by the number grammar of the forms."""
    field, kode = row[heading], row.text("Kode")
    reading = read_number(field.cell, desimal, None)
    if reading.kind == "empty":
        return None
    if reading.kind == "ambiguous":
        is_one = len(reading.candidates) == 1 and "words" not in reading.notes
        is_fraction = is_one or field.cell.kind == "number"
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
