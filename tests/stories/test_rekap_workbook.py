"""The rekap that a whole SOP ends in, as the workbook people open: every sheet of it."""

import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from flows.papers.facts import Issue, RekapData
from reports.workbooks.rekapbook import write_rekap
from storage.rows.notation import plain
from tests.conftest import Stage
from tests.kantor import Kantor, wita
from tests.officials import UNITS, accept, bring_in, sign
from tests.reports.libreoffice import needs_libreoffice, recomputed

AVERAGES = ("Ringkasan!$A$2:$A$7", "Ringkasan!$D$2:$D$7", "Ringkasan!$E$2:$E$7")


def written(kantor: Kantor, perintah_id: int, folder: Path) -> Path:
    dokumen = kantor.perintah(perintah_id).paper("rekap")
    assert dokumen is not None
    data = RekapData.model_validate(plain(dokumen.data["isi"]))
    acts = plain(dokumen.data["pengesahan"])
    issue = Issue.model_validate({"kode": dokumen.code, "sha256": dokumen.sha256, **acts})
    write_rekap(folder / "rekap.xlsx", data, issue)
    return folder / "rekap.xlsx"


def table(path: Path, name: str) -> list[dict[str, Any]]:
    heads, *rows = openpyxl.load_workbook(path, data_only=True)[name].values
    return [dict(zip(heads, row, strict=True)) for row in rows]


@pytest.fixture
def corrected(stage: Stage, tmp_path: Path) -> Path:
    kantor = stage("before_signing")
    sign(kantor)
    return written(kantor, 2, tmp_path)


def test_jejak_says_who_did_what_when_and_against_which_standard(corrected: Path) -> None:
    lines = table(corrected, "Jejak")

    steps = [line["Langkah"] for line in lines]
    assert list(dict.fromkeys(steps))[:3] == ["1", "2", "3"]
    assert set(steps) == {"1", "2", "3", "4", "5", "6", "7"}, "all that lies before this rekap"
    verified = next(
        line for line in lines if line["Langkah"] == "2" and "verifikasi" in line["Hasil"]
    )
    assert verified["Oleh"].startswith("Ardin")
    assert verified["Selaku"] == "Sekretaris"
    assert re.fullmatch(r"\d{2}-\d{2}-2026 \d{2}\.\d{2}", verified["Selesai"])
    assert (verified["Menit kerja"], verified["Standar"]) == (0, 60)


def test_semula_menjadi_names_every_changed_cell_with_reason_and_proof(corrected: Path) -> None:
    lines = table(corrected, "Semula-Menjadi")

    figures = {
        line["Kode"]: (line["Semula"], line["Menjadi"])
        for line in lines
        if line["Kolom"] == "Realisasi"
    }
    assert figures == {"PPR-06": (95, 159), "PPA-01": (16.2, 15.2), "PPA-06": (64, 46)}
    assert {line["Kolom"] for line in lines} == {"Realisasi", "Bukti Dukung"}
    assert all(line["Alasan"] and line["Bukti"] for line in lines)


def test_catatan_keeps_warnings_answers_and_reasons(stage: Stage, tmp_path: Path) -> None:
    kantor = stage("signed")

    lines = table(written(kantor, 1, tmp_path), "Catatan")

    told = {(line["Kode"], line["Catatan"]): line["Jawaban"] for line in lines}
    assert told["DAL-03", "Data belum tersedia (n/a)"] == "Data tahunan, menunggu rilis BPS"
    assert ("KBK-05", "Capaian 154,44%") in told
    assert ("PPA-06", "Capaian −13,33%") in told


def test_the_charts_are_drawn_from_the_cells_of_ringkasan(corrected: Path) -> None:
    with zipfile.ZipFile(corrected) as archive:
        drawn = [n for n in archive.namelist() if re.fullmatch(r"xl/charts/chart\d+\.xml", n)]
        averages, classes = (archive.read(name).decode() for name in sorted(drawn))

    assert len(drawn) == 2
    assert set(re.findall(r"<c:f>(.*?)</c:f>", averages)) == {
        *AVERAGES,
        "Ringkasan!$D$1",
        "Ringkasan!$E$1",
    }
    ranges = re.findall(r"<c:val><c:numRef><c:f>(.*?)</c:f>", classes)
    assert ranges == [f"Ringkasan!${letter}$2:${letter}$6" for letter in "HIJKL"]


def test_every_sheet_is_set_up_for_f4(corrected: Path) -> None:
    book = openpyxl.load_workbook(corrected)

    for sheet in book:
        if sheet.sheet_state == "visible":
            assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 14)
            assert sheet.print_title_rows == "$1:$1", sheet.title
            assert sheet.oddFooter.right.text == "Halaman &P dari &N"


@needs_libreoffice
def test_libreoffice_opens_it_with_its_charts_and_computes_what_is_shown(
    corrected: Path, tmp_path: Path
) -> None:
    again = recomputed(corrected, tmp_path)

    with zipfile.ZipFile(again) as archive:
        assert sum(name.startswith("xl/charts/chart") for name in archive.namelist()) == 2
    for name in ("Ringkasan", "SEK", "DAL", "KBK", "PPR", "PPA"):
        shown = list(openpyxl.load_workbook(corrected, data_only=True)[name].values)
        computed = list(openpyxl.load_workbook(again, data_only=True)[name].values)
        for before, after in zip(shown, computed, strict=True):
            assert [v for v in after if v] == pytest.approx([v for v in before if v])


def test_ringkasan_says_which_unit_was_late_at_which_step(stage: Stage, tmp_path: Path) -> None:
    kantor = stage("handed_out")
    for unit in UNITS[1:]:
        bring_in(kantor, 1, unit)
        accept(kantor, unit)
    kantor.now = wita(27, "15.00")
    bring_in(kantor, 1, "SEK")
    accept(kantor, "SEK")

    lines = table(written(kantor, 1, tmp_path), "Ringkasan")

    told = {line["Unit"]: line["Keterangan"] for line in lines}
    assert told["SEK"] == "Terlambat: langkah 4"
    assert {told[unit] for unit in UNITS[1:]} == {"Tepat waktu"}
