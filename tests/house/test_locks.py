"""The lock files: whole, from no particular index, and within what pyproject.toml declares."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
RUN = PROJECT["project"]["dependencies"]
DEV = PROJECT["project"]["optional-dependencies"]["dev"]
LOCKS = {
    "requirements.lock": RUN,
    "requirements-dev.lock": [*RUN, *DEV],
    "requirements-build.lock": PROJECT["build-system"]["requires"],
}
PYTHONS = ("3.11", "3.12", "3.13", "3.14")

EACH = pytest.mark.parametrize("lock", LOCKS)


class Entry(NamedTuple):
    package: Requirement
    hashes: tuple[str, ...]

    @property
    def name(self) -> str:
        return canonicalize_name(self.package.name)

    @property
    def version(self) -> str:
        """The one version; a range is refused here."""
        (only,) = self.package.specifier
        assert only.operator == "=="
        return only.version

    def holds_for(self, python: str) -> bool:
        place = {"python_version": python, "python_full_version": f"{python}.0"}
        return self.package.marker is None or self.package.marker.evaluate(place)


def entries(lock: str) -> Iterator[Entry]:
    """Every line that is no comment; hashes follow their package, with backslashes between."""
    text = (ROOT / lock).read_text("utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            package, *hashes = re.split(r"\s+--hash=", line.strip())
            yield Entry(Requirement(package), tuple(hashes))


@EACH
def test_every_package_is_locked_with_its_hashes(lock: str) -> None:
    sha256 = re.compile(r"sha256:[0-9a-f]{64}")
    loose = [
        entry.name
        for entry in entries(lock)
        if not entry.version or not entry.hashes or not all(map(sha256.fullmatch, entry.hashes))
    ]

    assert loose == []


@EACH
def test_a_lock_names_no_index_and_no_path_of_a_machine(lock: str) -> None:
    assert re.findall(r".*(?:://|-index|find-links|(?<!\S)/\S).*", (ROOT / lock).read_text()) == []


@EACH
@pytest.mark.parametrize("python", PYTHONS)
def test_a_lock_holds_what_is_declared_within_its_range(lock: str, python: str) -> None:
    found = [(e.name, e.version) for e in entries(lock) if e.holds_for(python)]
    locked = dict(found)
    declared = [Requirement(line) for line in LOCKS[lock]]
    wrong = [
        f"pyproject.toml declares {wanted}; {lock} has {version or 'none'}: make lock"
        for wanted in declared
        for version in [locked.get(canonicalize_name(wanted.name))]
        if version is None or not wanted.specifier.contains(version)
    ]

    assert wrong == []
    assert len(locked) == len(found)


def test_who_develops_runs_the_versions_that_the_office_runs() -> None:
    offices, developers = (
        {(entry.name, entry.version) for entry in entries(lock)}
        for lock in ("requirements.lock", "requirements-dev.lock")
    )

    assert offices <= developers
