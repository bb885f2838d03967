"""The rekap as a workbook: the figures of the data, each also a formula that gives it."""

import re
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from flows.forms.grading import capaian
from flows.papers.facts import Amount, Row, Table, TableColumn
from reports.workbooks.reconcile import RekapMismatch, reconcile
from reports.workbooks.rekapbook import compose_rekap, write_rekap
from tests.flows.sample import CORRECTIONS
from tests.reports.examples import issue, rekap_data, signed_rekap
from tests.reports.libreoffice import needs_libreoffice, recomputed

BEFORE = [
    ("SEK", 7, 7, 97.19, 97.0, "Sangat Tinggi"),
    ("DAL", 7, 8, 81.77, 80.54, "Tinggi"),
    ("KBK", 9, 9, 98.74, 92.69, "Sangat Tinggi"),
    ("PPR", 6, 6, 79.93, 78.08, "Tinggi"),
    ("PPA", 7, 7, 75.32, 76.98, "Sedang"),
    ("DP2KBP3A", 36, 37, 87.45, 85.68, "Tinggi"),
]
AFTER = [
    ("SEK", 7, 7, 97.19, 97.0, "Sangat Tinggi"),
    ("DAL", 7, 8, 81.77, 80.54, "Tinggi"),
    ("KBK", 9, 9, 98.74, 92.69, "Sangat Tinggi"),
    ("PPR", 6, 6, 85.54, 83.69, "Tinggi"),
    ("PPA", 7, 7, 84.95, 84.71, "Tinggi"),
    ("DP2KBP3A", 36, 37, 90.26, 88.12, "Tinggi"),
]
HOSTILE = [
    '=HYPERLINK("http://x")',
    "+1",
    "-2",
    "@x",
    "<r><t>x</t></r>",
    "_x0007_",
    "#N/A",
    "{=1}",
    "http://x",
    "ftp://y",
    "12",
    "TRUE",
    " luar ",
    "a\nb",
    "👍",
    "&lt;",
    "y" * 31_000,
    "_x0041_x0042_",
    "catatan _x005F_ lama",
    "👍" * 20_000,
]


def _summary(path: Path) -> list[tuple[Any, ...]]:
    sheet = openpyxl.load_workbook(path, data_only=True)["Ringkasan"]
    return [row[:6] for row in sheet.iter_rows(min_row=2, values_only=True)]


def _shown(path: Path) -> dict[tuple[str, str], Any]:
    book = openpyxl.load_workbook(path, data_only=True)
    cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row)
    return {(c.parent.title, c.coordinate): c.value for c in cells if c.value not in (None, "")}


def test_ringkasan_shows_the_sample_before_the_repair(tmp_path: Path) -> None:
    write_rekap(tmp_path / "rekap.xlsx", rekap_data(), issue())

    assert _summary(tmp_path / "rekap.xlsx") == BEFORE


def test_ringkasan_shows_the_sample_after_the_repair(tmp_path: Path) -> None:
    write_rekap(tmp_path / "rekap.xlsx", rekap_data(CORRECTIONS), issue())

    assert _summary(tmp_path / "rekap.xlsx") == AFTER


def test_the_sheets_are_ringkasan_the_units_and_the_further_tables(tmp_path: Path) -> None:
    data, issued = signed_rekap()
    write_rekap(tmp_path / "rekap.xlsx", data, issued)

    book = openpyxl.load_workbook(tmp_path / "rekap.xlsx")

    assert book.sheetnames == ["Ringkasan", "SEK", "DAL", "KBK", "PPR", "PPA", "Semula-Menjadi"]
    assert [cell.value for cell in book["Ringkasan"][1]][:6] == [
        "Unit",
        "Terisi",
        "Jumlah",
        "Rata-rata mentah",
        "Rata-rata dibatasi",
        "Kategori",
    ]
    assert book["Ringkasan"].max_row == 7
    assert book["PPA"]["I7"].value == 46
    assert book["Semula-Menjadi"]["E2"].data_type == "s"


def test_every_shown_figure_is_a_formula(tmp_path: Path) -> None:
    write_rekap(tmp_path / "rekap.xlsx", rekap_data(), issue())

    book = openpyxl.load_workbook(tmp_path / "rekap.xlsx")

    summary = {cell.data_type for row in book["Ringkasan"]["B2:F7"] for cell in row}
    units = {cell.data_type for row in book["DAL"]["J2:K9"] for cell in row}
    assert summary == units == {"f"}


