"""Evidence reaches whoever decides on it as what it is: a photo, or a paper with its name."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from bot.documents.paper import evidence_name, is_photo
from bot.resources import Resources
from flows.figures.shown import attached, label_of
from flows.model.messages import Attachment, Button
from tests.bot.documents.test_documents import keep_everything
from tests.bot.rooms import Street
from tests.bot.sending.test_dispatcher import queue, sending, until_settled, words
from tests.conftest import Stage
from tests.kantor import Kantor
from tests.officials import KASUBAG, SEKRETARIS, correct, meet, send_in, take_findings

PDF = b"%PDF-1.7 rekap KUA"
DOCX = b"PK\x03\x04 berita acara"
# Kind, name and bytes as they stand in the chat.
File = tuple[str, str, bytes]
OBJECTION = "Register mencatat 159 peserta."


def picture(width: int = 64, height: int = 48, form: str = "JPEG") -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (width, height), "teal").save(drawn, form)
    return drawn.getvalue()


def hand_in(kantor: Kantor, who: str, content: bytes, name: str, caption: str = "") -> None:
    sha256 = kantor.store.files.keep(content)
    kantor.send(who, None, name, caption=caption, sha256=sha256)


async def arrived(resources: Resources, street: Street, *files: Attachment) -> list[File]:
    person = street.person()
    queue(resources, words(1, person, attachments=files))
    async with sending(resources):
        await until_settled(resources)
    return [_seen(street, message) for message in street.messages(person) if message["file"]]


def _seen(street: Street, message: dict[str, Any]) -> File:
    file = message["file"]
    return message["kind"], file["name"], street.file(file["url"])


async def test_the_kepala_bidang_gets_a_photo_as_photo_and_a_pdf_by_its_name(
    resources: Resources, street: Street, stage: Stage
) -> None:
    kantor, photo = stage("coordinated"), picture()
    take_findings(kantor, "PPA")
    meet(kantor, "PPA")
    correct(kantor, 2, "PPA", {"PPA-06": "46", "PPA-01": "15,20"})
    hand_in(kantor, "Lestari", PDF, "Rekap-KUA.pdf", "PPA-06 ppa01")
    hand_in(kantor, "Lestari", photo, "foto.jpg", "PPA-01")
    send_in(kantor, "Lestari")
    card = kantor.task("Nurdiana", "tugas_validasi", "PPA")

    got = await arrived(replace(resources, store=kantor.store), street, *card.files)

    assert got == [
        ("document", "Bukti PPA-01, PPA-06 – Rekap-KUA.pdf", PDF),
        ("photo", "Bukti PPA-01.jpg", photo),
    ]


async def test_kasubag_and_sekretaris_get_the_evidence_of_a_sanggah_by_its_name(
    resources: Resources, street: Street, stage: Stage
) -> None:
    kantor = stage("coordinated")
    kantor.press("Fadli", "sanggah", kantor.task("Fadli", "tugas_terima", "PPR"))
    hand_in(kantor, "Fadli", PDF, "Daftar hadir.pdf", OBJECTION)
    kantor.press("Fadli", "kirim", kantor.last("Fadli"))
    passed = kantor.task(KASUBAG, "tugas_sanggah", "PPR")
    kantor.press(KASUBAG, "Teruskan", passed)
    asked = kantor.task(SEKRETARIS, "tugas_putusan", "PPR")

    got = await arrived(
        replace(resources, store=kantor.store), street, *passed.files, *asked.files
    )

    assert got == [("document", "Bukti PPR-06 – Daftar hadir.pdf", PDF)] * 2


async def test_photos_are_one_album_and_papers_another(
    resources: Resources, street: Street
) -> None:
    """The message has a button, which no album bears: its words follow both."""
    person, files = street.person(), resources.store.files
    first, second = picture(64), picture(65)
    contents = (first, PDF, second, DOCX)
    given = attached(0, [(f"PPA-0{n}", files.keep(c)) for n, c in enumerate(contents, 1)])

    queue(resources, words(1, person, attachments=given, rows=((Button("kirim", "ok"),),)))
    async with sending(resources):
        await until_settled(resources)

    *sent, text = street.messages(person)
    assert [_seen(street, message) for message in sent] == [
        ("photo", "Bukti PPA-01.jpg", first),
        ("photo", "Bukti PPA-03.jpg", second),
        ("document", "Bukti PPA-02.pdf", PDF),
        ("document", "Bukti PPA-04.zip", DOCX),
    ]
    photos, papers = {m["album"] for m in sent[:2]}, {m["album"] for m in sent[2:]}
    assert (len(photos), len(papers), photos & papers) == (1, 1, set())
    assert (text["text"], len(text["keyboard"])) == ("kata 1", 1)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(picture(8000, 2001, "PNG"), id="width + height over 10,000"),
        pytest.param(picture(2100, 100), id="ratio over 20"),
        pytest.param(picture() + bytes(10 * 2**20), id="over 10 MB"),
    ],
)
async def test_a_picture_beyond_the_limits_of_a_photo_goes_as_a_document(
    resources: Resources, street: Street, content: bytes
) -> None:
    extension = "png" if content.startswith(b"\x89PNG") else "jpg"

    got = await arrived(
        resources, street, *attached(0, [("PPA-06", resources.store.files.keep(content))])
    )

    assert got == [("document", f"Bukti PPA-06.{extension}", content)]


async def test_a_picture_at_the_limits_is_a_photo(resources: Resources, street: Street) -> None:
    content = picture(2000, 100)

    got = await arrived(
        resources, street, *attached(0, [("PPA-06", resources.store.files.keep(content))])
    )

    assert got == [("photo", "Bukti PPA-06.jpg", content)]


async def test_what_the_former_version_has_queued_is_sent_with_name_and_extension(
    resources: Resources, street: Street
) -> None:
    """Its rows name no perintah; one of these files was kept under the name its sender gave it."""
    keep_everything(resources)
    known, unknown = resources.store.files.keep(b"bukti " * 100), resources.store.files.keep(PDF)
    former = [
        Attachment("berkas", f"bukti-{n}", "", sha256=s) for n, s in ((1, known), (2, unknown))
    ]

    got = await arrived(resources, street, *former)

    assert got == [
        ("document", "bukti-1 – bukti.pdf", b"bukti " * 100),
        ("document", "bukti-2.pdf", PDF),
    ]


@pytest.mark.parametrize(
    ("own", "content", "expected"),
    [
        ("Rekap-KUA.pdf", PDF, "Bukti PPA-06 – Rekap-KUA.pdf"),
        ("FOTO.JPEG", picture(), "Bukti PPA-06 – FOTO.JPEG"),
        ("scan", PDF, "Bukti PPA-06 – scan.pdf"),
        ("scan.jpg", PDF, "Bukti PPA-06 – scan.pdf"),
        ("Surat No. 12.2026", PDF, "Bukti PPA-06 – Surat No. 12.2026.pdf"),
        ("catatan.txt", b"halo", "Bukti PPA-06 – catatan.txt"),
        ("foto.jpg", picture(), "Bukti PPA-06.jpg"),
        ("berkas", PDF, "Bukti PPA-06.pdf"),
        ("", PDF, "Bukti PPA-06.pdf"),
        ("", picture(form="PNG"), "Bukti PPA-06.png"),
        ("../../etc/rekap.pdf", PDF, "Bukti PPA-06 – rekap.pdf"),
        ("C:\\data\\rekap.pdf", PDF, "Bukti PPA-06 – rekap.pdf"),
        ("re\x00k\na\u202efdp.pdf", PDF, "Bukti PPA-06 – rek afdp.pdf"),
        ('a<b>"c|d?.pdf', PDF, "Bukti PPA-06 – a_b__c_d_.pdf"),
        ("...", PDF, "Bukti PPA-06.pdf"),
        ("Daftar " * 20 + ".pdf", PDF, f"Bukti PPA-06 – {('Daftar ' * 20)[:49]}….pdf"),
    ],
)
def test_the_name_is_the_senders_and_the_extension_that_of_the_content(
    own: str, content: bytes, expected: str
) -> None:
    assert evidence_name("Bukti PPA-06", own, content) == expected


def test_a_name_in_any_script_fits_a_file_system() -> None:
    label = label_of([f"KBK-{n:02}" for n in range(1, 10)])

    name = evidence_name(label, "\N{GRINNING FACE}" * 200 + ".jpeg", picture())

    assert name.startswith("Bukti KBK-01, KBK-02, KBK-03 dan 6 lainnya – ")
    assert len(name.encode()) <= 255


@pytest.mark.parametrize(
    "content", [b"\xff\xd8\xff", b"\xff\xd8\xff\xe0\x00\x00", b"\x89PNG\r\n\x1a\n"]
)
def test_a_picture_broken_off_in_its_header_is_no_photo(content: bytes) -> None:
    assert not is_photo(content)
