"""Speed of workbooks: reading and checking in workers, writing of a rekap."""

import gc
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import xlsxwriter
import yaml
from openpyxl.styles import Border, Side

from bench.figure import Figure, medians
from bench.uploads import one_upload
from bot.receiving.fetcher import READINGS
from flows.forms.form import Form, Indicator, Isian, Sheet, Unreadable, issued
from flows.forms.grading import Baris, Grading, grade, office_recap
from flows.forms.sheet_check import Expected, check, issue_meta
from flows.office.sections import Kategori
from flows.papers.facts import (
    Amount,
    Figures,
    FormData,
    Issue,
    Kop,
    RekapData,
    Row,
    Rules,
    UnitData,
)
from flows.sops.book import PACKAGED
from reports.workbooks.columns import issued_layout
from reports.workbooks.formbook import write_form
from reports.workbooks.rekapbook import compose_rekap, write_rekap
from reports.workers import Workers

FILES, ROWS, ORDINARY, QUARTER = 20, 500, 37, 3
CREATED = datetime(2026, 11, 25, 2, 26, tzinfo=UTC)
KOP = Kop(pemda="PEMERINTAH KABUPATEN CONTOH", nama="DINAS CONTOH", singkatan="DC")
SCALE = tuple(
    Kategori(min=None if least is None else Decimal(least), nama=nama)
    for least, nama in (
        (91, "Sangat Tinggi"),
        (76, "Tinggi"),
        (66, "Sedang"),
        (51, "Rendah"),
        (None, "Sangat Rendah"),
    )
)
GRADING = Grading(SCALE)
RULES = Rules(kategori=SCALE)
FORM = Form.model_validate(
    yaml.safe_load((PACKAGED / "forms" / "indikator.yaml").read_text("utf-8"))
)
GRID = issued_layout(FORM, RULES)


def run() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workers = Workers()
        try:
            yield from _reading(folder, workers)
            yield from _writing(folder)
        finally:
            workers.close()
        yield from _growth(folder)
    yield from one_upload()


def _reading(folder: Path, workers: Workers) -> Iterator[Figure]:
    paths = [_form_file(folder / f"U{n:02}.xlsx", n, ROWS) for n in range(FILES)]
    taken = medians(
        3,
        bare=lambda: [_bare_pass(path) for path in paths],
        ours=lambda: _read_and_check_all(workers, paths),
    )
    yield Figure(f"bare openpyxl pass over {FILES} workbooks of {ROWS} rows", taken["bare"], "s")
    yield Figure("the same read and checked by the guarded worker", taken["ours"], "s")
    yield Figure("   ratio", taken["ours"] / taken["bare"], "x", at_most=3.5)


def _writing(folder: Path) -> Iterator[Figure]:
    data = _rekap_data()
    issue = Issue(kode="8C41-E2B7", sha256="ab" * 32)
    cells = [[_plain(at, row) for at, row in enumerate(u.rows, 2)] for u in data.units]
    taken = medians(
        3,
        is_own_work=True,
        bare=lambda: _by_xlsxwriter(folder / "bare.xlsx", cells),
        ours=lambda: compose_rekap(folder / "ours.xlsx", data, issue),
        whole=lambda: write_rekap(folder / "whole.xlsx", data, issue),
        openpyxl=lambda: _by_openpyxl(folder / "openpyxl.xlsx", cells),
    )
    yield Figure(f"rekap of {FILES * ROWS:,} rows: bare XlsxWriter", taken["bare"], "s")
    yield Figure("   ours, formulas, styles and charts included", taken["ours"], "s")
    yield Figure("   ours, read back and reconciled as it is posted", taken["whole"], "s")
    yield Figure("   openpyxl", taken["openpyxl"], "s")
    yield Figure("   ours to bare XlsxWriter", taken["ours"] / taken["bare"], "x", at_most=1.3)
    yield Figure("   openpyxl to ours", taken["openpyxl"] / taken["ours"], "x", at_least=2.5)


def _growth(folder: Path) -> Iterator[Figure]:
    """Memory for the rekap of 10,000 rows: of the process that asks for it, and of its worker."""
    body = _rekap_data().model_dump(mode="json")
    small = _form_file(folder / "small.xlsx", 0, ORDINARY)
    workers = Workers(1)
    try:
        _read_and_check(workers, small, 0, ORDINARY)
        before = workers.peak / 1024
        _forget_peak()
        held = _memory("VmRSS")
        issue = Issue(kode="8C41-E2B7", sha256="ab" * 32)
        workers.paper(folder / "worker.xlsx", "rekap", "xlsx", body, issue)
        yield Figure("   main process grows by", _memory("VmHWM") - held, "MB", 20)
        yield Figure("   the worker grows by", workers.peak / 1024 - before, "MB", 80)
    finally:
        workers.close()


def _forget_peak() -> None:
    """Resets the kernel's peak memory of this process."""
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5", "ascii")


def _memory(name: str) -> float:
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) / 1024


def _read_and_check_all(workers: Workers, paths: list[Path]) -> None:
    """As many at once as the bot's reader has running; the checks one after the other."""
    with ThreadPoolExecutor(READINGS) as pool:
        sheets = pool.map(lambda path: workers.read(path, path.with_suffix(".json")), paths)
        for number, sheet in enumerate(sheets):
            _check(sheet, number, ROWS)


def _read_and_check(workers: Workers, path: Path, number: int, rows: int) -> None:
    _check(workers.read(path, path.with_suffix(".json")), number, rows)


