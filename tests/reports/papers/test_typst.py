"""The rekap on paper: the same data give the same bytes, and no text can change the page."""

import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest

from flows.papers.facts import Amount, Entry, Issue, RekapData, Table, TableColumn
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
    assert "Kasubag Perencanaan" in text
    assert "Sekretaris 25 November 2026" in text
    assert "pukul 13.11 WITA" in text
    assert "NIP 19700101 199503 1 001" in text
    assert text.count("(kode 8C41-E2B7, SHA-256 ab12cd34…)") == 3
    assert "Halaman 3 dari 3" in text


@needs_pdftotext
def test_every_signed_row_is_on_the_paper(tmp_path: Path) -> None:
    data, issued = signed_rekap()
    text = _text(_drawn(tmp_path / "rekap.pdf", data, issued))

    codes = [str(row["kode"]) for unit in data.units for row in unit.rows]
    assert len(codes) == 37
    assert [code for code in codes if f"{code} " not in text] == []
    assert "Indikator Kinerja Satuan" in text
    assert "DAL-03 Laju pertumbuhan penduduk % 1,20 n/a – –" in text


@needs_pdftotext
def test_a_corrected_row_shows_its_former_figure(tmp_path: Path) -> None:
    data = rekap_data()
    former: dict[str, Entry] = {"PPA-06": Amount(value=Decimal(64), desimal=0), "PPA-05": None}
    units = (*data.units[:-1], data.units[-1].model_copy(update={"semula": former}))

    text = _text(_drawn(tmp_path / "a.pdf", data.model_copy(update={"units": units}), issue()))

    assert text.count("semula") == text.count("semula 64") == 1
    assert text.count("diperbaiki") == 2


@needs_pdftotext
def test_words_are_whole_and_found_in_the_paper(tmp_path: Path) -> None:
    words = "Sudah dicocokkan desa/kelurahan pertanggungjawabannya, mempertanggungjawabkan"
    columns = tuple(TableColumn(heading=h, width=w) for h, w in (("Kode", 20), ("Menjadi", 6)))
    table = Table(name="Catatan", columns=columns, rows=(("c0ffee" * 20, words),))
    data = rekap_data(tables=(table,), analisis=words)

    path = _drawn(tmp_path / "a.pdf", data, issue())

    found = subprocess.run(["pdftotext", str(path), "-"], check=True, capture_output=True)
    text = found.stdout.decode().replace("desa/\n", "desa/")
    assert [word for word in words.split() if text.count(word.strip(",")) < 2] == []
    assert text.count("desa/kelurahan") == text.count("desa/")
    assert "\u200b" not in text


@needs_pdftotext
def test_tables_of_many_rows_repeat_unit_and_heading(tmp_path: Path) -> None:
    data = rekap_data()
    unit = data.units[0]
    long = unit.model_copy(update={"rows": unit.rows * 20})

    text = _text(_drawn(tmp_path / "a.pdf", data.model_copy(update={"units": (long,)}), issue()))

    assert text.count("Indikator Kinerja") > 2
    assert text.count("SEK – Sekretariat") == text.count("Indikator Kinerja") + 1


@needs_pdftotext
def test_short_tables_share_a_page(tmp_path: Path) -> None:
    data, issued = signed_rekap()
    tables = tuple(data.tables[0].model_copy(update={"name": f"Tabel {n}"}) for n in range(4))
    few = data.model_copy(update={"tables": tables, "units": data.units[:1]})

    text = _text(_drawn(tmp_path / "a.pdf", few, issued))

    assert "Halaman 2 dari 2" in text


@needs_pdftotext
def test_a_rekap_of_the_first_shape_is_drawn_without_rows(tmp_path: Path) -> None:
    text = _text(_drawn(tmp_path / "a.pdf", rekap_data(bentuk=1), issue()))

    assert "SEK-01" not in text
    assert "Halaman 1 dari 1" in text


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

    with pytest.raises(RenderFailed, match="3 pages"):
        render("rekap", content, tmp_path / "rekap.png", "png")


def test_a_paper_of_one_page_can_be_a_picture(tmp_path: Path) -> None:
    data = rekap_data(bentuk=1)
    content = paper("rekap", data.model_dump(mode="json"), issue().model_dump(mode="json"))

    render("rekap", content, tmp_path / "rekap.png", "png")

    assert (tmp_path / "rekap.png").read_bytes().startswith(b"\x89PNG")
