"""A paper is drawn once from its own data, and on record before it goes out."""

import asyncio
import hashlib
import json
import subprocess
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.documents.arsip import Entry, in_parts
from bot.documents.documents import Documents, DokumenMissing, marked_data
from bot.resources import Resources
from bot.wording.wording import Wording
from contoh import kertas
from flows.forms.form import Cell, Sheet, Unreadable
from flows.model.changes import Decision, KeepBerkas
from flows.model.events import Event
from flows.model.messages import Attachment
from flows.model.perintah import Dokumen
from flows.papers.facts import Data
from flows.papers.filing import digest
from reports.reading.claim import claimed_code
from reports.reading.sheetjson import reading_to_json
from tests.reports.examples import form_data, indikator_form, rekap_data
from tests.storage.world import keep, perintah, take_staff

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def dokumen(kind: str, data: Data) -> Dokumen:
    body = data.model_dump(mode="json", by_alias=True)
    content = {"isi": body, "pengesahan": {}}
    return Dokumen(1, kind, None, 1, content, digest(body), NOW)


def keep_paper(resources: Resources, kind: str, data: Data) -> None:
    take_staff(resources.store)
    keep(resources.store, perintah(dokumen=(dokumen(kind, data),)))


def asked(form: str) -> Attachment:
    return Attachment("dokumen", "Rekap", form, perintah_id=7, seq=1)


def issued(resources: Resources) -> list[Any]:
    with resources.store.reading() as queries:
        return [
            e.event.data for e in queries.record.events("p7") if e.event.name == "DocumentIssued"
        ]


@pytest.fixture
def documents(resources: Resources) -> Documents:
    return Documents(resources, Wording())


async def test_a_form_is_drawn_from_its_data(resources: Resources, documents: Documents) -> None:
    keep_paper(resources, "form", form_data("KBK"))

    [paper] = await documents.papers((asked("xlsx"),))

    assert paper.name == "Rekap.xlsx"
    assert load_workbook(BytesIO(paper.path.read_bytes())).sheetnames[0] == "KBK"


@pytest.mark.parametrize(("form", "magic"), [("xlsx", b"PK"), ("pdf", b"%PDF")])
async def test_a_rekap_is_drawn_as_workbook_and_as_pdf(
    resources: Resources, documents: Documents, form: str, magic: bytes
) -> None:
    keep_paper(resources, "rekap", rekap_data())

    [paper] = await documents.papers((asked(form),))

    assert paper.path.read_bytes().startswith(magic)


async def test_a_picture_asked_for_by_twenty_is_drawn_once(
    resources: Resources, documents: Documents
) -> None:
    data = {"template": "papan", "isi": kertas.papan()}
    board = Attachment("cetak", "Papan", "png", data=data)
    other = board._replace(data={**data, "isi": {**data["isi"], "judul": "Papan lain"}})

    papers = await asyncio.gather(*(documents.papers((board,)) for _ in range(20)))
    await documents.papers((other,))

    assert len({paper.path for [paper] in papers}) == 1
    assert resources.metrics.drawings == 2


async def test_the_file_is_on_record_with_its_hash(
    resources: Resources, documents: Documents
) -> None:
    keep_paper(resources, "form", form_data("KBK"))

    [paper] = await documents.papers((asked("xlsx"),))

    assert issued(resources) == [{"seq": 1, "format": "xlsx", "sha256": paper.path.name}]


async def test_a_paper_wanted_by_many_at_once_is_drawn_once(
    resources: Resources, documents: Documents
) -> None:
    keep_paper(resources, "form", form_data("KBK"))

    papers = await asyncio.gather(*(documents.papers((asked("xlsx"),)) for _ in range(4)))

    assert len({paper.path for [paper] in papers}) == 1
    assert len(issued(resources)) == 1