@needs_libreoffice
def test_libreoffice_computes_the_same_values(tmp_path: Path) -> None:
    write_rekap(tmp_path / "rekap.xlsx", rekap_data(), issue())

    computed = recomputed(tmp_path / "rekap.xlsx", tmp_path)

    assert _shown(computed) == pytest.approx(_shown(tmp_path / "rekap.xlsx"), abs=1e-9)


@needs_libreoffice
def test_libreoffice_agrees_at_the_edges_of_the_formulas(tmp_path: Path) -> None:
    """A target of nought in both directions, a figure far off, and a row without target."""
    changes = {"KBK-05": Decimal(30), "KBK-09": Decimal("0.00")}
    write_rekap(tmp_path / "rekap.xlsx", rekap_data(changes), issue())
    book = openpyxl.load_workbook(tmp_path / "rekap.xlsx")
    sheet = book["KBK"]
    sheet["H2"], sheet["H3"], sheet["I3"], sheet["H4"] = 0, 0, 0, None
    book.save(tmp_path / "edges.xlsx")

    computed = openpyxl.load_workbook(
        recomputed(tmp_path / "edges.xlsx", tmp_path), data_only=True
    )["KBK"]

    values = [computed.cell(row, 10).value for row in (2, 3, 4, 6, 10)]
    assert values == ["n/a", 100, "n/a", -133.33, 0]


@needs_libreoffice
def test_libreoffice_agrees_with_the_other_rule_for_less_is_better(tmp_path: Path) -> None:
    data = rekap_data({"KBK-05": Decimal(0)})
    rules = data.rules.model_copy(update={"rumus_negatif": "rasio"})
    write_rekap(tmp_path / "rekap.xlsx", data.model_copy(update={"rules": rules}), issue())

    computed = recomputed(tmp_path / "rekap.xlsx", tmp_path)

    sheet = openpyxl.load_workbook(computed, data_only=True)["KBK"]
    kbk_02 = capaian("-", Decimal("11.50"), Decimal("13.20"), "rasio")
    assert sheet["J3"].value == float(kbk_02 or 0) == 87.12
    assert (sheet["J6"].value, sheet["K6"].value) == ("n/a", "-")


def test_text_never_becomes_a_formula_and_comes_back_as_it_was(tmp_path: Path) -> None:
    table = Table(
        name="Catatan",
        columns=(TableColumn(heading="Catatan"),),
        rows=tuple((text,) for text in HOSTILE),
    )

    write_rekap(tmp_path / "rekap.xlsx", rekap_data(tables=(table,)), issue())

    cells = openpyxl.load_workbook(tmp_path / "rekap.xlsx")["Catatan"]["A"][1:]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.hyperlink for cell in cells} == {None}
    assert cells[0].value == HOSTILE[0]
    assert [bool(cell.quotePrefix) for cell in cells[:5]] == [True] * 4 + [False]


def test_what_no_workbook_may_hold_cannot_spoil_the_rekap(tmp_path: Path) -> None:
    table = Table(
        name="Catatan",
        columns=(TableColumn(heading="Catatan"),),
        rows=(("a\x07b\x0bc",), ("lone \ud800 half",), ("z" * 40_000,)),
    )

    write_rekap(tmp_path / "rekap.xlsx", rekap_data(tables=(table,)), issue())

    cells = openpyxl.load_workbook(tmp_path / "rekap.xlsx")["Catatan"]["A"][1:]
    assert [str(cell.value)[:11] for cell in cells] == ["abc", "lone  half", "z" * 11]
    assert str(cells[2].value).endswith("…")


def test_the_same_data_give_the_same_bytes(tmp_path: Path) -> None:
    write_rekap(tmp_path / "a.xlsx", rekap_data(), issue())
    write_rekap(tmp_path / "b.xlsx", rekap_data(), issue())

    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_file_that_says_something_else_is_not_reconciled(tmp_path: Path) -> None:
    write_rekap(tmp_path / "rekap.xlsx", rekap_data(), issue())

    with pytest.raises(RekapMismatch, match="Ringkasan"):
        reconcile(tmp_path / "rekap.xlsx", rekap_data(CORRECTIONS))


def test_a_rekap_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    unit = rekap_data().units[0]
    twice = rekap_data(units=(unit, unit))

    with pytest.raises(Exception, match="SEK"):
        write_rekap(tmp_path / "rekap.xlsx", twice, issue())

    assert list(tmp_path.iterdir()) == []


