"""The table of docs/corrections.md: each cell names a story, each story of its file a cell."""

import ast
import re
from pathlib import Path

from tests.test_house import ROOT

STORIES = ROOT / "tests" / "stories"
OWN = STORIES / "test_related_orders.py"
NAME = re.compile(r"\btest_\w+")
# What the stories say of one perintah alone.
ALONE = {"test_the_only_unit_left_is_not_skipped"}


def cells() -> list[list[str]]:
    """The table's rows without its head, each from its second column on."""
    text = (ROOT / "docs" / "corrections.md").read_text(encoding="utf-8")
    table = text.partition("<!-- begin: cells -->")[2].partition("<!-- end: cells -->")[0]
    rows = [line.strip("|").split(" | ") for line in table.strip().splitlines()]
    return [[cell.strip() for cell in row[1:]] for row in rows[2:]]


def stories_in(*paths: Path) -> set[str]:
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in paths)
    return {
        node.name
        for tree in trees
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def test_every_cell_names_one_story_that_exists_or_is_a_dash() -> None:
    known = stories_in(*STORIES.glob("test_*.py"))
    wrong = [
        cell for row in cells() for cell in row if cell != "–" and
        (len(found := NAME.findall(cell)) != 1 or found[0] not in known)
    ]  # fmt: skip

    assert wrong == []
    assert {len(row) for row in cells()} == {5}


def test_every_story_of_related_orders_has_its_cell() -> None:
    named = {name for row in cells() for cell in row for name in NAME.findall(cell)}

    assert stories_in(OWN) - ALONE - named == set()
