"""docs/map.md shows the rooms as they are, and each room says what it holds."""

import ast

import pytest

from tests.house.map import MAP, PACKAGES, ROOT, from_the_top, reduced, renewed

ROOMS = sorted(
    path.relative_to(ROOT).as_posix()
    for package in PACKAGES
    for path in (ROOT / package / "__init__.py", *(ROOT / package).glob("*/__init__.py"))
)


def test_the_map_is_what_the_imports_say() -> None:
    text = MAP.read_text("utf-8")

    assert text == renewed(text), "docs/map.md and the imports differ: make map"


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_in_one_line_what_it_holds_and_no_more(room: str) -> None:
    tree = ast.parse((ROOT / room).read_text("utf-8"))
    docstring = ast.get_docstring(tree) or ""

    assert len(tree.body) == 1, f"{room} holds a docstring and nothing else"
    assert len(docstring.splitlines()) == 1


def test_an_import_that_follows_from_others_is_left_out() -> None:
    edges = {("a", "b"), ("b", "c"), ("a", "c"), ("a", "d"), ("d", "c"), ("e", "c")}

    assert reduced(edges) == edges - {("a", "c")}


def test_rooms_stand_above_what_they_import() -> None:
    edges = {("b", "a"), ("a", "d"), ("b", "c"), ("c", "d")}

    assert from_the_top(["a", "b", "c", "d"], edges) == ["b", "a", "c", "d"]
