"""A third SOP, brought in a folder of YAML with a kind of its own, runs to its end.

Langkah 1 Perintah · 2 Formulir · 3 Pembagian tugas · 4 Hitungan · 5 Pemeriksaan ·
6 Buku inventaris (sejajar dengan 2 sampai 5) · 7 Rekap · 8 Pengesahan.
"""

import json
import shutil
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import yaml
from pydantic import ValidationError

from bot.wording.wording import TEXTS, Wording
from flows.forms.form import Indicator
from flows.forms.staff_list import StaffRow
from flows.kinds.registry import KINDS
from flows.model.perintah import Dokumen
from flows.office.kantor import Office
from flows.papers.catalogue import CATALOGUE
from flows.papers.due import DUE
from flows.papers.facts import Issue
from flows.turn.command import COMMANDS, declare
from flows.turn.turn import Turn
from reports.papers import drawing
from reports.papers.typst import TEMPLATES
from reports.workbooks.lists import write_indicators, write_staff
from reports.workers import Workers
from storage.rows.notation import plain
from tests import worded
from tests.kantor import Blueprint, Kantor, wita
from tests.officials import begin
from tests.reports.pages import needs_pdftotext, text_of
from tests.third.command import INVENTORY, WORDS
from tests.third.kinds import cocokkan
from tests.third.paper import CARD, KartuHitung, kartu_hitung
from tests.workbooks import filled

THIRD = Path(__file__).parent / "third"
PEOPLE = (
    ("Amalia Contoh", "kepala_dinas", None),
    ("Basuki Contoh", "sekretaris", None),
    ("Cahya Contoh", "kasubag_perencanaan", None),
    ("Darma Contoh", "pengurus_barang", None),
    ("Endang Contoh", "pengawas", None),
    ("Farida Contoh", "kepala_unit", "LAB"),
    ("Gani Contoh", "kepala_unit", "GUD"),
    ("Hasna Contoh", "penilai", "LAB"),
    ("Ilham Contoh", "penilai", "LAB"),
    ("Jamal Contoh", "penilai", "GUD"),
    ("Rizal Contoh", "admin", None),
)
GOODS = (
    ("LAB-01", "Mikroskop", 12), ("LAB-02", "Kulkas vaksin", 4), ("GUD-01", "Rak", 30),
)  # fmt: skip


@pytest.fixture
def kantor(tmp_path: Path) -> Iterator[Kantor]:
    office = Office.parse((THIRD / "kantor.yaml").read_text(encoding="utf-8"), "kantor.yaml")
    write_staff(tmp_path / "staff.xlsx", [staff(n) for n in range(len(PEOPLE))], office)
    write_indicators(tmp_path / "goods.xlsx", [good(*line) for line in GOODS], office)
    blueprint = Blueprint(
        THIRD / "kantor.yaml",
        tmp_path / "staff.xlsx",
        tmp_path / "goods.xlsx",
        (THIRD,),
        {**KINDS, cocokkan.KIND.name: cocokkan.KIND},
    )
    with worded.spoken_by(own_words(tmp_path)):
        kantor = Kantor.open(tmp_path / "kantor", blueprint)
        yield kantor
        kantor.close()


@pytest.fixture
def own_command() -> Iterator[None]:
    declare(INVENTORY)
    yield
    del COMMANDS[INVENTORY.name]


def own_words(folder: Path) -> Wording:
    """The texts of the product with those the office brings beside them."""
    texts = yaml.safe_load(TEXTS.read_text("utf-8"))
    for brought in (WORDS, cocokkan.WORDS):
        for group, words in brought.items():
            texts[group].update(words)
    path = folder / "texts.yaml"
    path.write_text(yaml.safe_dump(texts, allow_unicode=True), "utf-8")
    return Wording(path)


def staff(number: int) -> StaffRow:
    nama, role, unit = PEOPLE[number]
    return StaffRow(
        row=number + 2,
        nama=nama,
        nip=None if role == "admin" else f"19800101200501{1 + number % 2}{number:03d}"[:18],
        pangkat="Penata",
        jabatan=role,
        role=role,
        unit=unit,
        jenis="definitif",
        mulai=date(2024, 1, 1),
        selesai=None,
        surat="",
    )


