"""Every odd file, from its bytes to the answer: named clearly, nothing moved, no row lost."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.documents.documents import marked_data
from bot.wording.wording import Wording
from flows.forms.form import Sheet, Unreadable
from flows.papers.facts import FormData
from reports.reading.sheets import read_sheet
from reports.workbooks.formbook import write_form
from reports.workers import Workers
from storage.rows.notation import plain
from tests.bot.screen import seen
from tests.conftest import Stages
from tests.kantor import Kantor
from tests.officials import FILLERS, meet
from tests.reports import corpus, formcorpus, oddcorpus
from tests.workbooks import SAMPLE

PELAKSANA = FILLERS["KBK"]
FIGURES = {row.isian.kode: row.isian.realisasi for row in SAMPLE}


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    workers = Workers(1)
    yield workers
    workers.close()


@pytest.fixture(scope="module")
def wording() -> Wording:
    return Wording()


@pytest.fixture(scope="module")
def kantor(stages: Stages, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kantor]:
    """One office for all files: a refused one leaves it as it was, an accepted one is replaced."""
    kantor = stages.at("handed_out").branch(tmp_path_factory.mktemp("corpus") / "kantor")
    meet(kantor, "KBK")
    yield kantor
    kantor.close()


def test_the_corpus_holds_at_least_a_hundred_files() -> None:
    assert len(corpus.REFUSED) + len(corpus.ACCEPTED) + len(formcorpus.CASES) >= 200


@pytest.mark.parametrize("name", sorted(corpus.REFUSED | corpus.ACCEPTED))
def test_a_file_that_is_no_form_is_answered_and_moves_nothing(
    name: str, kantor: Kantor, workers: Workers, wording: Wording, tmp_path: Path
) -> None:
    path = tmp_path / "upload"
    path.write_bytes(corpus.content(name))

    # whatever would take ten seconds is ended by the pool, and this raises
    reading = workers.read(path, tmp_path / "sheet.json")
    assert workers.peak < 500 * 1024, "KiB the worker has held at most"
    with kantor.nothing_moves():
        kantor.send(PELAKSANA, reading, "Data KBK.xlsx")

    answer = kantor.last(PELAKSANA)
    expected = corpus.REFUSED.get(name)
    assert answer.key == f"tolak_{expected}" if expected else answer.key.startswith("berkas_")
    text = seen(wording.say(answer.key, answer.args, answer.rows).text)
    assert len(text) > 40
    if not expected:
        assert "Sel " in text or "Kolom" in text or "judul" in text or "baris" in text


@pytest.mark.parametrize("name", sorted(formcorpus.CASES))
def test_a_form_is_taken_whole_or_refused_with_cell_and_value(
    name: str, kantor: Kantor, workers: Workers, wording: Wording, tmp_path: Path
) -> None:
    edit, expected = formcorpus.CASES[name]
    path = tmp_path / "upload"
    path.write_bytes(formcorpus.saved(issued(kantor, tmp_path), FIGURES, edit))
    before = kantor.facts()

    reading = workers.read(path, tmp_path / "sheet.json")
    kantor.send(PELAKSANA, reading, "Format_KBK_TW3-2026.xlsx")

    assert isinstance(reading, Sheet)
    check_answer(kantor, wording, expected, before)
    for attachment in kantor.last(PELAKSANA).files:
        if attachment.kind == "marked":
            marked = tmp_path / "marked.xlsx"
            workers.marked(marked, marked_data(attachment.data, reading, wording))
            again = read_sheet(marked)
            assert isinstance(again, Sheet)
            assert standing(reading) <= standing(again), "no cell of his is lost"


@pytest.mark.parametrize("name", sorted(oddcorpus.EXPECTED))
def test_a_form_as_other_programs_write_it(
    name: str, kantor: Kantor, workers: Workers, wording: Wording, tmp_path: Path
) -> None:
    expected = oddcorpus.EXPECTED[name]
    as_filled = formcorpus.saved(
        issued(kantor, tmp_path), FIGURES, formcorpus.CASES["as issued"][0]
    )
    path = tmp_path / "upload"
    path.write_bytes(oddcorpus.content(name, as_filled))
    before = kantor.facts()

    kantor.send(PELAKSANA, workers.read(path, tmp_path / "sheet.json"), "Data.xlsx")

    if not expected.islower():
        check_answer(kantor, wording, expected, before)
        return
    assert kantor.last(PELAKSANA).key == f"tolak_{expected}"
    assert kantor.facts() == before


def test_of_two_copies_with_other_figures_the_one_that_was_read_is_named(
    kantor: Kantor, workers: Workers, wording: Wording, tmp_path: Path
) -> None:
    def edit(book: Any, sheet: Any) -> None:
        copy = book.copy_worksheet(sheet)
        copy.title, copy["I12"] = "KBK (2)", 3913
        book.move_sheet(copy, -3)

    path = tmp_path / "upload"
    path.write_bytes(formcorpus.saved(issued(kantor, tmp_path), FIGURES, edit))

    kantor.send(PELAKSANA, workers.read(path, tmp_path / "sheet.json"), "Data.xlsx")

    answer = kantor.last(PELAKSANA)
    text = seen(wording.say(answer.key, answer.args, answer.rows).text)
    assert "yang dibaca “KBK (2)”, bukan “KBK”" in text
    assert "tetap_kirim" in answer.labels


@pytest.mark.parametrize("state", ["visible", "hidden", "veryHidden"])
def test_names_of_victims_on_a_further_sheet_are_refused_too(
    kantor: Kantor, workers: Workers, wording: Wording, tmp_path: Path, state: str
) -> None:
    def edit(book: Any, sheet: Any) -> None:
        further = book.create_sheet("Rincian")
        further.append(["No", "Nama Korban", "Usia"])
        further.append([1, "Contoh", 14])
        further.sheet_state = state

    path = tmp_path / "upload"
    path.write_bytes(formcorpus.saved(issued(kantor, tmp_path), FIGURES, edit))

    with kantor.nothing_moves():
        kantor.send(PELAKSANA, workers.read(path, tmp_path / "sheet.json"), "Data.xlsx")

    answer = kantor.last(PELAKSANA)
    text = seen(wording.say(answer.key, answer.args, answer.rows).text)
    assert "Lembar Rincian, sel B1: kolom “Nama Korban” memuat data pribadi" in text
    [attached] = answer.files
    reading = workers.read(path, tmp_path / "sheet.json")
    assert isinstance(reading, Sheet)
    workers.marked(path, marked_data(attached.data, reading, wording))
    kantor.send(PELAKSANA, workers.read(path, tmp_path / "sheet.json"), "Data.xlsx")
    assert kantor.last(PELAKSANA).key == "isian_diterima", "its list of faults is none of his"


def test_a_form_that_is_hidden_is_looked_for_by_name(
    kantor: Kantor, workers: Workers, wording: Wording, tmp_path: Path
) -> None:
    def edit(book: Any, sheet: Any) -> None:
        sheet.sheet_state, book.active = "hidden", 1

    path = tmp_path / "upload"
    path.write_bytes(formcorpus.saved(issued(kantor, tmp_path), FIGURES, edit))

    kantor.send(PELAKSANA, workers.read(path, tmp_path / "sheet.json"), "Data.xlsx")

    answer = kantor.last(PELAKSANA)
    text = seen(wording.say(answer.key, answer.args, answer.rows).text)
    assert "Lembar Petunjuk: Baris judul tabel tidak ditemukan" in text
    assert "tidak disembunyikan" in text


def test_three_hundred_sheets_are_too_many(
    kantor: Kantor, workers: Workers, tmp_path: Path
) -> None:
    path = tmp_path / "upload"
    many = formcorpus.many_sheets(300)
    path.write_bytes(formcorpus.saved(issued(kantor, tmp_path), FIGURES, many))

    reading = workers.read(path, tmp_path / "sheet.json")

    assert reading == Unreadable("too_many_sheets", {"limit": "100"})


def check_answer(kantor: Kantor, wording: Wording, expected: str, before: object) -> None:
    """Taken whole, or refused with the cell and nothing moved."""
    answer = kantor.last(PELAKSANA)
    text = seen(wording.say(answer.key, answer.args, answer.rows).text)
    if not expected.startswith("E"):
        rows = {row.kode: row for row in kantor.perintah(1).parts("KBK")[0].rows}
        assert len(rows) == 9
        assert str(rows["KBK-03"].realisasi) == expected
        assert "diterima" in text
        return
    found = answer.args["temuan"][0]
    assert found["kode_aturan"] == expected
    assert kantor.facts() == before
    assert found["sel"] in text
    assert "Belum ada yang disimpan" in text or "Tidak ada yang disimpan" in text


def standing(sheet: Sheet) -> set[str]:
    """The addresses of the cells that say anything."""
    cells = (cell for _, row in sheet.rows for cell in row.values())
    return {cell.address for cell in cells if cell.text.strip()}


def issued(kantor: Kantor, folder: Path) -> Path:
    """The unit's form as it was sent out."""
    paper = kantor.perintah(1).paper("form", "KBK")
    assert paper is not None
    path = folder / "form.xlsx"
    write_form(path, FormData.model_validate(plain(paper.data["isi"])))
    return path
