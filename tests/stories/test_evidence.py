"""Evidence of a part: no file is left behind, and none is taken that nobody can open."""

import pytest

from tests.conftest import Stage
from tests.kantor import Kantor
from tests.officials import meet, send_in, upload

IRMA = "Irma"


def given(kantor: Kantor) -> list[str]:
    part = kantor.perintah(1).part("DAL", kantor.people[IRMA])
    assert part is not None
    return [row.kode for row in part.rows if row.evidence]


def asked(stage: Stage) -> Kantor:
    """A complete part, and a PDF that names no row."""
    kantor = stage("handed_out")
    meet(kantor, "DAL")
    upload(kantor, 1, "DAL")
    kantor.send(IRMA, None, "laporan.pdf")
    return kantor


def test_kirim_asks_for_the_row_of_a_file_that_waits(stage: Stage) -> None:
    kantor = asked(stage)

    send_in(kantor, IRMA)

    question = kantor.before_him(IRMA)
    assert question.text.startswith("Mohon menetapkan buktinya lebih dahulu:\n“laporan.pdf”")
    assert kantor.tugas(1, "5", "DAL").is_open

    kantor.press(IRMA, "DAL-02", question)
    send_in(kantor, IRMA)

    assert given(kantor) == ["DAL-02"]
    assert kantor.tugas(1, "5", "DAL").state == "selesai"


@pytest.mark.parametrize("label", ["ubah_angka"])
def test_no_other_dialog_leaves_the_file_behind(stage: Stage, label: str) -> None:
    kantor = asked(stage)

    kantor.press(IRMA, label)

    assert kantor.before_him(IRMA).key == "tanya_bukti_untuk"
    kantor.press(IRMA, "DAL-02", kantor.before_him(IRMA))
    assert given(kantor) == ["DAL-02"]


def test_a_workbook_or_another_photo_leaves_it_waiting(stage: Stage) -> None:
    kantor = asked(stage)

    upload(kantor, 1, "DAL")
    kantor.send(IRMA, None, "foto.jpg")
    question = kantor.before_him(IRMA)
    kantor.press(IRMA, "DAL-03", question)

    assert (question.key, question.args["banyak"]) == ("tanya_bukti_untuk", 2)
    part = kantor.perintah(1).part("DAL", kantor.people[IRMA])
    assert part is not None
    assert {row.kode: len(row.evidence) for row in part.rows if row.evidence} == {"DAL-03": 2}


@pytest.mark.parametrize("name", ["Berita acara.docx", "BUKTI.DOC", "foto.zip"])
def test_what_not_every_reader_can_open_is_no_evidence(stage: Stage, name: str) -> None:
    kantor = stage("handed_out")
    meet(kantor, "DAL")
    upload(kantor, 1, "DAL")

    with kantor.nothing_moves():
        kantor.send(IRMA, None, name)
        kantor.send(IRMA, None, name, caption="DAL-02")

    assert kantor.last(IRMA).text == (
        f"“{name}” belum dapat diterima sebagai bukti dukung. Mohon simpan sebagai PDF atau "
        "kirim fotonya. Belum ada yang disimpan."
    )
    assert kantor.draft(IRMA) is None


def test_nor_while_evidence_is_asked_for(stage: Stage) -> None:
    kantor = asked(stage)

    kantor.send(IRMA, None, "Berita acara.docx")

    assert kantor.last(IRMA).key == "bukti_tak_terbaca"
    draft = kantor.draft(IRMA)
    assert draft is not None
    assert [file["nama"] for file in draft.answers["_berkas"]] == ["laporan.pdf"]


def test_nor_for_an_objection(stage: Stage) -> None:
    kantor = stage("coordinated")
    kantor.press("Fadli", "sanggah", kantor.task("Fadli", "tugas_terima", "PPR"))

    kantor.send("Fadli", None, "Daftar hadir.docx", caption="Register mencatat 159 peserta.")

    assert kantor.last("Fadli").key == "bukti_tak_terbaca"
    kantor.send("Fadli", None, "Daftar hadir.pdf", caption="Register mencatat 159 peserta.")
    assert kantor.last("Fadli").key == "ringkasan_sanggah"


def asked_for_source(stage: Stage) -> Kantor:
    kantor = stage("handed_out")
    meet(kantor, "DAL")
    kantor.press(IRMA, "isi_chat")
    kantor.say(IRMA, "2,24")
    return kantor


def test_a_photo_at_the_source_is_evidence_of_that_row_and_the_filling_goes_on(
    stage: Stage,
) -> None:
    kantor = asked_for_source(stage)

    kantor.send(IRMA, None, "foto1.jpg", album="a1")
    kantor.send(IRMA, None, "foto2.jpg", album="a1")
    questions = [seen for seen in kantor.chat(IRMA) if "Sumber datanya?" in seen.text]
    kantor.say(IRMA, "Laporan bidang")

    assert [seen.text.split("\n")[0] for seen in questions] == ["✅ Bukti DAL-01: foto2.jpg."]
    assert not any("belum dikirim" in seen.text for seen in kantor.chat(IRMA))
    part = kantor.perintah(1).part("DAL", kantor.people[IRMA])
    assert part is not None
    row = part.row("DAL-01")
    assert row is not None
    assert (len(row.evidence), row.sumber) == (2, "Laporan bidang")
    assert kantor.before_him(IRMA).text.split("\n")[-1].startswith("Mohon menuliskan realisasi.")


def test_an_album_is_asked_about_once(stage: Stage) -> None:
    kantor = stage("handed_out")
    meet(kantor, "DAL")
    upload(kantor, 1, "DAL")
    for number in range(3):
        kantor.send(IRMA, None, f"foto{number}.jpg", album="a1")

    told = [seen.text for seen in kantor.chat(IRMA) if "untuk indikator mana?" in seen.text]
    assert told == ["“foto0.jpg” dan 2 berkas lainnya merupakan bukti untuk indikator mana?"]
