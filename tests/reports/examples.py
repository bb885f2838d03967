"""Papers of the example office, built from the sample figures as the bot builds them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

import flows.forms.form
from flows.forms.form import Form, Indicator, Isian, Sheet, issued
from flows.forms.grading import Baris, UnitRecap, capaian, category, grade, office_recap
from flows.papers.catalogue import line_of
from flows.papers.facts import (
    Amount,
    Correction,
    Entry,
    Figures,
    FormData,
    Issue,
    Kop,
    Mark,
    MarkedData,
    Paraf,
    RekapData,
    Row,
    Rules,
    SignatureBlock,
    Table,
    TableColumn,
    UnitData,
)
from reports.reading.sheetjson import sheet_to_dict
from tests.flows.sample import GRADING, INDICATORS, ISIAN, QUARTER, UNITS

CREATED = datetime(2026, 11, 25, 2, 26, tzinfo=UTC)
KOP = Kop(
    pemda="PEMERINTAH KABUPATEN CONTOH",
    nama=(
        "DINAS PENGENDALIAN PENDUDUK, KELUARGA BERENCANA, PEMBERDAYAAN PEREMPUAN"
        " DAN PERLINDUNGAN ANAK"
    ),
    singkatan="DP2KBP3A",
)
NAMES = {
    "SEK": "Sekretariat",
    "DAL": "Bidang Pengendalian Penduduk, Penyuluhan dan Penggerakan",
    "KBK": "Bidang Keluarga Berencana, Ketahanan dan Kesejahteraan Keluarga",
    "PPR": "Bidang Pemberdayaan Perempuan",
    "PPA": "Bidang Perlindungan Perempuan dan Anak",
}
RULES = Rules(kategori=GRADING.scale)
META = {
    "perintah": "001/2026",
    "unit": "KBK",
    "periode": "2026-TW3",
    "form": "indikator",
    "versi": "1",
    "kode": "3F9A-07C2",
}


def indikator_form() -> Form:
    path = Path(flows.forms.form.__file__).parent / "indikator.yaml"
    return Form.model_validate(yaml.safe_load(path.read_text("utf-8")))


def row_of(number: int, indicator: Indicator, isian: Isian | None) -> Row:
    roles = ("kode", "sasaran", "indikator", "satuan", "arah", "target_tahun", "target")
    row: Row = {"nomor": Amount(value=Decimal(number), desimal=0)}
    for role in roles:
        row[role] = _entry(issued(role, indicator, QUARTER), indicator.desimal)
    if isian is None:
        return row
    goal = indicator.targets[QUARTER - 1]
    achieved = capaian(indicator.arah, goal, isian.realisasi)
    band = category(achieved, GRADING.scale)
    row["realisasi"] = "n/a" if isian.is_na else _entry(isian.realisasi, indicator.desimal)
    row["capaian"] = _entry(achieved, 2)
    row["kategori"] = band.nama if band else None
    row["sumber"] = isian.sumber
    row["keterangan"] = isian.keterangan
    return row


def form_data(unit: str = "KBK", isian: Sequence[Isian] = ()) -> FormData:
    filled = {row.kode: row for row in isian}
    own = [indicator for indicator in INDICATORS if indicator.unit == unit]
    return FormData(
        kop=KOP,
        form=indikator_form(),
        unit=unit,
        unit_nama=NAMES[unit],
        periode="TW III 2026",
        perintah="001/2026",
        rows=tuple(row_of(i, ind, filled.get(ind.kode)) for i, ind in enumerate(own, 1)),
        rules=RULES,
        meta=META | {"unit": unit},
        dibuat=CREATED,
    )


def rekap_data(changes: Mapping[str, Decimal] | None = None, **others: Any) -> RekapData:
    isian = {row.kode: row for row in ISIAN}
    for kode, value in (changes or {}).items():
        isian[kode] = Isian(kode, value, sumber="Laporan bidang")
    graded: dict[str, list[Baris]] = {unit: [] for unit in UNITS}
    for indicator in INDICATORS:
        row = grade(indicator, isian[indicator.kode], QUARTER, GRADING)
        graded[indicator.unit].append(row)
    recap = office_recap(graded, GRADING)
    units = tuple(
        UnitData(figures=figures(unit, NAMES[unit], found), rows=_rows(unit, isian))
        for unit, found in recap.units
    )
    content = {
        "bentuk": line_of("rekap").shape,
        "kop": KOP,
        "judul": "REKAPITULASI DATA KINERJA",
        "periode": "TW III 2026",
        "perintah": "001/2026",
        "versi": 1,
        "form": indikator_form(),
        "units": units,
        "dinas": figures(KOP.singkatan, KOP.nama, recap.dinas),
        "rules": RULES,
        "dibuat": CREATED,
    }
    return RekapData(**(content | others))


def _rows(unit: str, isian: Mapping[str, Isian]) -> tuple[Row, ...]:
    own = [indicator for indicator in INDICATORS if indicator.unit == unit]
    return tuple(row_of(i, ind, isian[ind.kode]) for i, ind in enumerate(own, 1))


def figures(kode: str, nama: str, recap: UnitRecap) -> Figures:
    return Figures(
        kode=kode,
        nama=nama,
        terisi=recap.terisi,
        jumlah=recap.jumlah,
        mentah=recap.mentah,
        dibatasi=recap.dibatasi,
        kategori=recap.kategori.nama if recap.kategori else "",
        counts={band.nama: count for band, count in recap.per_kategori},
        na=recap.na,
    )


def issue(**others: Any) -> Issue:
    return Issue(**({"kode": "8C41-E2B7", "sha256": "ab12cd34" * 8} | others))


def signed_rekap() -> tuple[RekapData, Issue]:
    """After SOP-B: corrections, parafs, signature, analysis and the comparison."""
    comparison = Table(
        name="Semula-Menjadi",
        columns=tuple(
            TableColumn(heading=heading, width=width)
            for heading, width in (
                ("Kode", 10),
                ("Indikator", 40),
                ("Semula", 10),
                ("Menjadi", 10),
                ("Alasan", 30),
                ("Bukti", 24),
            )
        ),
        rows=(
            (
                "PPA-06",
                "Jumlah kasus perkawinan anak",
                Amount(value=Decimal(64), desimal=0),
                Amount(value=Decimal(46), desimal=0),
                "=Kasus ganda pada dua kecamatan",
                "Rekap DP3A/KUA",
            ),
            (
                "PPR-06",
                "Jumlah perempuan kepala keluarga yang mendapat pelatihan",
                Amount(value=Decimal(95), desimal=0),
                Amount(value=Decimal(159), desimal=0),
                "Pelatihan bulan September belum dihitung",
                "Daftar hadir",
            ),
        ),
    )
    data = rekap_data(
        {"PPA-06": Decimal(46), "PPA-01": Decimal("15.20"), "PPR-06": Decimal(159)},
        versi=2,
        analisis="Capaian terendah pada PPA karena kasus perkawinan anak. " * 6,
        tables=(comparison,),
        tanda_tangan=SignatureBlock(
            tempat_tanggal="Luwuk, 25 November 2026",
            jabatan=("KEPALA " + KOP.nama + ",",),
            nama="Contoh Kepala Dinas, S.Sos., M.Si.",
            pangkat="Pembina Utama Muda, IV/c",
            nip="19700101 199503 1 001",
        ),
    )
    parafs = (
        Paraf(
            jabatan="Kasubag Perencanaan dan Evaluasi",
            nama="Contoh Kasubag, S.E.",
            waktu="25 November 2026 pukul 11.19 WITA",
            kode="8C41-E2B7",
        ),
        Paraf(
            jabatan="Sekretaris",
            nama="Contoh Sekretaris, S.H., M.H.",
            waktu="25 November 2026 pukul 13.11 WITA",
            kode="8C41-E2B7",
        ),
    )
    line = "Disetujui secara elektronik (internal) – Rabu, 25 November 2026 pukul 13.24 WITA"
    return data, issue(paraf=parafs, persetujuan=line)


def marked_data(sheet: Sheet) -> MarkedData:
    form = indikator_form()
    return MarkedData(
        sheet=sheet_to_dict(sheet),
        form=form,
        header_row=form.header_row,
        letters={column.role: form.letter(column.role) for column in form.columns},
        marks=(Mark(cell="I12", comment='"3.9l2" bukan angka. Contoh yang benar: 3.912'),),
        corrections=(
            Correction(
                sel="I12",
                kolom="Realisasi",
                kode="KBK-03",
                tertulis="3.9l2",
                perbaikan="Bukan angka",
                contoh="3.912",
            ),
        ),
        catatan="Lembar lain pada berkas asal tidak disalin.",
        rules=RULES,
        dibuat=CREATED,
    )


def _entry(value: str | Decimal | None, desimal: int) -> Entry:
    return Amount(value=value, desimal=desimal) if isinstance(value, Decimal) else value
