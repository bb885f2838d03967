"""The staff list and the indicator list of the office as Excel workbooks."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from flows.forms.form import Indicator
from flows.forms.master_list import indicator_headings, read_master
from flows.forms.staff_list import StaffRow, read_staff_sheet, staff_headings
from flows.office.kantor import Office
from reports.workbooks.tables import Table, read_list, write_table


def read_staff(path: Path, office: Office) -> tuple[StaffRow, ...]:
    """Raises ListInvalid with every mistake; nothing is half taken."""
    return read_staff_sheet(read_list(path), office, path.name)


def read_indicators(path: Path, office: Office) -> tuple[Indicator, ...]:
    """Raises ListInvalid with every mistake; nothing is half taken."""
    return read_master(read_list(path), office, path.name)


def write_staff(path: Path, rows: Iterable[StaffRow], office: Office) -> None:
    write_table(path, "Pegawai", staff_headings(office), [_staff_values(row) for row in rows])


def write_staff_template(path: Path, office: Office) -> None:
    """An empty list; its second sheet shows how rows look."""
    write_table(path, "Pegawai", staff_headings(office), (), STAFF_EXAMPLES)


def write_indicators(path: Path, indicators: Iterable[Indicator], office: Office) -> None:
    rows = [_indicator_values(one) for one in indicators]
    write_table(path, "Indikator", indicator_headings(office), rows)


def write_indicators_template(path: Path, office: Office) -> None:
    """An empty list; its second sheet shows how rows look."""
    write_table(path, "Indikator", indicator_headings(office), (), INDICATOR_EXAMPLES)


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


def _staff_values(row: StaffRow) -> Sequence[str | date | None]:
    head = (row.nama, row.nip, row.pangkat, row.jabatan, row.role, row.unit, row.jenis)
    return (*head, row.mulai, row.selesai, row.surat)


def _indicator_values(one: Indicator) -> Sequence[str | Decimal | None]:
    limits = f"{one.limits[0]}-{one.limits[1]}" if one.limits else None
    head = (one.kode, one.unit, one.sasaran, one.indikator, one.satuan, one.arah)
    return (*head, one.frekuensi, one.sifat, Decimal(one.desimal), limits, one.target_tahun,
            *one.targets, "ya" if one.boleh_negatif else None)  # fmt: skip
