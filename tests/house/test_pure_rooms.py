"""Every module of the rooms of rules has a unit test, so that a test of it tells who broke it."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("text", "office", "forms", "turn", "figures", "deadlines", "detours", "filling")


def imported(path: Path) -> set[str]:
    """The modules that the file names in its imports, a package's parts among them."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_every_module_of_the_room_is_imported_by_a_unit_test(room: str) -> None:
    tests = sorted((ROOT / "tests" / "flows").rglob("*.py"))
    known = set().union(*(imported(test) for test in tests))
    modules = sorted((ROOT / "flows" / room).glob("*.py"))

    untested = [
        f"{module.relative_to(ROOT)}: imported by no test under tests/flows"
        for module in modules
        if module.stem != "__init__" and f"flows.{room}.{module.stem}" not in known
    ]

    assert modules
    assert untested == []
