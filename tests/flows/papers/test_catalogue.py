"""Every paper has its line, its template or writer, and every line names what there is."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from flows.papers import letter_facts, picture_facts
from flows.papers.catalogue import CATALOGUE, LINES, Paper, PaperUnknown, line_of
from flows.papers.due import DUE
from flows.papers.facts import Data
from flows.papers.letter_facts import Letter, Notulen
from reports.papers.drawing import WRITERS
from reports.papers.typst import TEMPLATES

# What papers have in common, no papers themselves.
COMMON = {"surat", "surat_2", "gambar"}
FRAMES = {letter_facts.Letter, picture_facts.Drawing, picture_facts.Picture}


def flaws(lines: Iterable[Paper], templates: Path = TEMPLATES) -> Iterator[str]:
    """Each as a sentence that names both places."""
    drawn = {
        f"{line.kind}_{shape}" if shape > 1 else line.kind
        for line in lines
        if set(line.formats) - {"xlsx"}
        for shape in range(1, line.shape + 1)
    }
    found = {path.stem for path in templates.glob("*.typ")} - COMMON
    for kind in sorted(drawn - found):
        yield (
            f"flows/papers/catalogue.py has the paper {kind!r},"
            f" but there is no reports/templates/{kind}.typ"
        )
    for kind in sorted(found - drawn):
        yield (
            f"reports/templates/{kind}.typ is there,"
            f" but flows/papers/catalogue.py has no line {kind!r} that is drawn by it"
        )
    for line in lines:
        if "xlsx" in line.formats and line.facts not in WRITERS:
            yield (
                f"flows/papers/catalogue.py has the workbook {line.kind!r},"
                f" but reports/papers/drawing.py writes no {line.facts.__name__}"
            )
    for facts in sorted(_papers() - {line.facts for line in lines}, key=lambda one: one.__name__):
        yield (
            f"{facts.__module__.replace('.', '/')}.py has the facts {facts.__name__},"
            " but no line in flows/papers/catalogue.py uses them"
        )


def _papers() -> set[type[Data]]:
    """The facts of the product that are a whole paper."""
    found = {facts for frame in FRAMES for facts in frame.__subclasses__()}
    return {facts for facts in found - FRAMES if facts.__module__.startswith("flows.")}


def test_catalogue_templates_and_facts_agree() -> None:
    assert list(flaws(LINES)) == []
    assert len(CATALOGUE) == len(LINES)


def test_every_paper_that_is_due_by_the_state_has_its_line() -> None:
    assert [kind for kind in DUE if kind not in CATALOGUE] == []


def test_a_file_name_tells_the_units_apart_where_each_has_its_paper() -> None:
    assert [line.kind for line in LINES if ("{unit}" in line.name) != (line.per == "unit")] == []


def test_a_paper_without_its_template_is_told_with_both_places() -> None:
    lost = Paper("surat_tugas", Letter, "Surat_Tugas_{nomor}", ("pdf",))

    assert list(flaws((*LINES, lost))) == [
        "flows/papers/catalogue.py has the paper 'surat_tugas',"
        " but there is no reports/templates/surat_tugas.typ"
    ]


def test_a_paper_without_its_line_is_told_with_both_places() -> None:
    assert list(flaws([line for line in LINES if line.facts is not Notulen])) == [
        "reports/templates/notulen.typ is there,"
        " but flows/papers/catalogue.py has no line 'notulen' that is drawn by it",
        "reports/templates/notulen_2.typ is there,"
        " but flows/papers/catalogue.py has no line 'notulen_2' that is drawn by it",
        "flows/papers/letter_facts.py has the facts Notulen,"
        " but no line in flows/papers/catalogue.py uses them",
    ]


def test_a_workbook_that_nobody_writes_is_told_with_both_places() -> None:
    lost = Paper("daftar_hadir", Letter, "Daftar_Hadir_{nomor}", ("xlsx",))

    assert list(flaws((*LINES, lost))) == [
        "flows/papers/catalogue.py has the workbook 'daftar_hadir',"
        " but reports/papers/drawing.py writes no Letter"
    ]


def test_a_kind_of_no_line_is_refused_where_it_is_filed() -> None:
    with pytest.raises(PaperUnknown, match="'surat_tugas' has no line in flows/papers/catalogue"):
        line_of("surat_tugas")