def test_a_unit_without_rows_and_an_office_without_figures_are_drawn(tmp_path: Path) -> None:
    data = rekap_data()
    nothing = {"terisi": 0, "jumlah": 0, "mentah": None, "dibatasi": None, "kategori": ""}
    nothing |= {"counts": {}, "na": 0}
    figures = data.units[0].figures.model_copy(update=nothing)
    unit = data.units[0].model_copy(update={"figures": figures, "rows": ()})
    dinas = data.dinas.model_copy(update=nothing)

    write_rekap(
        tmp_path / "rekap.xlsx",
        data.model_copy(update={"units": (unit,), "dinas": dinas}),
        issue(),
    )

    assert _summary(tmp_path / "rekap.xlsx")[0] == ("SEK", 0, 0, "n/a", "n/a", "-")


def test_a_form_without_capaian_gives_plain_figures(tmp_path: Path) -> None:
    data = rekap_data()
    kept = ("nomor", "kode", "indikator", "realisasi", "keterangan")
    columns = tuple(column for column in data.form.columns if column.role in kept)
    form = data.form.model_copy(update={"columns": columns})

    write_rekap(tmp_path / "rekap.xlsx", data.model_copy(update={"form": form}), issue())

    sheet = openpyxl.load_workbook(tmp_path / "rekap.xlsx")["Ringkasan"]
    assert (sheet["D2"].value, sheet["D2"].data_type) == (97.19, "n")


def test_figures_keep_their_digits(tmp_path: Path) -> None:
    data = rekap_data()
    row: Row = {**data.units[0].rows[0], "realisasi": Amount(value=Decimal("0.1"))}
    row["target"] = Amount(value=Decimal("999999999999.99"))
    unit = data.units[0].model_copy(update={"rows": (row,)})

    write_rekap(tmp_path / "rekap.xlsx", data.model_copy(update={"units": (unit,)}), issue())

    sheet = openpyxl.load_workbook(tmp_path / "rekap.xlsx")["SEK"]
    assert (sheet["I2"].value, sheet["H2"].value) == (0.1, 999999999999.99)


def test_pages_are_f4_landscape_with_repeated_heading_and_page_numbers(tmp_path: Path) -> None:
    write_rekap(tmp_path / "rekap.xlsx", rekap_data(), issue(cap="DIGANTIKAN"))

    sheet = openpyxl.load_workbook(tmp_path / "rekap.xlsx")["KBK"]

    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 14)
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.oddFooter.right.text == "Halaman &P dari &N"
    assert "8C41-E2B7" in sheet.oddFooter.left.text
    assert "DIGANTIKAN" in sheet.oddHeader.center.text


def test_a_superseded_rekap_says_so_on_its_first_sheet(tmp_path: Path) -> None:
    write_rekap(tmp_path / "rekap.xlsx", rekap_data(), issue(cap="DIGANTIKAN"))

    book = openpyxl.load_workbook(tmp_path / "rekap.xlsx")
    assert book.sheetnames[:2] == ["DIGANTIKAN", "Ringkasan"]
    assert "tidak berlaku lagi" in book["DIGANTIKAN"]["A2"].value


def test_charts_write_decimal_commas_and_grow_with_the_units(tmp_path: Path) -> None:
    data = rekap_data()
    first = data.units[0]
    many = tuple(
        first.model_copy(update={"figures": first.figures.model_copy(update={"kode": f"U{n:02}"})})
        for n in range(14)
    )
    write_rekap(tmp_path / "few.xlsx", data, issue())
    compose_rekap(tmp_path / "many.xlsx", data.model_copy(update={"units": many}), issue())

    few, wide = _chart(tmp_path / "few.xlsx"), _chart(tmp_path / "many.xlsx")
    assert few.format == wide.format == "[$-421]#,##0.00"
    assert few.width < wide.width
    assert wide.width / 15 >= 70, "pixels for two columns and their figures"


class _Shown(NamedTuple):
    format: str
    width: float


def _chart(path: Path) -> _Shown:
    """The first chart: how its figures are written, and its width in pixels."""
    with zipfile.ZipFile(path) as book:
        chart = book.read("xl/charts/chart1.xml").decode()
    labels = re.search(r'<c:dLbls><c:numFmt formatCode="([^"]*)"', chart)
    assert labels is not None
    sheet = openpyxl.load_workbook(path)["Ringkasan"]
    anchor = sheet._charts[0].anchor
    columns = range(anchor._from.col, anchor.to.col)
    widths = [sheet.column_dimensions[get_column_letter(c + 1)].width * 7 + 5 for c in columns]
    return _Shown(labels[1], sum(widths) + anchor.to.colOff / 9525)
