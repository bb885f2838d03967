"""The SOP AP on paper: three variants, every text in its cell, whatever stands in the fields."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from contoh import kertas
from contoh.samples import running
from flows.papers.flowchart import original, reconstructed
from reports.papers.layout import paper
from reports.papers.typst import render
from tests.reports.pages import MM, Page, needs_pdftotext, pages_of, reading_order
from tests.reports.papers.test_letters import HOSTILE, LONG
from tests.reports.sops import OFFICE, SOPS

Json = dict[str, Any]

ISSUE = {"kode": "8C41-E2B7", "sha256": "ab12cd34" * 8, "tautan": "https://t.me/x?start=v_1"}
PLAIN = {"kode": "", "sha256": "0" * 64}
# Headings that stand over several columns.
MERGED = ("Pelaksana", "Mutu", "Baku")
STATES = ("selesai", "berjalan", "kembali", "lewat", "jeda", "belum")
EACH = pytest.mark.parametrize("sop", SOPS, ids=lambda sop: sop.code)
NOTHING: list[str] = []


def live(sop: Any) -> Json:
    columns, rows = reconstructed(sop, OFFICE)
    at_work = [running(row, n, len(rows)) for n, row in enumerate(rows)]
    for n, (row, state) in enumerate(zip(at_work, STATES * 2, strict=False)):
        told = {"keadaan": state, "waktu": "12.480 / 480", "keterangan": f"{state} 24-11 10.20"}
        at_work[n] = row.model_copy(update=told)
    return kertas.sop(sop, "langsung", columns, at_work)


def made(sop: Any) -> Json:
    return kertas.sop(sop, "rekonstruksi", *reconstructed(sop, OFFICE))


def approved(sop: Any) -> Json:
    return {**made(sop), "disetujui": kertas.ratified()}


def received(sop: Any) -> Json:
    headings = [column.heading for column in sop.columns]
    return kertas.sop(sop, "asli", headings, original(sop))


VARIANTS: dict[str, Callable[[Any], Json]] = {
    "langsung": live,
    "rekonstruksi": made,
    "disetujui": approved,
    "asli": received,
}
VARIANT = pytest.mark.parametrize("variant", VARIANTS)


def drawn(folder: Path, content: Json, issue: Json) -> Path:
    render("sop", paper("sop", content, issue), folder / "a.pdf")
    return folder / "a.pdf"


def lines_of(columns: int) -> list[float]:
    """Where the flowchart's upright lines stand, in points from the left."""
    widths = (8, 300 - 8 - 24 * columns - 98, *(24,) * columns, 30, 16, 30, 22)
    places = [15.0]
    for width in widths:
        places.append(places[-1] + width)
    return [place * MM for place in places]


def astray(page: Page, columns: int) -> Iterator[str]:
    """Words that stand across an upright line of the flowchart's table."""
    for word in page.words:
        if word.bottom > page.height - 27 * MM or word.text in MERGED:
            continue
        is_inside = any(
            left - 0.3 <= word.left and word.right <= right + 0.3
            for left, right in pairwise(lines_of(columns))
        )
        if not is_inside:
            yield word.text


def filled_with(content: Json, text: str) -> Json:
    """The same text in every field that is written by somebody."""
    kept = ("varian", "zona", "dibuat", "kop", "kolom", "baris", "disetujui")
    plain = {k: text for k, v in content.items() if isinstance(v, str) and k not in kept}
    lists = {k: [text] for k, v in content.items() if isinstance(v, tuple) and k not in kept}
    told = ("uraian", "kelengkapan", "keluar", "keterangan", "tambahan", "waktu", "nomor")
    rows = [{**row, **dict.fromkeys(told, text)} for row in content["baris"]]
    who = content.get("disetujui")
    named = {"disetujui": {**who, "nama": text, "jabatan": [text]}} if who else {}
    return {**content, **plain, **lists, "baris": rows, **named}


@needs_pdftotext
@EACH
@VARIANT
def test_every_text_stays_in_its_cell(tmp_path: Path, variant: str, sop: Any) -> None:
    content = VARIANTS[variant](sop)
    issue = ISSUE if variant == "disetujui" else PLAIN

    pages = pages_of(drawn(tmp_path, content, issue))

    assert [page.overlaps() for page in pages] == [NOTHING for _ in pages]
    assert [page.outside(15, 15) for page in pages] == [NOTHING for _ in pages]
    legend = {"Warna"} if variant == "langsung" else set()
    for page in pages[1:]:
        strays = list(astray(page, len(content["kolom"])))
        assert strays == NOTHING or legend & {w.text for w in page.words}


@needs_pdftotext
@VARIANT
@pytest.mark.parametrize("text", ["", *LONG.values()], ids=("nothing", *LONG))
def test_whatever_is_written_into_it_stays_on_the_page(
    tmp_path: Path, variant: str, text: str
) -> None:
    content = filled_with(VARIANTS[variant](SOPS[0]), text)

    pages = pages_of(drawn(tmp_path, content, ISSUE))

    assert [page.overlaps() for page in pages] == [NOTHING for _ in pages]
    assert [page.outside(15, 15) for page in pages] == [NOTHING for _ in pages]


@needs_pdftotext
def test_markup_of_any_kind_is_shown_as_it_is(tmp_path: Path) -> None:
    text = reading_order(drawn(tmp_path, filled_with(approved(SOPS[0]), HOSTILE), ISSUE))

    assert "$x$ *tebal* _miring_ <b>html</b> &amp; @b" in text.replace("\u200b", "")


@VARIANT
def test_the_same_data_give_the_same_bytes(tmp_path: Path, variant: str) -> None:
    first = drawn(tmp_path, VARIANTS[variant](SOPS[0]), PLAIN).read_bytes()

    assert first == drawn(tmp_path, VARIANTS[variant](SOPS[0]), PLAIN).read_bytes()


@needs_pdftotext
def test_the_footer_of_an_approval_stands_on_every_page_that_has_one_and_on_no_other(
    tmp_path: Path,
) -> None:
    with_word = drawn(tmp_path, approved(SOPS[0]), ISSUE)
    pages, told = len(pages_of(with_word)), reading_order(with_word)
    without = reading_order(drawn(tmp_path, live(SOPS[0]), PLAIN))

    assert told.count("Bukan tanda tangan elektronik tersertifikasi") == pages
    assert "Disetujui secara elektronik (internal) – 24 November 2026" in told
    assert "Bukan tanda tangan elektronik tersertifikasi" not in without
    assert without.count("tidak memuat persetujuan") == pages
