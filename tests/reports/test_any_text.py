"""Any text that was accepted in a form comes back as it was stored, from the rekap too."""

import random
from datetime import datetime
from pathlib import Path

import pytest

from flows.forms.form import Sheet
from flows.papers.facts import Table, TableColumn
from flows.text.plain import clean_text
from reports.papers.layout import paper
from reports.papers.typst import render
from reports.reading.sheets import read_sheet
from reports.workbooks.rekapbook import write_rekap
from reports.workbooks.tables import TextTable, write_text_tables
from storage.rows.notation import read, written
from tests.reports.examples import issue, rekap_data

PIECES = (
    # Texts with control characters, white space and halves of escapes among them.
    "_x005F_", "_x005f_", "_x0041_", "_x000D_", "_xD83D_", "_xFFFF_", "x005F_", "_x", "_", "0041_",
    "<r>", "</r>", "<t>", "&amp;", "&", "]]>", "=1+1", "+1", "-2", "@x", "'", '"', "{=1}", "#N/A",
    "http://x", "12", "1.234,5", "TRUE", " ", "  ", "\n", "\r\n", "\t", "\v", "\u2028",
    "\x85", "\x00", "\x1f", "\x7f", "\u200b", "\u202e", "\ufeff", "\ufffd", "\U0001f44d",
    "\U0001f468\u200d\U0001f469", "e\u0301", "\u0639", "\u65e5", "%", "\\", "/",
    "catatan", "lama", "Kab.",
)  # fmt: skip
MANY = 10_000
NOW = datetime.fromisoformat("2026-11-30T08:00:00+00:00")


def some_texts(seed: int) -> list[str]:
    chance = random.Random(seed)
    return ["".join(chance.choices(PIECES, k=chance.randint(1, 8))) for _ in range(MANY)]


def second_column(sheet: object) -> dict[int, str]:
    assert isinstance(sheet, Sheet)
    return {number: row["B"].text for number, row in sheet.rows if number > 1 and "B" in row}


def test_ten_thousand_texts_pass_through_form_database_and_rekap(tmp_path: Path) -> None:
    columns = (("No", 8.0), ("Catatan", 20.0))
    rows = tuple((f"{n}", text) for n, text in enumerate(some_texts(2026)))
    write_text_tables(tmp_path / "form.xlsx", NOW, [TextTable("Catatan", columns, rows)])
    taken = {
        n: clean_text(t) for n, t in second_column(read_sheet(tmp_path / "form.xlsx")).items()
    }
    stored = read(written(taken_by_name := {f"{n}": text for n, text in taken.items()}))
    assert stored == taken_by_name

    table = Table(
        name="Catatan",
        columns=(TableColumn(heading="No"), TableColumn(heading="Catatan")),
        rows=tuple((n, stored.get(n, "")) for n in map(str, range(2, MANY + 2))),
    )
    write_rekap(tmp_path / "rekap.xlsx", rekap_data(tables=(table,)), issue())

    parts = getattr(read_sheet(tmp_path / "rekap.xlsx"), "parts", ())
    (shown,) = (part for part in parts if part.name == "Catatan")
    assert {n: clean_text(t) for n, t in second_column(shown).items()} == {
        n: text for n, text in taken.items() if text
    }


@pytest.mark.parametrize(
    "text", ["catatan _x005F_ lama", "_x0041_x0042_", "x005F_", "_x005F_x005F_", "<r><t>x</t></r>"]
)
def test_a_text_like_excel_s_own_escapes_is_read_as_it_was_written(
    tmp_path: Path, text: str
) -> None:
    table = TextTable("A", (("No", 8.0), ("Catatan", 20.0)), (("1", text),))
    write_text_tables(tmp_path / "a.xlsx", NOW, [table])

    assert second_column(read_sheet(tmp_path / "a.xlsx")) == {2: text}


def test_a_paper_is_drawn_with_any_text(tmp_path: Path) -> None:
    texts = [clean_text(text) for text in some_texts(2027)[:1000]]
    columns = (TableColumn(heading="No", width=6), TableColumn(heading="Catatan", width=40))
    rows = tuple((f"{n}", text) for n, text in enumerate(texts))
    content = rekap_data(tables=(Table(name="Catatan", columns=columns, rows=rows),))

    facts = paper("rekap", content.model_dump(mode="json"), issue().model_dump(mode="json"))
    render("rekap", facts, tmp_path / "rekap.pdf")

    assert (tmp_path / "rekap.pdf").read_bytes().startswith(b"%PDF")
