"""What a PDF shows, as pdftotext sees it: words with their boxes, page by page."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

needs_pdftotext = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) is not installed"
)
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
WORD = re.compile(
    r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>'
)
MM = 72 / 25.4


@dataclass(frozen=True)
class Word:
    left: float
    top: float
    right: float
    bottom: float
    text: str

    def overlaps(self, other: "Word") -> bool:
        """By more than a hair: the boxes of a line's neighbours touch."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        smaller = min(self.bottom - self.top, other.bottom - other.top)
        return width > 0.6 and height > 0.35 * smaller


@dataclass(frozen=True)
class Page:
    width: float
    height: float
    words: tuple[Word, ...]

    def outside(self, left: float, right: float) -> list[str]:
        """Words beyond the side margins, given in millimetres, or off the sheet."""
        return [
            w.text
            for w in self.words
            if w.left < left * MM - 0.5
            or w.right > self.width - right * MM + 0.5
            or w.top < 0
            or w.bottom > self.height
        ]

    def overlaps(self) -> list[tuple[str, str]]:
        ordered = sorted(self.words, key=lambda w: w.top)
        found = []
        for index, word in enumerate(ordered):
            for other in ordered[index + 1 :]:
                if other.top > word.bottom:
                    break
                if word.overlaps(other):
                    found.append((word.text, other.text))
        return found


def text_of(path: Path) -> str:
    command = ["pdftotext", "-layout", str(path), "-"]
    found = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode()
    return " ".join(found.split())


def reading_order(path: Path) -> str:
    command = ["pdftotext", str(path), "-"]
    found = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode()
    return " ".join(found.split())


def pages_of(path: Path) -> list[Page]:
    command = ["pdftotext", "-bbox", str(path), "-"]
    found = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode()
    return [
        Page(float(width), float(height), tuple(_word(w) for w in WORD.findall(body)))
        for width, height, body in PAGE.findall(found)
    ]


def _word(found: tuple[str, ...]) -> Word:
    left, top, right, bottom = (float(value) for value in found[:4])
    return Word(left, top, right, bottom, found[4])