async def test_a_file_that_was_lost_is_drawn_again_alike(
    resources: Resources, documents: Documents
) -> None:
    keep_paper(resources, "form", form_data("KBK"))
    [first] = await documents.papers((asked("xlsx"),))
    content = first.path.read_bytes()
    first.path.unlink()

    [second] = await documents.papers((asked("xlsx"),))

    assert second.path.read_bytes() == content
    assert len(issued(resources)) == 1


@pytest.mark.parametrize(
    "wanted",
    [
        Attachment("dokumen", "x", "xlsx", perintah_id=7, seq=9),
        Attachment("dokumen", "x", "xlsx", perintah_id=8, seq=1),
        Attachment("dokumen", "x", "png", perintah_id=7, seq=1),
    ],
)
async def test_a_paper_that_does_not_exist_is_a_fault(
    resources: Resources, documents: Documents, wanted: Attachment
) -> None:
    keep_paper(resources, "form", form_data("KBK"))

    with pytest.raises(DokumenMissing):
        await documents.papers((wanted,))


async def test_a_stored_file_goes_under_its_own_name(
    resources: Resources, documents: Documents
) -> None:
    sha256 = resources.store.files.keep(b"bukti")

    [paper] = await documents.papers((Attachment("berkas", "bukti.pdf", sha256=sha256),))

    assert (paper.name, paper.path.read_bytes()) == ("bukti.pdf", b"bukti")


