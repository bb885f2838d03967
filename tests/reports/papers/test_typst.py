"""The rekap on paper: the same data give the same bytes, and no text can change the page."""

import shutil
import subprocess
from pathlib import Path

import pytest

from flows.papers.facts import Issue, RekapData
from reports.papers.layout import paper
from reports.papers.typst import RenderFailed, render
from tests.reports.examples import issue, rekap_data, signed_rekap

needs_pdftotext = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) is not installed"
)


def _drawn(target: Path, data: RekapData, issued: Issue) -> Path:
    content = paper("rekap", data.model_dump(mode="json"), issued.model_dump(mode="json"))
    render("rekap", content, target)
    return target


def _text(path: Path) -> str:
    command = ["pdftotext", "-layout", str(path), "-"]
    found = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode()
    return " ".join(found.split())


def test_the_same_data_give_the_same_bytes(tmp_path: Path) -> None:
    first = _drawn(tmp_path / "a.pdf", *signed_rekap())
    second = _drawn(tmp_path / "b.pdf", *signed_rekap())

    assert first.read_bytes() == second.read_bytes()


@needs_pdftotext
def test_the_paper_shows_figures_parafs_signature_and_footer(tmp_path: Path) -> None:
    text = _text(_drawn(tmp_path / "rekap.pdf", *signed_rekap()))

    assert "DP2KBP3A 36/37 90,26 88,12 Tinggi" in text
    assert "Disetujui secara elektronik (internal)" in text
    assert "25 November 2026 pukul 13.11 WITA" in text
    assert "NIP 19700101 199503 1 001" in text
    assert text.count("(kode 8C41-E2B7, SHA-256 ab12cd34…)") == 2
    assert "Halaman 2 dari 2" in text


@needs_pdftotext
def test_an_unsigned_paper_claims_no_approval(tmp_path: Path) -> None:
    text = _text(_drawn(tmp_path / "rekap.pdf", rekap_data(), issue()))

    assert "Disetujui" not in text
    assert "Paraf elektronik internal" not in text
    assert "Dokumen ini belum memuat persetujuan elektronik internal; tercatat" in text
    assert "PPA – Bidang Perlindungan Perempuan dan Anak 7/7 75,32 76,98 Sedang" in text


@needs_pdftotext
def test_text_with_markup_is_shown_as_it_is(tmp_path: Path) -> None:
    hostile = '#panic("x") $x$ *tebal* _miring_ <a> @b \\ " ] #read("/etc/hostname")'

    text = _text(_drawn(tmp_path / "rekap.pdf", rekap_data(analisis=hostile), issue()))

    assert hostile in text


@needs_pdftotext
def test_a_superseded_paper_bears_the_stamp(tmp_path: Path) -> None:
    plain = _drawn(tmp_path / "a.pdf", rekap_data(), issue())
    stamped = _drawn(tmp_path / "b.pdf", rekap_data(), issue(cap="DIGANTIKAN"))

    assert "DIGANTIKAN" not in _text(plain)
    assert stamped.stat().st_size > plain.stat().st_size


def test_the_address_is_left_out_when_unknown_and_printed_when_known(tmp_path: Path) -> None:
    data = rekap_data()
    kop = data.kop.model_copy(update={"alamat": "Jalan Contoh Nomor 1, Luwuk"})

    without = _drawn(tmp_path / "a.pdf", data, issue())
    printed = _drawn(tmp_path / "b.pdf", data.model_copy(update={"kop": kop}), issue())

    assert without.read_bytes() != printed.read_bytes()


def test_a_picture_of_several_pages_is_refused(tmp_path: Path) -> None:
    data, issued = signed_rekap()
    content = paper("rekap", data.model_dump(mode="json"), issued.model_dump(mode="json"))

    with pytest.raises(RenderFailed, match="2 pages"):
        render("rekap", content, tmp_path / "rekap.png", "png")


def test_a_paper_of_one_page_can_be_a_picture(tmp_path: Path) -> None:
    content = paper("rekap", rekap_data().model_dump(mode="json"), issue().model_dump(mode="json"))

    render("rekap", content, tmp_path / "rekap.png", "png")

    assert (tmp_path / "rekap.png").read_bytes().startswith(b"\x89PNG")