def good(kode: str, nama: str, count: int) -> Indicator:
    return Indicator(
        kode=kode,
        unit=kode[:3],
        sasaran="Sarana lengkap",
        indikator=nama,
        satuan="buah",
        arah="+",
        frekuensi="triwulan",
        sifat="posisi",
        desimal=0,
        limits=None,
        target_tahun=Decimal(count),
        targets=(Decimal(count),) * 4,
    )


def test_the_third_sop_runs_to_its_end(kantor: Kantor) -> None:
    langkah_1_the_order(kantor)
    langkah_2_the_form_goes_out(kantor)
    langkah_3_the_heads_share_the_work(kantor)
    langkah_4_the_penilai_count(kantor)
    langkah_5_the_heads_check_and_one_sends_back(kantor)
    langkah_6_the_pengawas_is_waited_for(kantor)
    langkah_7_the_rekap(kantor)
    langkah_8_paraf_and_approval(kantor)


def langkah_1_the_order(kantor: Kantor) -> None:
    kantor.say("Amalia", "/perintah sarana TW III 2026")
    summary = kantor.question("Amalia")
    kantor.press("Amalia", "terbitkan")

    assert summary.args["format"] == "Pendataan sarana"
    assert summary.args["menit"] == 30 + 60 + 60 + 240 + 120 + 120 + 60
    assert kantor.perintah(1).form == "sarana"
    assert [(t.act, t.role) for t in kantor.perintah(1).open_tugas] == [
        ("2", "pengurus_barang"),
        ("6", "pengawas"),
    ]
    assert kantor.tugas(1, "6").due_at == wita(25, "08.00")


def langkah_2_the_form_goes_out(kantor: Kantor) -> None:
    begin(kantor, "Darma", "mohon_arahan")
    begin(kantor, "Amalia", "Terbitkan", kantor.task("Amalia", "tugas_perintah"))
    kantor.press("Darma", "Bagikan formulir", kantor.task("Darma", "tugas_sebar"))

    letter = kantor.task("Farida", "tugas_rapat")
    assert [file.name for file in letter.files] == ["Format_LAB_TW3-2026"]


def langkah_3_the_heads_share_the_work(kantor: Kantor) -> None:
    kantor.press("Farida", "Bagi tugas", kantor.task("Farida", "tugas_rapat"))
    kantor.press("Farida", "rapat_hari_ini")
    kantor.press("Farida", "benar")
    everybody = [b.args["nama"] for b in kantor.question("Farida").buttons if "nama" in b.args]
    kantor.press("Farida", "lanjut")
    kantor.press("Farida", "bagi_rata")
    kantor.say("Farida", "Dihitung hari ini juga bersama-sama.")
    kantor.press("Farida", "Bagi tugas", kantor.last("Farida"))
    begin(kantor, "Gani", "Bagi tugas", kantor.task("Gani", "tugas_rapat"))

    assert everybody == ["Farida Contoh", "Hasna Contoh", "Ilham Contoh"]
    assert kantor.task("Ilham", "tugas_isi").args["baris"] == ["LAB-02"]


def langkah_4_the_penilai_count(kantor: Kantor) -> None:
    sheet = filled(kantor.setting, kantor.perintah(1), "LAB", {"LAB-01": "11"})
    empty = filled(kantor.setting, kantor.perintah(1), "LAB", {})
    kantor.send("Hasna", empty)
    refused = kantor.last("Hasna")
    kantor.send("Hasna", sheet)
    kantor.press("Hasna", "Kirim hitungan")
    for name in ("Ilham", "Jamal"):
        kantor.press(name, "isi_chat")
        kantor.say(name, "5")
        kantor.press(name, "Kirim hitungan")

    assert [(f["sel"], f["kolom"]) for f in refused.args["temuan"]] == [("D10", "Jumlah")]
    assert [t.state for t in kantor.perintah(1).tasks("4", "LAB")] == ["selesai", "selesai"]


