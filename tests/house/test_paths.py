"""Files, folders and modules that documents and comments name exist."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = "bot|flows|storage|reports|simulator|tests|docs|contoh|bench|deploy"
PAGES = (
    *("README.md", "CONTRIBUTING.md", "docs/*.md", "deploy/*", ".ci/*", ".githooks/*"),
    *("Makefile", "Dockerfile", "compose.yaml", "pyproject.toml", "kantor.yaml", ".env.example"),
)
# A path may hold wildcards; a file may be named without its folder, a module with dots.
PATH = re.compile(rf"(?<![\w/.~@-])(?:{FOLDERS}|\.ci|\.githooks)/[\w./*-]*[\w*]")
FILE = re.compile(r"(?<![\w/.*-])\w[\w-]*\.(?:py|md|typ|toml|lock)\b")
MODULE = re.compile(rf"(?<![\w/.@-])(?:{FOLDERS})(?:\.[a-z_]\w*)+")
PROSE = re.compile(r'(?s:""".*?""")|#\s.*')


def pages() -> Iterator[tuple[str, str]]:
    for pattern in PAGES:
        for path in ROOT.glob(pattern):
            if path.suffix != ".pdf" and path.is_file():
                yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")


def comments() -> Iterator[tuple[str, str]]:
    for folder in FOLDERS.split("|"):
        for path in (ROOT / folder).rglob("*.py"):
            prose = PROSE.findall(path.read_text("utf-8"))
            yield path.relative_to(ROOT).as_posix(), "\n".join(prose)


def missing(text: str) -> list[str]:
    return [
        *(name for name in PATH.findall(text) if not any(ROOT.glob(name))),
        *(name for name in FILE.findall(text) if name not in names()),
        *(name for name in MODULE.findall(text) if not _is_module(name)),
    ]


@cache
def names() -> set[str]:
    """Of every file beside this project's folders and within them."""
    within = (path for folder in FOLDERS.split("|") for path in (ROOT / folder).rglob("*"))
    return {path.name for path in (*ROOT.iterdir(), *within)}


def _is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.is_dir() or path.with_suffix(".py").is_file()


@pytest.mark.parametrize("read", [pages, comments])
def test_everything_named_is_there(read: Callable[[], Iterator[tuple[str, str]]]) -> None:
    texts = dict(read())
    found = {where: missing(text) for where, text in texts.items()}

    assert len(texts) > 15
    assert {where: lost for where, lost in found.items() if lost} == {}


@pytest.mark.parametrize(
    "lost", ["flows/nowhere.py", "bot/nothing/*.yaml", "nobody.py", "storage.void.rows"]
)
def test_a_path_that_leads_nowhere_is_found(lost: str) -> None:
    assert missing(f"See `{lost}`, {Path(__file__).name} and flows/sops/*.yaml.") == [lost]
