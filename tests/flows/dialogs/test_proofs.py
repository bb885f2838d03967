"""What is evidence by its name, and what a question for it takes."""

from dataclasses import replace

import pytest

from flows.dialogs.proofs import asking, unfit
from flows.model.changes import Decision
from tests.flows.small_office import FILLER, a_file, a_turn


@pytest.mark.parametrize("name", ["foto.jpg", "Rekap KUA.pdf", "IMG_01.HEIC", "pindaian"])
def test_photos_and_pdf_are(name: str) -> None:
    assert unfit(a_turn(FILLER, command=a_file()), replace(a_file(), name=name)) is None


@pytest.mark.parametrize("name", ["Berita acara.docx", "DAFTAR.DOC", "bukti.zip", "slide.pptx"])
def test_what_not_every_reader_opens_is_not(name: str) -> None:
    refused = unfit(a_turn(FILLER, command=a_file()), replace(a_file(), name=name))

    assert refused is not None
    assert refused.is_refused


def test_a_question_takes_the_file_with_its_words() -> None:
    question = asking("bukti", "tanya_bukti_catat")(a_turn(FILLER, command=a_file()), {})

    assert question is not None
    assert question.read_file is not None
    taken = question.read_file(replace(a_file(), name="foto.jpg", caption=" sesuai  asli "))
    assert taken == {"sha256": "a" * 64, "nama": "foto.jpg", "teks": "sesuai asli"}
    refused = question.read_file(replace(a_file(), name="surat.docx"))
    assert isinstance(refused, Decision)