def _check(sheet: Sheet | Unreadable, number: int, rows: int) -> None:
    assert isinstance(sheet, Sheet), sheet
    indicators = _indicators(number, rows)
    kode = frozenset(indicator.kode for indicator in indicators)
    expected = Expected(_unit(number), "2026-TW3", "1", FORM.version, kode)
    checked = check(FORM, indicators, QUARTER, sheet, expected, {}, grading=GRADING)
    assert not checked.findings, checked.findings[:3]


def _bare_pass(path: Path) -> int:
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    count = sum(1 for sheet in book for row in sheet.iter_rows() for cell in row if cell.value)
    book.close()
    return count


def _unit(number: int) -> str:
    return f"U{number:02}"


def _indicators(number: int, rows: int) -> tuple[Indicator, ...]:
    target = Decimal("80.00")
    first = Indicator(
        kode="",
        unit=_unit(number),
        sasaran="Meningkatnya kualitas pelayanan",
        indikator="",
        satuan="%",
        arah="+",
        frekuensi="triwulan",
        sifat="posisi",
        desimal=2,
        limits=None,
        target_tahun=target,
        targets=(target, target, target, target),
    )
    named = ((f"{_unit(number)}-{n:03}", f"Persentase layanan ke-{n}") for n in range(1, rows + 1))
    return tuple(replace(first, kode=kode, indikator=name) for kode, name in named)


def _isian(indicator: Indicator, at: int) -> Isian:
    return Isian(indicator.kode, Decimal(6000 + at * 7 % 3000) / 100, sumber="Laporan bidang")


def _row(at: int, indicator: Indicator) -> Row:
    isian = _isian(indicator, at)
    graded = grade(indicator, isian, QUARTER, GRADING)
    row: Row = {"nomor": str(at)}
    for column in FORM.columns:
        value = issued(column.role, indicator, QUARTER)
        if value is not None:
            row[column.role] = Amount(value=value) if isinstance(value, Decimal) else value
    row["realisasi"] = Amount(value=isian.realisasi or Decimal(0))
    row["sumber"] = isian.sumber
    row["capaian"] = Amount(value=graded.capaian or Decimal(0))
    row["kategori"] = graded.kategori.nama if graded.kategori else None
    return row


def _form_file(path: Path, number: int, rows: int) -> Path:
    unit = _unit(number)
    expected = Expected(unit, "2026-TW3", "1", FORM.version, frozenset())
    data = FormData(
        kop=KOP,
        form=FORM,
        unit=unit,
        unit_nama=f"Bidang {unit}",
        periode="TW III 2026",
        perintah="001/2026",
        rows=tuple(_row(n, one) for n, one in enumerate(_indicators(number, rows), 1)),
        rules=RULES,
        meta=issue_meta(FORM, expected),
        dibuat=CREATED,
    )
    write_form(path, data)
    return path


def _rekap_data() -> RekapData:
    graded: dict[str, list[Baris]] = {}
    rows: dict[str, tuple[Row, ...]] = {}
    for number in range(FILES):
        indicators = list(enumerate(_indicators(number, ROWS), 1))
        unit = _unit(number)
        graded[unit] = [grade(one, _isian(one, n), QUARTER, GRADING) for n, one in indicators]
        rows[unit] = tuple(_row(n, one) for n, one in indicators)
    recap = office_recap(graded, GRADING)
    lines = {kode: _figures(kode, found) for kode, found in (*recap.units, ("DC", recap.dinas))}
    return RekapData(
        kop=KOP,
        judul="REKAPITULASI DATA KINERJA",
        periode="TW III 2026",
        perintah="001/2026",
        versi=1,
        form=FORM,
        units=tuple(UnitData(figures=lines[unit], rows=rows[unit]) for unit in rows),
        dinas=lines["DC"],
        rules=RULES,
        dibuat=CREATED,
    )


def _figures(kode: str, found: object) -> Figures:
    names = ("terisi", "jumlah", "mentah", "dibatasi", "na")
    values = {name: getattr(found, name) for name in names}
    counts = {band.nama: count for band, count in getattr(found, "per_kategori", ())}
    kategori = getattr(found, "kategori", None)
    return Figures(
        kode=kode, nama=kode, kategori=kategori.nama if kategori else "", counts=counts, **values
    )


Cells = list[float | str]


def _plain(at: int, row: Row) -> Cells:
    """What stands in row `at` of a unit's sheet: text, numbers and the live formulas."""
    cells: Cells = []
    for column in FORM.columns:
        entry = GRID.formula(column.role, at) or row.get(column.role)
        cells.append(float(entry.value) if isinstance(entry, Amount) else entry or "")
    return cells


def _by_xlsxwriter(path: Path, units: list[list[Cells]]) -> None:
    book = xlsxwriter.Workbook(str(path), {"in_memory": True})
    look = book.add_format({"border": 1, "text_wrap": True})
    for number, rows in enumerate(units):
        sheet = book.add_worksheet(_unit(number))
        for at, cells in enumerate(rows, 1):
            for column, value in enumerate(cells):
                sheet.write(at, column, value, look)
    book.close()


def _by_openpyxl(path: Path, units: list[list[Cells]]) -> None:
    book = openpyxl.Workbook()
    thin = Side(style="thin")
    border = Border(left=thin, right=thin, top=thin, bottom=thin)
    for number, rows in enumerate(units):
        sheet = book.create_sheet(_unit(number))
        for at, cells in enumerate(rows, 2):
            for column, value in enumerate(cells, 1):
                sheet.cell(at, column, value).border = border
    book.save(path)
