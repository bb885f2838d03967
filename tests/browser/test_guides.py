"""The guides stay true: their pictures exist, their commands too, and every role has its page."""

import re
from pathlib import Path

import pytest

from flows.engine.commands import COMMANDS
from flows.office.kantor import Office
from tests.browser.guides import DOCS, GUIDES, blocks

ROOT = Path(__file__).parents[2]
BESIDES = {"status", "rekap", "batal", "daftar", "newbot"}


@pytest.mark.parametrize("guide", GUIDES)
def test_every_picture_and_command_of_a_guide_exists(guide: str) -> None:
    text = (DOCS / f"{guide}.md").read_text(encoding="utf-8")

    pictures = re.findall(r"!\[.+?\]\((.+?)\)", text)
    commands = set(re.findall(r"`/([a-z]+)", text))
    assert pictures
    assert [name for name in pictures if not (DOCS / name).is_file()] == []
    assert commands <= COMMANDS.keys() | BESIDES
    assert (DOCS / f"{guide}.pdf").read_bytes().startswith(b"%PDF")


def test_what_the_readme_shows_and_leads_to_exists() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")

    named = re.findall(r"\]\((?!http)([^)]+)\)", text)
    assert {"docs/gambar/alur.png", "docs/gambar/kantor-simulasi.png"} <= set(named)
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_every_role_that_acts_has_its_page() -> None:
    text = (DOCS / "panduan-pejabat.md").read_text(encoding="utf-8")
    office = Office.parse((ROOT / "kantor.yaml").read_text(encoding="utf-8"), "kantor.yaml")

    wanted = {role.label for role in office.roles.values() if role.acts_in_sop}
    assert wanted <= set(re.findall(r"^## (.+)$", text, re.MULTILINE))


def test_the_little_markdown_becomes_html() -> None:
    source = "# Judul\n\nKalimat **tebal** & `kode`.\n\n1. satu\n2. dua\n\n![Papan](a.png)"

    assert list(blocks(source)) == [
        "<h1>Judul</h1>",
        "<p>Kalimat <b>tebal</b> &amp; <code>kode</code>.</p>",
        "<ol><li>satu</li><li>dua</li></ol>",
        '<figure><img src="a.png" alt="Papan"></figure>',
    ]
