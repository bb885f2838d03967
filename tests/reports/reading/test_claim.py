"""The code of a paper is found again, whatever a program has made of the file."""

import zlib
from pathlib import Path

import pytest

from contoh import kertas
from reports.papers.layout import paper
from reports.papers.typst import render
from reports.reading.claim import MOST_INFLATED, claimed_code

CODE = "8C41-E2B7"


def kept(folder: Path, content: bytes) -> Path:
    path = folder / "a.pdf"
    path.write_bytes(content)
    return path


def test_a_paper_of_ours_bears_its_code(tmp_path: Path) -> None:
    issue = {"kode": CODE, "sha256": "8c41e2b7" * 8}
    render("disposisi", paper("disposisi", kertas.disposisi(), issue), tmp_path / "a.pdf")

    assert claimed_code(tmp_path / "a.pdf") == CODE


@pytest.mark.parametrize("encoding", ["ascii", "utf-16-be"])
def test_a_code_packed_away_by_another_program_is_found(tmp_path: Path, encoding: str) -> None:
    packed = zlib.compress(f"/Keywords (SIGAP-{CODE})".encode(encoding))

    path = kept(tmp_path, b"%PDF-1.7\nstream\nrusak\nstream\r\n" + packed + b"\nendstream")

    assert claimed_code(path) == CODE


def test_a_bomb_is_looked_into_no_further_than_its_beginning(tmp_path: Path) -> None:
    packed = zlib.compress(bytes(50 * MOST_INFLATED) + f"SIGAP-{CODE}".encode())

    assert claimed_code(kept(tmp_path, b"%PDF-1.7\nstream\n" + packed)) == ""
