"""Speed of papers and pictures beside bare typst, WeasyPrint and matplotlib."""

import importlib.util
import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import typst

from bench.figure import Figure, medians
from contoh import kertas
from reports.papers.layout import paper
from reports.papers.typst import FONTS, TEMPLATES, render

ROUNDS, FEWER = 41, 11
FACES = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
ISSUE = {
    "kode": "8C41-E2B7",
    "sha256": "8c41e2b7" * 8,
    "tautan": "https://t.me/x?start=v_8c41e2b7",
}
PLAIN: dict[str, Any] = {"kode": "", "sha256": "0" * 64}
HTML = """<html><style>@page {{ size: 215mm 330mm; margin: 20mm }} body {{ font: 10pt sans-serif }}
table {{ border-collapse: collapse }} td {{ border: 0.5pt solid }}</style>
<h2>{judul}</h2><table>{rows}</table></html>"""


def run() -> Iterator[Figure | str]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield from _documents(folder)
        yield from _pictures(folder)


def _documents(folder: Path) -> Iterator[Figure | str]:
    content = kertas.berita_acara(units=5)
    laid_out = paper("berita_acara", content, ISSUE)

    def ours() -> None:
        render("berita_acara", paper("berita_acara", content, ISSUE), folder / "a.pdf")

    taken = _medians(bare=lambda: _bare("berita_acara", laid_out), ours=ours)
    yield Figure("a warm document", taken["ours"] * 1000, "ms")
    yield Figure("… against bare typst", taken["ours"] / taken["bare"], "times", at_most=1.5)
    if not _has("weasyprint"):
        yield "… against WeasyPrint: not measured, it is not installed here"
        return
    taken = _medians(FEWER, ours=ours, theirs=lambda: _weasyprint(content))
    ratio = taken["theirs"] / taken["ours"]
    yield Figure("… against WeasyPrint", ratio, "times faster", at_least=4)


def _pictures(folder: Path) -> Iterator[Figure | str]:
    content = kertas.capaian()
    target = folder / "a.png"

    def ours() -> None:
        render("capaian", paper("capaian", content, PLAIN), target, "png")

    taken = _medians(ours=ours)
    yield Figure("a warm picture, drawn and made light", taken["ours"] * 1000, "ms")
    yield Figure("… its size", target.stat().st_size / 1000, "kB", at_most=150)
    if not _has("matplotlib"):
        yield "… against matplotlib: not measured, it is not installed here"
        return
    taken = _medians(FEWER, ours=ours, theirs=lambda: _matplotlib(content, folder / "b.png"))
    ratio = taken["theirs"] / taken["ours"]
    yield Figure("… against matplotlib", ratio, "times faster", at_least=5)


def _has(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def _medians(rounds: int = ROUNDS, **acts: Callable[[], object]) -> dict[str, float]:
    """The first round warms up and is not counted; what is compared is measured in turns."""
    medians(1, **acts)
    return medians(rounds, is_own_work=True, **acts)


def _bare(template: str, content: dict[str, Any]) -> None:
    typst.compile(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        font_paths=FACES,
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(content)},
    )


def _weasyprint(content: dict[str, Any]) -> None:
    from weasyprint import HTML as Document

    cells = ("langkah", "uraian", "unit", "oleh", "selesai")
    rows = "".join(
        f"<tr>{''.join(f'<td>{step[cell]}</td>' for cell in cells)}</tr>"
        for step in content["langkah"]
    )
    Document(string=HTML.format(judul=content["sop"], rows=rows)).write_pdf()


def _matplotlib(content: dict[str, Any], target: Path) -> None:
    """The same picture, as large: bar, figure and class a unit, the line of 100%."""
    from matplotlib.figure import Figure as Picture

    lines = [*content["unit"], content["dinas"]]
    values = [float(line["mentah"]) for line in lines]
    picture = Picture(figsize=(12, 7.52), dpi=100)
    axes = picture.add_subplot()
    axes.barh([f"{line['kode']} {line['isi']}" for line in lines], values)
    axes.axvline(100, linestyle="--")
    axes.set_title(content["judul"])
    for index, line in enumerate(lines):
        axes.text(1, index, f"{line['mentah']}% {line['kategori']}", fontsize=14)
    picture.savefig(target)