def refused_sheet() -> Sheet:
    """A filled form whose first figure is none."""
    headings = {c.role: c.heading for c in indikator_form().columns}
    letters = dict(zip(headings, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", strict=False))
    header = {
        letter: Cell(f"{letter}9", "text", headings[role]) for role, letter in letters.items()
    }
    row = {
        letters["kode"]: Cell(f"{letters['kode']}10", "text", "KBK-01"),
        letters["realisasi"]: Cell(f"{letters['realisasi']}10", "text", "12O"),
    }
    return Sheet("KBK", ((9, header), (10, row)))


def refusal(sheet: Sheet, sha256: str) -> dict[str, Any]:
    form = indikator_form()
    cell = next(c for _, cells in sheet.rows for c in cells.values() if c.text == "12O")
    finding = {
        "kode_aturan": "E03",
        "sel": cell.address,
        "kolom": "Realisasi",
        "kode": "KBK-01",
        "nilai": "12O",
    }
    return {
        "berkas": sha256,
        "form": form.model_dump(mode="json", by_alias=True),
        "temuan": [finding],
        "rules": form_data("KBK").rules.model_dump(mode="json"),
        "dibuat": NOW.isoformat(),
    }


async def test_a_refused_sheet_comes_back_marked(
    resources: Resources, documents: Documents
) -> None:
    sheet, sha256 = refused_sheet(), "a" * 64
    resources.sheets.mkdir()
    (resources.sheets / f"{sha256}.json").write_text(reading_to_json(sheet), "utf-8")
    data = refusal(sheet, sha256)

    [paper] = await documents.papers((Attachment("marked", "isi (bertanda)", data=data),))

    book = load_workbook(BytesIO(paper.path.read_bytes()))
    address = data["temuan"][0]["sel"]
    assert paper.name == "isi (bertanda).xlsx"
    assert book.sheetnames[0] == "Perbaikan"
    assert book.worksheets[1][address].comment is not None
    assert issued(resources) == []


def test_the_marks_say_what_the_message_says() -> None:
    sheet = refused_sheet()
    data = refusal(sheet, "a" * 64)
    wording = Wording()

    marked = marked_data(data, sheet, wording)

    assert marked.header_row == 9
    assert [mark.comment for mark in marked.marks] == [wording.sentence(data["temuan"][0])]
    assert marked.corrections[0].tertulis == "12O"


async def test_what_could_not_be_read_cannot_be_marked(
    resources: Resources, documents: Documents
) -> None:
    sha256 = "b" * 64
    resources.sheets.mkdir()
    path = resources.sheets / f"{sha256}.json"
    path.write_text(reading_to_json(Unreadable("pdf")), "utf-8")
    data = refusal(refused_sheet(), sha256)

    with pytest.raises(DokumenMissing):
        await documents.papers((Attachment("marked", "isi", data=data),))


def letter(kind: str, content: dict[str, Any], seq: int = 1, unit: str | None = None) -> Dokumen:
    body = {"isi": content, "pengesahan": {}}
    return Dokumen(seq, kind, unit, 1, body, digest(content), NOW)


@pytest.mark.parametrize("kind", ["disposisi", "pengantar", "notulen", "berita_acara"])
async def test_a_letter_is_drawn_with_its_code_and_a_way_to_verify_it(
    resources: Resources, documents: Documents, kind: str
) -> None:
    take_staff(resources.store)
    found = letter(kind, getattr(kertas, kind)())
    keep(resources.store, perintah(dokumen=(found,)))

    [paper] = await documents.papers((asked("pdf"),))

    assert claimed_code(paper.path) == found.code


async def test_a_picture_goes_out_as_one_and_stands_on_no_record(
    resources: Resources, documents: Documents
) -> None:
    data = {"template": "papan", "isi": kertas.papan()}

    [paper] = await documents.papers((Attachment("cetak", "Papan", "png", data=data),))

    assert (paper.name, paper.is_picture) == ("Papan.png", True)
    assert paper.path.read_bytes().startswith(b"\x89PNG")
    assert issued(resources) == []


async def test_a_logo_that_is_no_picture_does_not_keep_the_paper_back(
    resources: Resources, documents: Documents
) -> None:
    (resources.settings.data_dir / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n is none")
    instansi = resources.setting.office.instansi.model_copy(update={"logo": "logo.png"})
    office = resources.setting.office.model_copy(update={"instansi": instansi})
    resources = replace(resources, setting=resources.setting._replace(office=office))
    take_staff(resources.store)
    keep(resources.store, perintah(dokumen=(letter("pengantar", kertas.pengantar()),)))

    [paper] = await Documents(resources, Wording()).papers((asked("pdf"),))

    assert paper.path.read_bytes().startswith(b"%PDF")


def keep_everything(resources: Resources) -> str:
    """A perintah with papers of two units and an evidence with a name that wants to get out."""
    take_staff(resources.store)
    papers = (
        letter("disposisi", kertas.disposisi(), 1),
        letter("notulen", kertas.notulen(), 2, "KBK"),
        letter("notulen", kertas.notulen(), 3, "DAL"),
    )
    keep(resources.store, perintah(dokumen=papers))
    sha256 = resources.store.files.keep(b"bukti " * 100)
    with resources.store.transaction() as tx:
        evidence = KeepBerkas(sha256, "../../etc/bukti.pdf", 600, 7, "KBK", "KBK-01", 1)
        tx.apply(
            Decision(changes=(evidence,), events=(Event("RowsFilled", 7, unit="KBK"),)), "k", NOW
        )
    return sha256


def archive(*units: str) -> Attachment:
    data = {"unit": list(units), "saat": NOW.isoformat()}
    return Attachment("arsip", "Arsip_007", "zip", 7, data=data)


def checked(folder: Path) -> subprocess.CompletedProcess[bytes]:
    command = ["sha256sum", "--strict", "-c", "SHA256SUMS"]
    return subprocess.run(command, cwd=folder, capture_output=True, timeout=60)


async def test_an_archive_is_checked_by_a_stranger_with_standard_tools(
    resources: Resources, documents: Documents, tmp_path: Path
) -> None:
    keep_everything(resources)

    [paper] = await documents.papers((archive(),))

    with zipfile.ZipFile(paper.path) as found:
        found.extractall(tmp_path / "arsip")
    done = checked(tmp_path / "arsip")
    names = sorted(
        str(p.relative_to(tmp_path / "arsip")) for p in (tmp_path / "arsip").rglob("*.*")
    )
    assert done.returncode == 0, done.stderr
    assert names == [
        "BACA_SAYA.txt", "bukti/KBK/Bukti KBK-01 – bukti.pdf", "daftar_periksa.pdf",
        "disposisi/disposisi_v1_1.pdf", "jejak.jsonl", "jejak.xlsx",
        "notulen/notulen_DAL_v1_3.pdf", "notulen/notulen_KBK_v1_2.pdf",
    ]  # fmt: skip
    former = "0" * 64
    for line in (tmp_path / "arsip" / "jejak.jsonl").read_text("utf-8").splitlines():
        entry = json.loads(line)
        assert entry["prev_hash"] == former
        former = hashlib.sha256((former + entry["body"]).encode()).hexdigest()
        assert entry["hash"] == former


async def test_in_the_archive_evidence_is_called_as_in_the_chat(
    resources: Resources, documents: Documents, tmp_path: Path
) -> None:
    """By all rows it was given for, by whomever; what is no evidence keeps its own name."""
    take_staff(resources.store)
    keep(resources.store, perintah())
    pdf, photo = b"%PDF-1.7 rekap", b"\xff\xd8\xff foto"
    given = (
        (pdf, "Rekap-KUA.pdf", "KBK-01", 1), (pdf, "Rekap-KUA.pdf", "KBK-02", 1),
        (pdf, "Rekap-KUA.pdf", "KBK-02", 2), (photo, "foto.jpg", "KBK-03", 1),
        (b"PK isian", "Format_KBK.xlsx", "", 1), (b"nota", "Nota dinas", "catat:4", 1),
    )  # fmt: skip
    kept = [
        KeepBerkas(resources.store.files.keep(content), name, len(content), 7, "KBK", code, person)
        for content, name, code, person in given
    ]
    with resources.store.transaction() as tx:
        tx.apply(Decision(changes=tuple(kept)), "k", NOW)

    [paper] = await documents.papers((archive(),))

    with zipfile.ZipFile(paper.path) as found:
        found.extractall(tmp_path / "arsip")
    folder = tmp_path / "arsip" / "bukti" / "KBK"
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        "Bukti KBK-01, KBK-02 – Rekap-KUA.pdf": pdf,
        "Bukti KBK-03.jpg": photo,
        "Format_KBK.xlsx": b"PK isian",
        "Nota dinas": b"nota",
    }
    assert checked(tmp_path / "arsip").returncode == 0


async def test_a_head_of_a_unit_gets_nothing_of_another(
    resources: Resources, documents: Documents
) -> None:
    keep_everything(resources)

    [paper] = await documents.papers((archive("DAL"),))

    with zipfile.ZipFile(paper.path) as found:
        assert "notulen/notulen_DAL_v1_3.pdf" in found.namelist()
        assert not [name for name in found.namelist() if "KBK" in name]


def test_an_archive_too_large_for_telegram_is_split_between_files() -> None:
    entries = [Entry(f"{n}.bin", b"x" * 400) for n in range(5)]

    parts = list(in_parts(entries, most=900))

    assert [[entry.name for entry in part] for part in parts] == [
        ["0.bin", "1.bin"], ["2.bin", "3.bin"], ["4.bin"],
    ]  # fmt: skip


async def test_the_difference_to_our_workbook_is_a_list(
    resources: Resources, documents: Documents
) -> None:
    keep_paper(resources, "rekap", rekap_data())
    [ours] = await documents.papers((asked("xlsx"),))
    book = load_workbook(BytesIO(ours.path.read_bytes()))
    book["PPA"]["I2"] = 1
    changed = BytesIO()
    book.save(changed)
    data = {"berkas": resources.store.files.keep(changed.getvalue()), "saat": NOW.isoformat()}

    [paper] = await documents.papers((Attachment("beda", "Perbedaan", "xlsx", 7, 1, data=data),))

    sheet = load_workbook(BytesIO(paper.path.read_bytes())).worksheets[0]
    assert ("PPA", "I2") in {(row[0], row[1]) for row in sheet.values}