def langkah_5_the_heads_check_and_one_sends_back(kantor: Kantor) -> None:
    kantor.press("Gani", "Hitung ulang", kantor.task("Gani", "tugas_validasi"))
    kantor.say("Gani", "Rak di gudang belakang belum dihitung.")
    kantor.press("Gani", "kembalikan", kantor.last("Gani"))
    kantor.press("Jamal", "isi_chat", kantor.task("Jamal", "tugas_isi_kembali"))
    kantor.say("Jamal", "29")
    kantor.press("Jamal", "Kirim hitungan")
    for head, unit in (("Farida", "LAB"), ("Gani", "GUD")):
        kantor.press(head, "Benar", kantor.task(head, "tugas_validasi"))
        kantor.press("Darma", f"Ambil {unit}")

    assert kantor.tugas(1, "5", "GUD").round == 2
    assert kantor.perintah(1).latest("GUD").rows[0].realisasi == 29


def langkah_6_the_pengawas_is_waited_for(kantor: Kantor) -> None:
    waiting = [(t.act, t.unit) for t in kantor.perintah(1).open_tugas]
    kantor.press("Endang", "Buku cocok", kantor.task("Endang", "tugas_cocokkan"))

    assert "urungkan" not in kantor.last("Endang").labels, "its kind is final"
    assert waiting == [("6", None)], "the join waits for the branch without units too"
    assert [(t.act, t.unit) for t in kantor.perintah(1).open_tugas] == [("7", None)]


def langkah_7_the_rekap(kantor: Kantor) -> None:
    task = kantor.task("Darma", "tugas_rekap")
    kantor.press("Darma", "Serahkan", task)

    assert (task.args["angka"]["terisi"], task.args["angka"]["jumlah"]) == (3, 3)


def langkah_8_paraf_and_approval(kantor: Kantor) -> None:
    kantor.press("Endang", "Paraf pengawas", kantor.task("Endang", "tugas_paraf"))
    kantor.press("Amalia", "Sahkan", kantor.task("Amalia", "tugas_tanda_tangan"))
    kantor.press("Amalia", "tanda_tangani_versi")

    assert kantor.perintah(1).status == "selesai"
    assert kantor.group[-1].key == "grup_selesai"
    with kantor.store.reading() as queries:
        assert queries.record.verify() == ()


def to_the_board(kantor: Kantor) -> None:
    """LAB is in and taken over; GUD has yet to count."""
    kantor.say("Amalia", "/perintah sarana TW III 2026")
    kantor.press("Amalia", "terbitkan")
    kantor.press("Darma", "Bagikan formulir")
    begin(kantor, "Farida", "Bagi tugas")
    kantor.send(
        "Hasna", filled(kantor.setting, kantor.perintah(1), "LAB", {"LAB-01": "12", "LAB-02": "4"})
    )
    kantor.press("Hasna", "Kirim hitungan")
    kantor.press("Farida", "Benar")


def test_without_a_unit_it_is_the_superiors_of_whoever_collects_who_decide(kantor: Kantor) -> None:
    to_the_board(kantor)
    kantor.press("Darma", "Ambil LAB")
    begin(kantor, "Darma", "lanjut_tanpa")
    asked = kantor.task("Basuki", "mohon_lanjut_tanpa")

    begin(kantor, "Basuki", "lanjut_tanpa", asked)

    assert set(kantor.perintah(1).skipped) == {"GUD"}
    assert [(t.act, t.unit) for t in kantor.perintah(1).open_tugas] == [("6", None)]


def test_the_board_gives_back_by_its_own_label(kantor: Kantor) -> None:
    to_the_board(kantor)

    begin(kantor, "Darma", "kembalikan_unit")

    assert kantor.tugas(1, "5", "LAB").round == 2


def test_its_papers_are_drawn_with_its_own_columns(kantor: Kantor, tmp_path: Path) -> None:
    to_the_board(kantor)
    begin(kantor, "Gani", "Bagi tugas")
    kantor.send("Jamal", filled(kantor.setting, kantor.perintah(1), "GUD", {"GUD-01": "30"}))
    kantor.press("Jamal", "Kirim hitungan")
    kantor.press("Gani", "Benar")
    kantor.press("Endang", "Buku cocok")
    kantor.press("Darma", "Ambil semua (2)")
    form, rekap = kantor.perintah(1).paper("form", "LAB"), kantor.perintah(1).paper("rekap")

    draw(form, rekap, tmp_path)

    headings = [
        cell.value for cell in openpyxl.load_workbook(tmp_path / "form.xlsx").worksheets[0][9]
    ]
    assert headings[:5] == ["Kode Sarana", "Nama Sarana", "Kondisi", "Jumlah Nyata", "Satuan"]
    summary = openpyxl.load_workbook(tmp_path / "rekap.xlsx")
    assert summary.sheetnames[:3] == ["Ringkasan", "LAB", "GUD"]


