"""Writes the example office's lists, all invented: staff, indicators, realisasi (.xlsx).

Run from the project's root: python -m contoh.make [FOLDER]. The same data gives the same bytes.
"""

import sys
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from flows.forms.form import Direction, Indicator
from flows.forms.staff_list import StaffRow
from flows.office.kantor import Office
from flows.office.people import Jenis
from reports.workbooks.cells import CellStyles, replacing, workbook, write_text
from reports.workbooks.lists import write_indicators, write_staff
from reports.workbooks.tables import CREATED

HERE = Path(__file__).parent
MAY_BE_NEGATIVE = frozenset({"DAL-03"})

SASARAN = {
    "SEK": "Meningkatnya akuntabilitas dan kualitas layanan perangkat daerah",
    "DAL": "Terkendalinya pertumbuhan penduduk",
    "KBK": "Meningkatnya kesertaan ber-KB dan ketahanan keluarga",
    "PPR": "Meningkatnya kesetaraan gender dan pemberdayaan perempuan",
    "PPA": "Meningkatnya perlindungan perempuan dan anak",
}


def main(folder: Path) -> None:
    office = Office.parse((HERE.parent / "kantor.yaml").read_text("utf-8"), "kantor.yaml")
    write_staff(folder / "staff.xlsx", _staff(), office)
    lines = _lines("indikator.txt")
    write_indicators(folder / "indicators.xlsx", [_indicator(line) for line in lines], office)
    figures = [(line[0], *line[11:14]) for line in lines]
    with replacing(folder / "realisasi.xlsx") as path, workbook(path, CREATED) as book:
        styles = CellStyles(book)
        head = ("Kode", "Realisasi", "Sumber", "Keterangan")
        _write(book.add_worksheet("Realisasi"), styles, [head, *figures])
        corrections = [("Kode", "Menjadi", "Bukti"), *_lines("perbaikan.txt")]
        _write(book.add_worksheet("Perbaikan"), styles, corrections)


def _staff() -> list[StaffRow]:
    rows = []
    for number, line in enumerate(_lines("pegawai.txt"), start=2):
        nama, nip, pangkat, jabatan, role, unit, jenis, mulai, surat = line
        rows.append(
            StaffRow(
                row=number,
                nama=nama,
                nip=nip,
                pangkat=pangkat,
                jabatan=jabatan,
                role=role,
                unit=unit or None,
                jenis=cast(Jenis, jenis or "definitif"),
                mulai=date.fromisoformat(mulai) if mulai else None,
                selesai=None,
                surat=surat,
            )
        )
    return rows


def _indicator(line: Sequence[str]) -> Indicator:
    kode, indikator, satuan, arah, frekuensi, sifat, batas, year, *rest = line
    first, second, third = (_figure(text) for text in rest[:3])
    unit = kode.partition("-")[0]
    return Indicator(
        kode=kode,
        unit=unit,
        sasaran=SASARAN[unit],
        indikator=indikator,
        satuan=satuan,
        arah=cast(Direction, arah),
        frekuensi=frekuensi,
        sifat=sifat,
        desimal=2 if "," in year else 0,
        limits=(Decimal(0), Decimal(100)) if batas else None,
        target_tahun=_figure(year),
        targets=(first, second, third, _figure(year)),
        boleh_negatif=kode in MAY_BE_NEGATIVE,
    )


def _lines(name: str) -> list[tuple[str, ...]]:
    """The rows of one of the tables beside this file; its first line names the columns."""
    _, *lines = (HERE / name).read_text("utf-8").splitlines()
    return [tuple(line.split("|")) for line in lines]


def _figure(text: str) -> Decimal:
    return Decimal(text.replace(".", "").replace(",", "."))


def _write(sheet: Any, styles: CellStyles, rows: Sequence[Sequence[str]]) -> None:
    """Figures (the second column) as numbers, all else as text."""
    sheet.set_column(0, 0, 10)
    sheet.set_column(1, 3, 32)
    plain = styles.style()
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            if column == 1 and text[:1].isdigit():
                figure = _figure(text)
                form = "#,##0.00" if "," in text else "#,##0"
                sheet.write_number(number, column, figure, styles.style(num_format=form).plain)
            elif text:
                write_text(sheet, number, column, text, plain)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
