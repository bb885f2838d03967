"""Odd files are refused with the right reason, and honest ones pass."""

import time
from pathlib import Path

import pytest

from flows.forms.form import Unreadable
from reports.reading.guard import WorkbookFacts, inspect
from reports.reading.refusals import REASONS
from tests.reports import corpus


def _stored(folder: Path, data: bytes) -> Path:
    path = folder / "0f3a"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", sorted(corpus.REFUSED))
def test_every_refusal_has_a_known_reason(name: str) -> None:
    assert corpus.REFUSED[name] in REASONS


def test_a_right_workbook_passes_with_its_facts(tmp_path: Path) -> None:
    facts = inspect(_stored(tmp_path, corpus.package()))

    assert isinstance(facts, WorkbookFacts)
    assert [(sheet.name, sheet.state, sheet.filled) for sheet in facts.sheets] == [
        ("KBK", "visible", 6)
    ]
    assert not facts.has_external_links


def test_external_links_are_noted(tmp_path: Path) -> None:
    facts = inspect(_stored(tmp_path, corpus.content("external link")))

    assert isinstance(facts, WorkbookFacts)
    assert facts.has_external_links


def test_a_far_cell_is_named(tmp_path: Path) -> None:
    facts = inspect(_stored(tmp_path, corpus.content("last cell of all")))

    assert isinstance(facts, WorkbookFacts)
    assert facts.sheets[0].problem == Unreadable(
        "far_cell", {"sheet": "KBK", "cell": "XFD1048576"}
    )


def test_a_number_that_is_none_is_named_with_its_cell(tmp_path: Path) -> None:
    facts = inspect(_stored(tmp_path, corpus.content("nan")))

    assert isinstance(facts, WorkbookFacts)
    detail = {"sheet": "KBK", "cell": "I10", "value": "NaN"}
    assert facts.sheets[0].problem == Unreadable("bad_number", detail)


def test_a_long_attribute_is_refused_at_once(tmp_path: Path) -> None:
    path = _stored(tmp_path, corpus.content("long attribute"))

    start = time.process_time()
    looked = inspect(path)

    assert looked == Unreadable("bomb", {"part": "xl/worksheets/sheet1.xml"})
    assert time.process_time() - start < 1


def test_a_shared_formula_is_known_at_its_followers(tmp_path: Path) -> None:
    rows = (
        '<row r="10"><c r="A10"><f t="shared" ref="A10:A11" si="0">B10*2</f><v>2</v></c></row>'
        '<row r="11"><c r="A11"><f t="shared" si="0"/><v>4</v></c></row>'
    )

    facts = inspect(_stored(tmp_path, corpus.with_sheet(corpus.sheet(rows))))

    assert isinstance(facts, WorkbookFacts)
    formulas = facts.sheets[0].formulas
    assert (formulas["A11"].source, formulas["A11"].origin) == ("B10*2", "A10")
