"""Pictures for a phone: large letters, strong contrast, few bytes."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from contoh import kertas
from reports.papers.layout import paper
from reports.papers.typst import TEMPLATES, render
from tests.reports.pages import needs_pdftotext, pages_of, text_of

PLAIN = {"kode": "", "sha256": "0" * 64}
TITLE = 18  # points: the first word of every picture, to measure the others by
WIDTH, SMALLEST, CONTRAST, MOST_BYTES = 1200, 28, 4.5, 150_000
PICTURES: dict[str, Callable[[], dict[str, Any]]] = {
    "papan": kertas.papan,
    "papan_12": lambda: kertas.papan(12),
    "papan_nama_panjang": lambda: kertas.papan(12, kertas.LONG_NAME),
    "perjalanan": kertas.perjalanan,
    "capaian": kertas.capaian,
    "capaian_12": lambda: kertas.capaian(12),
}
EACH = pytest.mark.parametrize("name", PICTURES)


def drawn(folder: Path, name: str, form: str = "png") -> Path:
    template = name.split("_")[0]
    target = folder / f"{name}.{form}"
    render(template, paper(template, PICTURES[name](), PLAIN), target, form)
    return target


@EACH
def test_a_picture_is_light_enough_for_a_weak_network(tmp_path: Path, name: str) -> None:
    path = drawn(tmp_path, name)

    with Image.open(path) as picture:
        assert picture.width == WIDTH
    assert path.stat().st_size < MOST_BYTES


@needs_pdftotext
@EACH
def test_no_letter_is_smaller_than_a_phone_can_show(tmp_path: Path, name: str) -> None:
    [page] = pages_of(drawn(tmp_path, name, "pdf"))

    heights = [word.bottom - word.top for word in page.words]
    smallest = min(heights) / heights[0] * TITLE
    assert smallest * WIDTH / page.width >= SMALLEST - 0.1


@needs_pdftotext
@EACH
def test_no_word_of_a_picture_covers_another_or_leaves_it(tmp_path: Path, name: str) -> None:
    [page] = pages_of(drawn(tmp_path, name, "pdf"))

    assert page.overlaps() == []
    assert page.outside(5, 5) == []


@EACH
def test_the_same_data_give_the_same_bytes(tmp_path: Path, name: str) -> None:
    first = drawn(tmp_path, name).read_bytes()

    assert first == drawn(tmp_path, name).read_bytes()


@needs_pdftotext
def test_colour_never_stands_alone(tmp_path: Path) -> None:
    text = text_of(drawn(tmp_path, "papan", "pdf"))

    for word in ("diterima", "berjalan", "lewat batas", "kembali", "menunggu"):
        assert word in text


@needs_pdftotext
def test_the_time_used_is_counted_in_days_of_the_office(tmp_path: Path) -> None:
    text = " ".join(text_of(drawn(tmp_path, "perjalanan", "pdf")).split())

    assert (
        "2 hari kerja 5 jam (1.200 menit) dari standar 4 hari kerja 4 jam 15 menit (2.055 menit)"
        in text
    )


def test_every_colour_of_text_is_strong_enough_on_its_ground() -> None:
    source = "".join(path.read_text("utf-8") for path in _picture_templates())
    pairs = re.findall(r'\((?:rgb\("(#\w{6})"\)|white), rgb\("(#\w{6})"\)\)', source)
    alone = re.findall(r'(?:fill: |paint: |^#let kelas = \(|, )rgb\("(#\w{6})"\)', source)

    assert len(pairs) == 9
    assert min(_contrast(ground or "#ffffff", ink) for ground, ink in pairs) >= CONTRAST
    texts = [colour for colour in alone if colour not in {ground for ground, _ in pairs}]
    assert min(_contrast("#ffffff", colour) for colour in texts) >= CONTRAST


def _picture_templates() -> list[Path]:
    return [TEMPLATES / f"{name}.typ" for name in ("gambar", "papan", "perjalanan", "capaian")]


def _contrast(one: str, other: str) -> float:
    """As WCAG 2 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    shares = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