def draw(form: Dokumen | None, rekap: Dokumen | None, folder: Path) -> None:
    assert form is not None
    assert rekap is not None
    workers = Workers(1)
    try:
        for dokumen in (form, rekap):
            target, body = folder / f"{dokumen.kind}.xlsx", plain(dokumen.data["isi"])
            workers.paper(target, dokumen.kind, "xlsx", body, issue_of(dokumen))
    finally:
        workers.close()


@pytest.mark.usefixtures("own_command")
def test_an_office_declares_a_command_of_its_own(kantor: Kantor, tmp_path: Path) -> None:
    kantor.say("Darma", "/inventaris")
    early = kantor.last("Darma")
    langkah_1_the_order(kantor)
    kantor.say("Darma", "/inventaris 1")
    asked = kantor.last("Darma")
    kantor.say("Darma", "/bantuan")
    kantor.press("Darma", "perintah_lainnya")

    assert early.text == "Belum ada perintah yang berjalan atau selesai."
    assert asked.text == "No. 001/2026: LAB, GUD belum selesai."
    assert "/inventaris – Unit yang belum selesai" in kantor.last("Darma").text


def test_a_kind_of_its_own_speaks_its_own_words(kantor: Kantor, tmp_path: Path) -> None:
    to_the_board(kantor)

    task = kantor.task("Endang", "tugas_cocokkan")
    asked = task.text
    kantor.press("Endang", "Buku cocok")
    done = kantor.last("Endang")

    assert asked == "Mohon mencocokkan buku inventaris (No. 001/2026)."
    assert done.text == ("✅ Buku inventaris cocok pukul 08.00. Terima kasih.")


def issue_of(dokumen: Dokumen) -> Issue:
    acts = plain(dokumen.data["pengesahan"])
    return Issue.model_validate({"kode": dokumen.code, "sha256": dokumen.sha256, **acts})


@pytest.fixture
def card_declared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CATALOGUE, CARD.kind, CARD)
    monkeypatch.setitem(DUE, CARD.kind, kartu_hitung)


@needs_pdftotext
@pytest.mark.usefixtures("card_declared")
def test_a_paper_of_its_own_needs_no_line_of_the_product(kantor: Kantor, tmp_path: Path) -> None:
    to_the_board(kantor)
    card, other = (kantor.perintah(1).paper(CARD.kind, unit) for unit in ("LAB", "GUD"))
    templates = shutil.copytree(TEMPLATES, tmp_path / "templates")
    shutil.copytree(THIRD / "templates", templates, dirs_exist_ok=True)

    assert card is not None
    body = json.dumps(plain(card.data["isi"])).encode()
    drawing.draw(CARD, body, issue_of(card), tmp_path / "card.pdf", "pdf", templates=templates)

    text = text_of(tmp_path / "card.pdf")
    assert other is None
    assert "Unit Laboratorium pada perintah No. 001/2026: 2 jenis sarana dihitung" in text
    assert "24 November 2026 pukul 08.00 WITA" in text
    assert "Farida Contoh" in text
    assert card.code in text


@pytest.mark.usefixtures("card_declared")
def test_a_wrong_key_in_a_paper_of_its_own_fails_before_the_commit(
    kantor: Kantor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def misspelt(turn: Turn, unit: str | None) -> KartuHitung | None:
        facts = kartu_hitung(turn, unit)
        return facts and KartuHitung.model_validate({**facts.body(), "jumlahh": 1})

    monkeypatch.setitem(DUE, CARD.kind, misspelt)

    with pytest.raises(ValidationError, match="jumlahh"):
        to_the_board(kantor)

    assert kantor.tugas(1, "5", "LAB").state == "buka"
